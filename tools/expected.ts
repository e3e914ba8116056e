import { existsSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "./root";
import { replaceFile } from "./files";
import { didNotRun, digestOf, joined, type Notebook, type Output } from "./notebook";

/** The expected outputs of a notebook: texts in full, pictures and specifications as digests. */
interface Expected {
  cells: { id: string; source: string; outputs: unknown[] }[];
}

const expectedFile = (set: string, name: string): string =>
  join(root, "test", "notebooks", "expected", set, name.replace(/\.ipynb$/, ".json"));

export function keepExpected(set: string, name: string, notebook: Notebook): void {
  const file = expectedFile(set, name);
  mkdirSync(dirname(file), { recursive: true });
  replaceFile(file, `${JSON.stringify(summary(notebook), null, 1)}\n`);
}

/**
 * Compares an executed notebook with its expected outputs, but for a MIME type that is to be ignored.
 * @returns one line for each difference; `undefined` if the notebook's code differs from that of the expected outputs,
 * because the user has changed it
 */
export function compareExpected(set: string, name: string, notebook: Notebook, ignored?: string): string[] | undefined {
  const file = expectedFile(set, name);
  if (!existsSync(file))
    return [`${name}: no expectation is kept for the data set "${set}" (npm run check -- --update keeps one)`];
  const expected = JSON.parse(readFileSync(file, "utf8")) as Expected;
  return sameCode(expected, summary(notebook)) ? differences(name, expected, notebook, ignored) : undefined;
}

/**
 * Whether the notebook is the user's: it has no expected outputs, as a copy that he has made, or its code differs from
 * that of its expected outputs.
 */
export function isOwnVersion(set: string, name: string, notebook: Notebook): boolean {
  const file = expectedFile(set, name);
  return !existsSync(file) || !sameCode(JSON.parse(readFileSync(file, "utf8")) as Expected, summary(notebook));
}

/** The ids of the cells of a notebook whose expected outputs differ between two sets of data. */
export function cellsThatDiffer(left: string, right: string, name: string): Set<string> {
  const [one, other] = [left, right].map(
    (set) => JSON.parse(readFileSync(expectedFile(set, name), "utf8")) as Expected,
  );
  const outputs = new Map(other.cells.map((cell) => [cell.id, JSON.stringify(cell.outputs)]));
  return new Set(one.cells.filter((cell) => JSON.stringify(cell.outputs) !== outputs.get(cell.id)).map(({ id }) => id));
}

function sameCode(left: Expected, right: Expected): boolean {
  const code = ({ cells }: Expected): string => JSON.stringify(cells.map(({ id, source }) => [id, source]));
  return code(left) === code(right);
}

/** Compares two executed copies of one notebook byte for byte, output by output. */
export function compareOutputs(name: string, left: Notebook, right: Notebook): string[] {
  return differences(name, summary(left), right);
}

/** Cells that did not run have no outputs to compare: one line reports all of them. */
function differences(name: string, expected: Expected, notebook: Notebook, ignored?: string): string[] {
  const ran = new Set(notebook.cells.filter((cell) => !didNotRun(cell)).map(({ id }) => id));
  return summary(notebook)
    .cells.filter(({ id }) => ran.has(id))
    .flatMap((cell) => {
      const kept = expected.cells.find(({ id }) => id === cell.id);
      const without = (key: string, value: unknown) => (key === ignored ? undefined : value);
      const [left, right] = [kept?.outputs, cell.outputs].map(
        (outputs) => JSON.stringify(outputs, without, 1)?.split("\n") ?? [],
      );
      const at = right.findIndex((line, i) => line !== left[i]);
      if (at < 0 && left.length <= right.length) return [];
      return [`${name}, cell ${cell.id}: expected ${left[at] ?? "the end"}, got ${right[at] ?? "the end"}`];
    });
}

function summary(notebook: Notebook): Expected {
  const code = notebook.cells.filter((cell) => cell.cell_type === "code");
  return {
    cells: code.map((cell) => ({
      id: cell.id,
      source: digestOf(joined(cell.source)),
      outputs: (cell.outputs ?? []).map(outputSummary),
    })),
  };
}

function outputSummary({ output_type, name, text, data, ename, evalue }: Output): unknown {
  if (output_type === "stream") return { [name ?? "stdout"]: joined(text).split("\n") };
  if (output_type === "error") return { error: `${ename}: ${evalue}` };
  const entries = Object.entries(data ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
  return { [output_type]: Object.fromEntries(entries.map(([type, value]) => [type, kept(type, value)])) };
}

function kept(type: string, value: unknown): unknown {
  if (type.startsWith("text/")) return joined(value as string | string[]).split("\n");
  return `sha256 ${digestOf(typeof value === "string" ? value : JSON.stringify(value))}`;
}
