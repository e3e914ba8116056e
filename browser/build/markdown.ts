import { javascriptLanguage, tsxLanguage, typescriptLanguage } from "@codemirror/lang-javascript";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { Marked, type Tokens } from "marked";
import markedKatex from "marked-katex-extension";
import { escaped } from "./htmlPage";

/** Cells as HTML: Markdown with formulas as MathML, and TypeScript with the classes of its tokens. */

const LANGUAGES: Record<string, typeof typescriptLanguage> = {
  typescript: typescriptLanguage,
  ts: typescriptLanguage,
  javascript: javascriptLanguage,
  tsx: tsxLanguage,
};

/** What a link of a notebook becomes on the site; undefined for a page that the site does not have. */
export type LinkTarget = (href: string) => string | undefined;

/** A function that turns the Markdown of a cell into HTML. Headings get ids, as JupyterLab gives them. */
export function markdownRenderer(linkTarget: LinkTarget): (markdown: string) => string {
  const marked = new Marked({ gfm: true, async: false });
  // MathML is drawn by the browser itself: no fonts are fetched
  marked.use(markedKatex({ output: "mathml", throwOnError: true, nonStandard: true }));
  marked.use({
    renderer: {
      code: ({ text, lang = "" }) => `<pre class="code"><code>${highlighted(text, lang)}</code></pre>\n`,
      heading({ tokens, depth, text }: Tokens.Heading) {
        const id = text.trim().replaceAll(" ", "-");
        return `<h${depth} id="${escaped(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const target = linkTarget(href);
        return target === undefined ? text : `<a href="${escaped(target)}">${text}</a>`;
      },
      table(token: Tokens.Table) {
        const row = (cells: Tokens.TableCell[], tag: string): string =>
          `<tr>${cells.map(({ tokens }) => `<${tag}>${this.parser.parseInline(tokens)}</${tag}>`).join("")}</tr>`;
        const rows = token.rows.map((cells) => row(cells, "td")).join("\n");
        return `<div class="wide"><table><thead>${row(token.header, "th")}</thead><tbody>${rows}</tbody></table></div>\n`;
      },
    },
  });
  return (markdown) => marked.parse(markdown) as string;
}

/** Code as HTML in which each token has the class that CodeMirror's classHighlighter gives to it. */
export function highlighted(code: string, language = "typescript"): string {
  const parser = LANGUAGES[language]?.parser;
  if (!parser) return escaped(code);
  let html = "";
  highlightCode(
    code,
    parser.parse(code),
    classHighlighter,
    (text, classes) => (html += classes ? `<span class="${classes}">${escaped(text)}</span>` : escaped(text)),
    () => (html += "\n"),
  );
  return html;
}
