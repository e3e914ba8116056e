import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { joined, readNotebook, type Cell, type Notebook } from "../../tools/notebook";
import { root } from "../../tools/root";

/** What the notebooks link to beside each other: the contents page, and what this one links to. */
const PAGES = ["README.md", "source-items.json"];

/** In notebooks and on the contents page the sentence that says where the solutions are is a line of its own. */
const ABOUT_SOLUTIONS = /solutions are folded/i;

/** A link to another folder of the checkout, which the copies may be far from: only its text stays. */
const LINK_OUTSIDE = /\[([^\]]*)\]\(\.\.\/[^)]*\)/g;

/** The files for a class, by name: these notebooks without outputs, and the pages that they link to. */
export function blankFiles(names: string[], solutions: boolean): Map<string, string> {
  const read = (name: string): string => join(root, "notebooks", name);
  const notebook = (name: string): string =>
    `${JSON.stringify(blankNotebook(readNotebook(read(name)), solutions), null, 1)}\n`;
  const page = (name: string): string => prose(readFileSync(read(name), "utf8"), solutions);
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
  for (const [name, text] of files) {
    const file = join(folder, name);
    writeFileSync(`${file}.new`, text);
    renameSync(`${file}.new`, file);
  }
}

/** A notebook whose cells have not run; without solutions, an empty cell for the reader's own stands in their place. */
function blankNotebook(notebook: Notebook, solutions: boolean): Notebook {
  return { ...notebook, cells: notebook.cells.map((cell) => blankCell(cell, solutions)) };
}

function blankCell(cell: Cell, solutions: boolean): Cell {
  if (cell.cell_type !== "code") return { ...cell, source: lines(prose(joined(cell.source), solutions)) };
  const idle = { ...cell, execution_count: null, outputs: [] };
  return solutions || !cell.metadata.tags?.includes("exercise-solution") ? idle : { ...idle, metadata: {}, source: [] };
}

/** nbformat's form of a text: a list of lines, each with its line break. */
const lines = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

function prose(text: string, solutions: boolean): string {
  const linked = text.replace(LINK_OUTSIDE, "$1");
  if (solutions || !ABOUT_SOLUTIONS.test(text)) return linked;
  const kept = linked.split("\n").filter((line) => !ABOUT_SOLUTIONS.test(line));
  return kept.join("\n").replace(/\n{3,}/g, "\n\n");
}
