import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { courseNotebooks, headOf, joined, readNotebook, type Cell, type Output } from "../../tools/notebook";
import { root } from "../../tools/root";
import { cellsThatDiffer } from "../../tools/expected";
import { escaped, htmlPage, PAGE_STYLE } from "./htmlPage";
import { highlighted, markdownRenderer } from "./markdown";

/** The reading pages: a notebook with its outputs as one page, whose cells run when the reader asks for it. */

const CHART = "application/vnd.vegalite.v5+json";
const FULL_MNIST =
  "This output was made with all 70,000 images of MNIST and the book's weights. Run the cell to see what this site's give.";

/** The name of a notebook's reading page. */
export const pageOf = (notebook: string): string => notebook.replace(/\.ipynb$/, ".html");

/** Writes the reading page of each notebook into the site's folder, and the pictures for readers without JavaScript. */
export function writeReadingPages(site: string): void {
  const names = courseNotebooks();
  names.forEach((name, at) => {
    const page = new ReadingPage(site, name);
    const around = { previous: names[at - 1], next: names[at + 1] };
    writeFileSync(join(site, pageOf(name)), page.html(around));
  });
}

class ReadingPage {
  private readonly cells: Cell[];
  private readonly title: string;
  private readonly stem: string;
  private readonly fullMnist: ReadonlySet<string>;
  private readonly markdown = markdownRenderer(linkTarget);

  constructor(
    private readonly site: string,
    private readonly name: string,
  ) {
    const notebook = readNotebook(join(root, "notebooks", name));
    this.cells = notebook.cells;
    this.title = headOf(notebook).title;
    this.stem = name.replace(/\.ipynb$/, "");
    this.fullMnist = cellsThatDiffer("mnist", "digits", name);
  }

  html(around: { previous?: string; next?: string }): string {
    const body = `<header>
<nav aria-label="Notebooks">${navigation(around)}</nav>
<div role="toolbar" aria-label="Run" class="script-only">
<button type="button" data-do="run-all" disabled>Run all</button>
<button type="button" data-do="stop" disabled>Stop</button>
<button type="button" data-do="restart" disabled>Restart</button>
<span role="status" id="status">Nothing has run</span>
</div>
<a class="lite" href="lite/notebooks/index.html?path=notebooks/${this.name}">Open in JupyterLite</a>
</header>
<main>
<p class="note script-only">Click code to change it; run it with its button or Shift+Enter. Changes are kept in this browser.</p>
<noscript><p class="note">Without JavaScript this page can be read; its cells cannot run.</p></noscript>
${this.body()}
</main>
<footer><nav aria-label="Notebooks">${navigation(around)}</nav>
<p>With the keyboard: Tab reaches a cell's code, Enter opens it for changes, Escape leaves it, Shift+Enter runs it.
<a href="about.html">Licences, data and edition</a></p>
<p role="status" id="offline"></p></footer>`;
    return htmlPage({
      title: `${this.title} · Deep Learning from Scratch in TypeScript`,
      head: PAGE_STYLE,
      script: "page.js",
      attributes: `data-notebook="${this.stem}"`,
      body,
    });
  }

  /** All cells; a panel for files of the reader's stands before the first cell that can load them. */
  private body(): string {
    const panels = new Map(
      Object.entries(PANELS).map(([call, panel]) => [
        this.cells.find((cell) => cell.cell_type === "code" && joined(cell.source).includes(call)),
        panel,
      ]),
    );
    return this.cells.map((cell) => (panels.get(cell) ?? "") + this.cell(cell)).join("\n");
  }

  private cell(cell: Cell): string {
    if (cell.cell_type === "markdown") {
      return `<section class="text" id="${cell.id}">${this.markdown(joined(cell.source))}</section>`;
    }
    const code = `<section class="cell" id="${cell.id}" aria-label="Cell ${cell.id}">${this.code(cell)}</section>`;
    return cell.metadata.tags?.includes("exercise-solution")
      ? `<details><summary>Solution</summary>${code}</details>`
      : code;
  }

  private code(cell: Cell): string {
    const outputs = (cell.outputs ?? []).map((output) => this.output(cell, output)).join("");
    const note = outputs !== "" && this.fullMnist.has(cell.id) ? `<p class="made-from">${FULL_MNIST}</p>` : "";
    return `
<div class="input">
<pre class="code" tabindex="0"><code>${highlighted(joined(cell.source))}</code></pre>
<div class="buttons script-only"><button type="button" data-do="run" disabled title="Run this cell (Shift+Enter)">Run</button><button type="button" data-do="run-above" disabled title="Run all cells above, then this one">Run above</button><button type="button" data-do="copy" disabled title="Copy the code">Copy</button></div>
</div>
<div class="outputs">${note}${outputs}</div>`;
  }

  private output(cell: Cell, output: Output): string {
    if (output.output_type === "stream") {
      return `<pre class="${output.name === "stderr" ? "stderr" : "stdout"}">${escaped(joined(output.text))}</pre>`;
    }
    if (output.output_type === "error") {
      return `<pre class="error">${escaped(`${output.ename}: ${output.evalue}`)}</pre>`;
    }
    const { data = {} } = output;
    return data[CHART] ? this.chart(cell, output) : `<pre class="result">${escaped(textOf(data))}</pre>`;
  }

  /** The specification, which the page's script draws, and the picture for a page without script. */
  private chart(cell: Cell, output: Output): string {
    const data = output.data!;
    const {
      alt = "",
      width,
      height,
    } = (output as { metadata?: Record<string, Picture> }).metadata?.["image/png"] ?? {};
    const picture = `pictures/${this.stem}/${cell.id}.png`;
    mkdirSync(join(this.site, "pictures", this.stem), { recursive: true });
    writeFileSync(join(this.site, picture), Buffer.from(joined(data["image/png"] as string), "base64"));
    const specification = JSON.stringify(data[CHART]).replaceAll("<", "\\u003c");
    return `<figure class="chart" role="img" aria-label="${escaped(alt)}" style="min-height: ${height}px"><script type="application/json">${specification}</script><noscript><img src="${picture}" width="${width}" height="${height}" alt=""></noscript></figure>`;
  }
}

interface Picture {
  alt?: string;
  width?: number;
  height?: number;
}

const textOf = (data: Record<string, unknown>): string => joined(data["text/plain"] as string | string[]);

/** Panels by the call that loads their files; page/data.ts makes them work. */
const PANELS: Record<string, string> = {
  "loadMnist(": filesPanel({
    files: "mnist",
    title: "Use all 70,000 images of MNIST",
    text: `This site brings 10,000 of MNIST's images. If you have MNIST's four files (train-images, train-labels,
t10k-images and t10k-labels, with or without .gz), choose them here; the book's
sample_weight.pkl too, if you have it. They stay in this browser; loadMnist and loadWeights find them from their next
call on.`,
    label: "The files",
  }),
  "loadDigit(": filesPanel({
    files: "picture",
    title: "Use a picture of your own",
    text: "Choose a picture of one digit on plain paper. It stays in this browser.",
    label: "The picture",
    accept: "image/png,image/jpeg,image/gif,image/svg+xml",
  }),
};

interface FilesPanel {
  files: string;
  title: string;
  text: string;
  label: string;
  accept?: string;
}

function filesPanel({ files, title, text, label, accept }: FilesPanel): string {
  const accepts = accept === undefined ? "" : ` accept="${accept}"`;
  return `<details class="data script-only" data-files="${files}"><summary>${title}</summary>
<p>${text}</p>
<p><label>${label} <input type="file" multiple${accepts}></label> <button type="button" hidden>Remove</button></p>
<p role="status"></p></details>
`;
}

function navigation({ previous, next }: { previous?: string; next?: string }): string {
  const link = (name: string, text: string, rel: string): string =>
    `<a rel="${rel}" href="${pageOf(name)}">${text}</a>`;
  return [
    previous ? link(previous, "← Previous", "prev") : "",
    '<a href="index.html">Contents</a>',
    next ? link(next, "Next →", "next") : "",
  ]
    .filter(Boolean)
    .join(" ");
}

/** Links to notebooks lead to their reading pages, other pages of the repository are not on the site. */
function linkTarget(href: string): string | undefined {
  if (/^(https?:|#)/.test(href)) return href;
  const [path, fragment] = href.split("#");
  if (path === "../data/README.md") return "about.html#data";
  const target = path === "README.md" ? "index.html" : /^\d+-[^/]*\.ipynb$/.test(path) ? pageOf(path) : undefined;
  return target && (fragment ? `${target}#${fragment}` : target);
}
