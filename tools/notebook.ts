import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./root";

export interface Output {
  output_type: "stream" | "execute_result" | "display_data" | "error";
  name?: string;
  text?: string | string[];
  data?: Record<string, unknown>;
  ename?: string;
  evalue?: string;
}

export interface Cell {
  id: string;
  cell_type: "code" | "markdown" | "raw";
  source: string | string[];
  metadata: { source?: string[]; variant?: "as-written" | "corrected"; tags?: string[] };
  outputs?: Output[];
  /** For a code cell in an executed copy; null if the cell did not run to its end. */
  execution_count?: number | null;
}

export interface Notebook {
  cells: Cell[];
  metadata: Record<string, unknown>;
}

/**
 * The notebooks of the course, in their order: the files called `N-*.ipynb`, as `1-perceptrons.ipynb`. All that runs,
 * compares, styles or publishes notebooks takes the list from here.
 */
export function courseNotebooks(folder = join(root, "notebooks")): string[] {
  const names = readdirSync(folder).filter((name) => /^\d+-.*\.ipynb$/.test(name));
  return names.sort((a, b) => Number.parseInt(a) - Number.parseInt(b) || (a < b ? -1 : 1));
}

export function readNotebook(file: string): Notebook {
  return JSON.parse(readFileSync(file, "utf8")) as Notebook;
}

/** nbformat stores a text as one string or as a list of lines. */
export const joined = (text: string | string[] | undefined): string =>
  Array.isArray(text) ? text.join("") : (text ?? "");

/** Identifies a text, so that a later one can be told from it. */
export const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, 16);

/** The title of a notebook, and the first line of text under it; its first cell may begin with links. */
export function headOf({ cells }: Notebook): { title: string; summary: string } {
  const [, title, summary] = /^# (.*)\n+(.*)/m.exec(joined(cells[0].source))!;
  return { title, summary };
}

/** The cell of each notebook whose plot stands beside its title. */
const TITLE_PICTURES: Record<string, string> = {
  "0-arrays-and-plots.ipynb": "plot",
  "1-perceptrons.ipynb": "gradient-field",
  "2-loss-and-gradient.ipynb": "rates-plot",
  "3-mnist-inference.ipynb": "first-five",
  "4-numerical-training.ipynb": "accuracy-plot",
  "5-backpropagation-training.ipynb": "confusion",
};

/** The picture, a PNG, that stands beside a notebook's title. @throws Error if its cell has no picture */
export function titlePicture(name: string): Buffer {
  const cell = TITLE_PICTURES[name];
  const { cells } = readNotebook(join(root, "notebooks", name));
  const outputs = cells.find(({ id }) => id === cell)?.outputs ?? [];
  const png = outputs.map(({ data }) => data?.["image/png"]).find(Boolean) as string | string[] | undefined;
  if (!png) throw new Error(`${name}: no picture in cell ${cell}: wanted one beside the title`);
  return Buffer.from(joined(png), "base64");
}

/** Whether it is a code cell that was not run, or whose kernel ended while it ran. */
export const didNotRun = (cell: Cell): boolean => cell.cell_type === "code" && (cell.execution_count ?? null) === null;

/** A sentence about the cells that failed or did not run; undefined if the notebook ran completely. */
export function brokenRun(name: string, { cells }: Notebook): string | undefined {
  const code = cells.filter((cell) => cell.cell_type === "code" && joined(cell.source).trim() !== "");
  const idle = code.filter(didNotRun);
  if (idle.length > 0) return `${name}: ${idle.length} of ${code.length} cells did not run, from ${idle[0].id} on`;
  const failed = code.find((cell) => errorOf(cell) !== undefined);
  return failed && `${name}, cell ${failed.id}: ${errorOf(failed)}`;
}

/** The error with which a cell ended, unless the cell has the tag that says that it should raise an error. */
export function errorOf({ outputs = [], metadata }: Cell): string | undefined {
  const error = outputs.find((output) => output.output_type === "error");
  return error && !metadata.tags?.includes("raises-exception") ? `${error.ename}: ${error.evalue}` : undefined;
}

/** The lines of an output as the front end shows them. */
export function outputLines(output: Output): string[] {
  const text =
    output.output_type === "stream"
      ? joined(output.text)
      : joined(output.data?.["text/plain"] as string | string[] | undefined);
  return text.replace(/\n$/, "").split("\n");
}
