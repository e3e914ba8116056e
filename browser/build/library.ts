import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";
import { escaped } from "./escaped";
import { htmlPage, pageStyle } from "./htmlPage";
import { markdownRenderer } from "./markdown";

/** The page about the library: lib/README.md, to which the notebooks link. */

export const LIBRARY_PAGE = "library.html";

export function writeLibraryPage(site: string): void {
  // of the other files of the repository, to which it links, the site has none
  const markdown = markdownRenderer((target) =>
    /^(https?:|#)/.test(target) ? `<a href="${escaped(target)}">` : undefined,
  );
  const body = `<header><nav aria-label="Notebooks"><a href="index.html">Contents</a></nav></header>
<main class="text">
${markdown(readFileSync(join(root, "lib", "README.md"), "utf8"))}
</main>`;
  const title = "The library · Deep Learning from Scratch in TypeScript";
  writeFileSync(join(site, LIBRARY_PAGE), htmlPage({ title, head: pageStyle(), body }));
}
