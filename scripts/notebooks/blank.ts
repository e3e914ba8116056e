import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { languageLinks, notebooksFolder, translated } from "../../tools/edition";
import { replaceFile } from "../../tools/files";
import { joined, readNotebook, type Cell } from "../../tools/notebook";

/** What the notebooks link to beside each other: the contents page, and what this one links to. */
const PAGES = ["README.md", "source-items.json"];

/** In notebooks and on the contents page the sentence that says where the solutions are is a line of its own. */
const aboutSolutions = (language?: string): RegExp => new RegExp(translated("solutions are folded", language), "i");

/** A link to another folder of the checkout, which the copies may be far from: only its text stays. */
const LINK_OUTSIDE = /\[([^\]]*)\]\(\.\.\/[^)]*\)/g;

/**
 * The files for a class, by name: the notebooks of a language without outputs, and the pages that they link to. The
 * links to other languages are left out.
 */
export function blankFiles(names: string[], solutions: boolean, language?: string): Map<string, string> {
  const text = (name: string, markdown: string): string => {
    const alone = markdown
      .replace(` · ${languageLinks(name, language)}`, "") // of a notebook
      .replace(`${languageLinks(name, language)}\n\n`, "") // of the contents page
      .replaceAll("](../source-items.json)", "](source-items.json)")
      .replace(LINK_OUTSIDE, "$1");
    return solutions ? alone : withoutLines(alone, aboutSolutions(language));
  };
  const notebook = (name: string): string => {
    const whole = readNotebook(join(notebooksFolder(language), name));
    const cells = whole.cells.map((cell) => blankCell(cell, solutions, (markdown) => text(name, markdown)));
    return `${JSON.stringify({ ...whole, cells }, null, 1)}\n`;
  };
  const page = (name: string): string =>
    text(name, readFileSync(join(notebooksFolder(name.endsWith(".md") ? language : undefined), name), "utf8"));
  return new Map([
    ...names.map((name) => [name, notebook(name)] as const),
    ...PAGES.map((name) => [name, page(name)] as const),
  ]);
}

/** The first of the files that the folder has already, with another content. */
export function inTheWay(folder: string, files: ReadonlyMap<string, string>): string | undefined {
  const other = ([name, text]: [string, string]): boolean =>
    existsSync(join(folder, name)) && readFileSync(join(folder, name), "utf8") !== text;
  return [...files].find(other)?.[0];
}

/** Writes the files into a folder that exists. */
export function writeFiles(folder: string, files: ReadonlyMap<string, string>): void {
  for (const [name, text] of files) replaceFile(join(folder, name), text);
}

/** A cell that has not run; without solutions, an empty cell for the reader's own stands in the place of each. */
function blankCell(cell: Cell, solutions: boolean, text: (markdown: string) => string): Cell {
  if (cell.cell_type !== "code") return { ...cell, source: lines(text(joined(cell.source))) };
  const idle = { ...cell, execution_count: null, outputs: [] };
  return solutions || !cell.metadata.tags?.includes("exercise-solution") ? idle : { ...idle, metadata: {}, source: [] };
}

/** nbformat's form of a text: a list of lines, each with its line break. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function withoutLines(text: string, pattern: RegExp): string {
  if (!pattern.test(text)) return text;
  const kept = text.split("\n").filter((line) => !pattern.test(line));
  return kept.join("\n").replace(/\n{3,}/g, "\n\n");
}
