import { cpSync, mkdirSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { writeAboutPage } from "./about";
import { addExtension, buildJupyterLite } from "./jupyterlite";
import { root } from "../../tools/root";
import { buildKernel, bundlePage } from "./kernel";
import { writeLandingPage, writeLandingPictures } from "./landing";
import { siteLanguages } from "./languages";
import { writeLibraryPage } from "./library";
import { bytesForOffline, nameEdition, writeServiceWorker } from "./offline";
import { writePictures, writeReadingPages } from "./readingPages";

/**
 * Builds the browser edition: static files, which any server can serve from any folder. The files are made beside
 * `folder` and then put in its place, so that it is never half a site.
 */
export async function buildSite(folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const scratch = mkdtempSync(`${folder}.new-`);
  try {
    const site = join(scratch, "site");
    const lite = join(site, "lite");
    buildJupyterLite(lite, scratch);
    const { id, bundled } = await buildKernel(join(site, "kernel"));
    await addExtension(lite, id);
    bundled.push(...(await bundlePage(join(site, "page"), id)));
    cpSync(join(root, "kernel", "logos", "logo-svg.svg"), join(site, "page", "logo.svg"));
    for (const language of siteLanguages()) writeReadingPages(site, language);
    writePictures(site);
    writeAboutPage(site, bundled);
    writeLibraryPage(site);
    writeLandingPictures(site);
    const size = Math.round(bytesForOffline(site) / 1e6);
    for (const language of siteLanguages()) writeLandingPage(site, language, size);
    const edition = nameEdition(site);
    await writeServiceWorker(site, edition, { kernel: id, page: edition });
    rmSync(folder, { recursive: true, force: true });
    renameSync(site, folder);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
