import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";
import { root } from "../../tools/root";
import type { Part, SiteFile } from "../src/offline/messages";
import { EDITION_LATER } from "./htmlPage";
import { digest } from "./kernel";
import { SiteLanguage } from "./languages";

/** The site's service worker, which knows the digest of each of its files. */

/** The files in which `EDITION_LATER` stands. */
const NAMES_EDITION = /^(?!lite\/).*\.html$|\/remoteEntry\.js$/;

/** Puts the site's edition in the place of `EDITION_LATER`; returns the edition. */
export function nameEdition(site: string): string {
  const files = filesOf(site);
  const edition = digest(...files.flatMap((path) => [path, readFileSync(join(site, path))]));
  for (const path of files.filter((name) => NAMES_EDITION.test(name))) {
    const text = readFileSync(join(site, path), "utf8");
    writeFileSync(join(site, path), text.replaceAll(EDITION_LATER, edition));
  }
  return edition;
}

/** Writes service-worker.js. `versions` are those by which pages ask for the files of a folder. */
export async function writeServiceWorker(
  site: string,
  edition: string,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const files = Object.fromEntries(filesOf(site).map((path) => [path, describe(site, path)]));
  await build({
    entryPoints: [join(root, "browser", "src", "offline", "serviceWorker.ts")],
    outfile: join(site, "service-worker.js"),
    bundle: true,
    minify: true,
    format: "iife",
    target: "es2022",
    define: {
      EDITION: JSON.stringify(edition),
      FILES: JSON.stringify(files),
      VERSIONS: JSON.stringify(versions),
    },
    logLevel: "warning",
  });
}

function describe(site: string, path: string): SiteFile {
  const content = readFileSync(join(site, path));
  const digest = createHash("sha256").update(content).digest("hex").slice(0, 16);
  return { digest, bytes: content.length, part: partOf(path), language: languageOf(path) };
}

/** Pictures of plots, as PNG, and what makes them are not needed where Vega draws. */
const NOT_OFFLINE = /^pictures\/|^kernel\/(DejaVu|vega)|licenses\.json$|rspack/;

/** The size of all files that the site keeps for use without a network. */
export function bytesForOffline(site: string): number {
  const files = filesOf(site).filter((path) => partOf(path) !== undefined);
  return files.reduce((sum, path) => sum + statSync(join(site, path)).size, 0);
}

function partOf(path: string): Part | undefined {
  if (NOT_OFFLINE.test(path)) return undefined;
  return path.startsWith("lite/") ? "jupyterlite" : "pages";
}

/** The language of a reading page; undefined for what pages of all languages need. */
function languageOf(path: string): string | undefined {
  const page = /^(?:([a-z]+)\/)?\d+-[^/]*\.html$/.exec(path);
  return page ? new SiteLanguage(page[1]).tag : undefined;
}

function filesOf(site: string): string[] {
  return readdirSync(site, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(site.length + 1)
        .replaceAll("\\", "/"),
    )
    .sort();
}
