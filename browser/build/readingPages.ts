import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { notebooksFolder } from "../../tools/edition";
import { courseNotebooks, headOf, joined, readNotebook, type Cell, type Output } from "../../tools/notebook";
import { cellsThatDiffer } from "../../tools/expected";
import { escaped } from "./escaped";
import { htmlPage, pageStyle } from "./htmlPage";
import { siteLanguages, type SiteLanguage } from "./languages";
import { LIBRARY_PAGE } from "./library";
import { highlighted, markdownRenderer } from "./markdown";

/** The reading pages: a notebook with its outputs as one page, whose cells run when the reader asks for it. */

const CHART = "application/vnd.vegalite.v5+json";
/** Stands at the first output that other data would change; the later ones have the short form. */
const FULL_MNIST =
  "This output was made with all 70,000 images of MNIST, and the book's weights where weights are loaded. Run the cell to see what the 10,000 images of this site give.";
const FULL_MNIST_TOO = "Made with all 70,000 images.";

const HOW_TO_CHANGE =
  "Click code to change it; run it with its button or Shift+Enter. Changes are kept in this browser.";
const WITHOUT_SCRIPT = "Without JavaScript this page can be read; its cells cannot run.";
const WITH_THE_KEYBOARD =
  "With the keyboard: Tab reaches a cell's code, Enter opens it for changes, Escape leaves it, Shift+Enter runs it.";

/** The name of a notebook's reading page. */
export const pageOf = (notebook: string): string => `${stemOf(notebook)}.html`;

/** Writes the reading page of each notebook in a language into the site's folder. */
export function writeReadingPages(site: string, language: SiteLanguage): void {
  const names = courseNotebooks();
  mkdirSync(join(site, language.path("")), { recursive: true });
  names.forEach((name, at) => {
    const page = new ReadingPage(name, language);
    const around = { previous: names[at - 1], next: names[at + 1] };
    writeFileSync(join(site, language.path(pageOf(name))), page.html(around));
  });
}

/** Writes the picture of each chart, for readers without JavaScript. They are the same in all languages. */
export function writePictures(site: string): void {
  for (const name of courseNotebooks()) {
    for (const cell of readNotebook(join(notebooksFolder(), name)).cells) {
      for (const { data } of cell.outputs ?? []) {
        if (!data?.[CHART]) continue;
        const file = join(site, pictureOf(name, cell));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, Buffer.from(joined(data["image/png"] as string), "base64"));
      }
    }
  }
}

const stemOf = (name: string): string => name.replace(/\.ipynb$/, "");
const pictureOf = (name: string, cell: Cell): string => `pictures/${stemOf(name)}/${cell.id}.png`;

class ReadingPage {
  private readonly cells: Cell[];
  private readonly title: string;
  /** The cells whose outputs other data would change. */
  private readonly fullMnist: readonly Cell[];
  private readonly markdown: (markdown: string) => string;
  private readonly say: SiteLanguage["say"];

  constructor(
    private readonly name: string,
    private readonly language: SiteLanguage,
  ) {
    this.markdown = markdownRenderer((target) => linkTag(target, language));
    this.say = (text, values) => language.say(text, values);
    const notebook = readNotebook(join(language.notebooks, name));
    this.cells = notebook.cells;
    this.title = headOf(notebook).title;
    const fullMnist = cellsThatDiffer("mnist", "digits", name);
    this.fullMnist = this.cells.filter(({ id, outputs = [] }) => outputs.length > 0 && fullMnist.has(id));
  }

  html(around: { previous?: string; next?: string }): string {
    const { language, say } = this;
    const { up } = language;
    const notebooks = `<nav aria-label="${say("Notebooks")}">${this.navigation(around)}</nav>`;
    const body = `<header>
${notebooks}
<div role="toolbar" aria-label="${say("Run")}" class="script-only">
<button type="button" data-do="run-all" disabled title="${say("Run all cells but the solutions of the exercises")}">${say("Run all")}</button>
<button type="button" data-do="stop" disabled>${say("Stop")}</button>
<button type="button" data-do="restart" disabled>${say("Restart")}</button>
<span role="status" id="status">${say("Nothing has run")}</span>
</div>
<a class="lite" href="${up}lite/notebooks/index.html?path=notebooks/${language.path(this.name)}">${say("Open in JupyterLite")}</a>
</header>
<main>
<p class="note script-only">${say(HOW_TO_CHANGE)}</p>
<noscript><p class="note">${say(WITHOUT_SCRIPT)}</p></noscript>
${this.body()}
</main>
<footer>${notebooks}
<p>${say(WITH_THE_KEYBOARD)}
<a href="${up}about.html">${say("Licences, data and edition")}</a></p>
<p role="status" id="offline"></p></footer>`;
    return htmlPage({
      language,
      title: `${this.title} · ${language.text("Deep Learning from Scratch in TypeScript")}`,
      head: pageStyle(language),
      script: "page.js",
      attributes: `data-notebook="${stemOf(this.name)}"`,
      body,
    });
  }

  /** All cells; a panel for files of the reader's stands before the first cell that can load them. */
  private body(): string {
    const panels = new Map(
      Object.entries(PANELS).map(([call, panel]) => [
        this.cells.find((cell) => cell.cell_type === "code" && joined(cell.source).includes(call)),
        filesPanel(panel, this.language),
      ]),
    );
    return this.cells.map((cell) => (panels.get(cell) ?? "") + this.cell(cell)).join("\n");
  }

  private cell(cell: Cell): string {
    if (cell.cell_type === "markdown") {
      return `<section class="text" id="${cell.id}">${this.markdown(joined(cell.source))}</section>`;
    }
    const code = `<section class="cell" id="${cell.id}" aria-label="${this.say("Cell {name}", { name: cell.id })}">${this.code(cell)}</section>`;
    return cell.metadata.tags?.includes("exercise-solution")
      ? `<details><summary>${this.say("Solution")}</summary>${code}</details>`
      : code;
  }

  private code(cell: Cell): string {
    const outputs = (cell.outputs ?? []).map((output) => this.output(cell, output)).join("");
    const made = cell === this.fullMnist[0] ? FULL_MNIST : FULL_MNIST_TOO;
    const note = this.fullMnist.includes(cell) ? `<p class="made-from">${this.say(made)}</p>` : "";
    const button = (action: string, text: string, title: string): string =>
      `<button type="button" data-do="${action}" disabled title="${this.say(title)}">${this.say(text)}</button>`;
    const buttons = [
      button("run", "Run", "Run this cell (Shift+Enter)"),
      button("run-above", "Run above", "Run all cells above, then this one"),
      button("copy", "Copy", "Copy the code"),
    ].join("");
    return `
<div class="input">
<pre class="code" lang="en" tabindex="0"><code>${highlighted(joined(cell.source))}</code></pre>
<div class="buttons script-only">${buttons}</div>
</div>
<div class="outputs">${note}${outputs}</div>`;
  }

  private navigation({ previous, next }: { previous?: string; next?: string }): string {
    const link = (page: string, text: string, rel = ""): string => `<a${rel} href="${page}">${this.say(text)}</a>`;
    return [
      previous ? link(pageOf(previous), "← Previous", ' rel="prev"') : "",
      link("index.html", "Contents"),
      next ? link(pageOf(next), "Next →", ' rel="next"') : "",
    ]
      .filter(Boolean)
      .join(" ");
  }

  private output(cell: Cell, output: Output): string {
    if (output.output_type === "stream") {
      return `<pre lang="en" class="${output.name === "stderr" ? "stderr" : "stdout"}">${escaped(joined(output.text))}</pre>`;
    }
    if (output.output_type === "error") {
      return `<pre lang="en" class="error">${escaped(`${output.ename}: ${output.evalue}`)}</pre>`;
    }
    const { data = {} } = output;
    return data[CHART] ? this.chart(cell, output) : `<pre lang="en" class="result">${escaped(textOf(data))}</pre>`;
  }

  /** The specification, which the page's script draws, and the picture for a page without script. */
  private chart(cell: Cell, output: Output): string {
    const data = output.data!;
    const {
      alt = "",
      width,
      height,
    } = (output as { metadata?: Record<string, Picture> }).metadata?.["image/png"] ?? {};
    const picture = this.language.up + pictureOf(this.name, cell);
    const specification = JSON.stringify(data[CHART]).replaceAll("<", "\\u003c");
    return `<figure class="chart" role="img" lang="en" aria-label="${escaped(alt)}" style="min-height: ${height}px"><script type="application/json">${specification}</script><noscript><img src="${picture}" width="${width}" height="${height}" alt=""></noscript></figure>`;
  }
}

interface Picture {
  alt?: string;
  width?: number;
  height?: number;
}

const textOf = (data: Record<string, unknown>): string => joined(data["text/plain"] as string | string[]);

interface FilesPanel {
  files: string;
  title: string;
  text: string;
  label: string;
  accept?: string;
}

/** Panels by the call that loads their files; page/data.ts makes them work. */
const PANELS: Record<string, FilesPanel> = {
  "loadMnist(": {
    files: "mnist",
    title: "Use all 70,000 images of MNIST",
    text: "This site brings 10,000 of MNIST's images. If you have MNIST's four files (train-images, train-labels, t10k-images and t10k-labels, with or without .gz), choose them here; the book's sample_weight.pkl too, if you have it. They stay in this browser; loadMnist and loadWeights find them from their next call on.",
    label: "The files",
  },
  "loadDigit(": {
    files: "picture",
    title: "Use a picture of your own",
    text: "Choose a picture of one digit on plain paper. It stays in this browser.",
    label: "The picture",
    accept: "image/png,image/jpeg,image/gif,image/svg+xml",
  },
};

function filesPanel({ files, title, text, label, accept }: FilesPanel, language: SiteLanguage): string {
  const say = (english: string): string => language.say(english);
  const several = accept === undefined ? " multiple" : ""; // a picture is one file
  const accepts = accept === undefined ? "" : ` accept="${accept}"`;
  return `<details class="data script-only" data-files="${files}"><summary>${say(title)}</summary>
<p>${say(text)}</p>
<p><label>${say(label)} <input type="file"${several}${accepts}></label> <button type="button" hidden>${say("Remove")}</button></p>
<p role="status"></p></details>
`;
}

/**
 * The start tag of a link. Links to notebooks lead to their reading pages in the same language; other pages of the
 * repository are not on the site.
 */
function linkTag(target: string, language: SiteLanguage): string | undefined {
  if (/^(https?:|#)/.test(target)) return `<a href="${escaped(target)}">`;
  const [path, fragment] = target.split("#");
  const file = posix.normalize(posix.join("notebooks", language.path(path)));
  if (file === "data/README.md") return `<a href="${language.up}about.html#data">`;
  if (file === "lib/README.md") return `<a href="${language.up}${LIBRARY_PAGE}">`;
  const [, folder, name] = /^notebooks\/(?:([a-z]+)\/)?(README\.md|\d+-[^/]*\.ipynb)$/.exec(file) ?? [];
  if (name === undefined) return undefined;
  const page = name === "README.md" ? "index.html" : pageOf(name);
  if (folder === language.folder) return `<a href="${page}${fragment ? `#${escaped(fragment)}` : ""}">`;
  const other = siteLanguages().find((one) => one.folder === folder);
  return other && `<a href="${language.up}${other.path(page)}"${other.attributes}>`;
}
