import { javascriptLanguage, tsxLanguage, typescriptLanguage } from "@codemirror/lang-javascript";
import { classHighlighter, highlightCode } from "@lezer/highlight";
import { Marked, type Tokens } from "marked";
import markedKatex from "marked-katex-extension";
import { escaped } from "./escaped";

/** Cells as HTML: Markdown with formulas as MathML, and TypeScript with the classes of its tokens. */

const LANGUAGES: Record<string, typeof typescriptLanguage> = {
  typescript: typescriptLanguage,
  ts: typescriptLanguage,
  javascript: javascriptLanguage,
  tsx: tsxLanguage,
};

/** What stands above a block of code, so that nobody takes it for a cell that can run. */
const LABELS: Record<string, string> = { python: "Python", typescript: "TypeScript", ts: "TypeScript" };

/**
 * The start tag of a link on the site for the target that the link has in a notebook; undefined for a page that is not
 * on the site.
 */
export type LinkTag = (target: string) => string | undefined;

/** A function that turns the Markdown of a cell into HTML. Headings get ids, as JupyterLab gives them. */
export function markdownRenderer(linkTag: LinkTag): (markdown: string) => string {
  const marked = new Marked({ gfm: true, async: false });
  // MathML is drawn by the browser itself: no fonts are fetched
  marked.use(markedKatex({ output: "mathml", throwOnError: true, nonStandard: true }));
  marked.use({
    renderer: {
      code({ text, lang = "" }) {
        const label = lang && ` data-language="${escaped(LABELS[lang] ?? lang)}"`;
        return `<pre class="code"${label}><code>${highlighted(text, lang)}</code></pre>\n`;
      },
      heading({ tokens, depth, text }: Tokens.Heading) {
        const id = text.trim().replaceAll(" ", "-");
        return `<h${depth} id="${escaped(id)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      link({ href, tokens }: Tokens.Link) {
        const text = this.parser.parseInline(tokens);
        const tag = linkTag(href);
        return tag === undefined ? text : `${tag}${text}</a>`;
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
