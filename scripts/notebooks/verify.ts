import type { Invariant, ItemCheck, SourceItem } from "./items";
import { didNotRun, errorOf, joined, outputLines, type Cell } from "../../tools/notebook";

/** The classes of the closing table, in its order. */
export const classes = [
  "exact",
  "within tolerance",
  "random and checked",
  "ran",
  "figure",
  "told",
  "needs full MNIST",
  "failed",
] as const;
export type ItemClass = (typeof classes)[number];

export interface Verdict {
  item: SourceItem;
  class: ItemClass;
  /** The cell that has the item, or the reason for which it failed. */
  note: string;
  /** Failed because none of its cells ran. */
  notRun?: boolean;
}

/** The data that the run could use. */
export interface DataAtHand {
  mnist: boolean;
  weights: boolean;
}

/**
 * Verifies one item with the cells that have its id (for an output or a figure, also those that have the id of its
 * code). It passes if one of these cells passes: if the source has an error, the original and the corrected form have
 * the same id.
 */
export function verify(item: SourceItem, cells: Cell[], data: DataAtHand): Verdict {
  const carriers = cells.filter((cell) => carries(cell, item));
  if (carriers.length > 0 && carriers.every(didNotRun)) {
    return { item, class: "failed", note: `cell ${carriers[0].id} did not run`, notRun: true };
  }
  const lacking = item.needs?.some((need) => !data[need]) ?? false;
  const check = lacking && item.digits ? item.digits : item.check;
  const failures: string[] = [];
  for (const cell of carriers) {
    const problem = problemOf(lacking && !item.digits ? { how: "ran" } : check, cell);
    if (problem === undefined)
      return { item, class: lacking && !item.digits ? "needs full MNIST" : classOf(item, check, cell), note: cell.id };
    failures.push(`cell ${cell.id}: ${problem}`);
  }
  return { item, class: "failed", note: failures.join("; ") || `no cell's metadata carries "${item.of ?? item.id}"` };
}

function carries(cell: Cell, item: SourceItem): boolean {
  const ids = cell.metadata.source ?? [];
  return ids.includes(item.id) || (item.of !== undefined && ids.includes(item.of));
}

function classOf(item: SourceItem, check: ItemCheck, cell: Cell): ItemClass {
  switch (check.how) {
    case "exact":
      return "exact";
    case "close":
      return "within tolerance";
    case "random":
      return "random and checked";
    case "plot":
      return "figure";
    case "formula":
      return item.kind === "figure" ? "figure" : "told";
    case "told":
      return cell.cell_type === "code" ? "ran" : "told";
    case "ran":
      return "ran";
  }
}

function problemOf(check: ItemCheck, cell: Cell): string | undefined {
  if (didNotRun(cell)) return "it did not run";
  const error = errorOf(cell);
  if (error !== undefined) return error;
  switch (check.how) {
    case "ran":
      return cell.cell_type === "code" ? undefined : "a code cell is wanted";
    case "exact":
      return findLines(check.text, cell, (wanted, line) => wanted === line);
    case "close":
      return findLines(check.text, cell, (wanted, line) => close(wanted, line, check));
    case "random":
      return broken(check, cell);
    case "plot":
      return cell.outputs?.some((output) => output.data?.["application/vnd.vegalite.v5+json"])
        ? undefined
        : "it shows no plot";
    case "formula":
      return /\$[^$]+\$/.test(joined(cell.source)) ? undefined : "it holds no LaTeX formula";
    case "told":
      return undefined;
  }
}

function findLines(wanted: string[], cell: Cell, same: (wanted: string, line: string) => boolean): string | undefined {
  for (const output of cell.outputs ?? []) {
    const lines = outputLines(output);
    for (let at = 0; at + wanted.length <= lines.length; at++) {
      if (wanted.every((line, i) => same(line, lines[at + i]))) return undefined;
    }
  }
  return `no output holds the lines ${JSON.stringify(wanted.length > 3 ? [...wanted.slice(0, 3), "..."] : wanted)}`;
}

const number = /[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?/g;

/** Whether the texts are equal except for the numbers, and each number is within the tolerance. */
function close(
  wanted: string,
  line: string,
  { relative = 0, absolute = 0 }: { relative?: number; absolute?: number },
): boolean {
  const bare = (text: string): string => text.replace(number, "#").replace(/\s+/g, " ");
  if (bare(wanted) !== bare(line)) return false;
  const [expected, actual] = [wanted, line].map((text) => (text.match(number) ?? []).map(Number));
  return expected.every((value, i) => Math.abs(actual[i] - value) <= absolute + relative * Math.abs(value));
}

function broken(invariant: Invariant, cell: Cell): string | undefined {
  const pattern = new RegExp(`^(?:${invariant.match})$`);
  const lines = (cell.outputs ?? []).flatMap(outputLines).filter((line) => pattern.test(line));
  if (lines.length !== invariant.lines)
    return `${lines.length} lines match ${invariant.match}, ${invariant.lines} are wanted`;
  // Numbers inside words, as the 3 of "W3", do not count.
  const rows = lines.map((line) => (line.replace(/[A-Za-z]+\d+/g, "").match(number) ?? []).map(Number));
  return rows.map((row, i) => brokenRow(row, lines[i], invariant)).find(Boolean) ?? brokenColumns(rows, invariant);
}

function brokenRow(
  row: number[],
  line: string,
  { numbers, integer, min = -Infinity, max = Infinity, rowSum }: Invariant,
): string | undefined {
  if (numbers !== undefined && row.length !== numbers)
    return `"${line}" holds ${row.length} numbers, ${numbers} are wanted`;
  const bad = row.find((value) => value < min || value > max || (integer === true && !Number.isInteger(value)));
  if (bad !== undefined) return `${bad} in "${line}" is not ${integer ? "an integer " : ""}from ${min} to ${max}`;
  const sum = row.reduce((total, value) => total + value, 0);
  if (rowSum && Math.abs(sum - rowSum.is) > rowSum.within)
    return `"${line}" adds up to ${sum}, not ${rowSum.is} within ${rowSum.within}`;
  return undefined;
}

function brokenColumns(rows: number[][], { rising, last }: Invariant): string | undefined {
  const end = rows[rows.length - 1];
  const falls = rising && rows.some((row, i) => i > 0 && row.some((value, k) => value <= rows[i - 1][k]));
  if (falls) return "a column does not rise from line to line";
  const outside = last?.findIndex(([low, high], k) => !(end[k] >= low && end[k] <= high)) ?? -1;
  return outside < 0 ? undefined : `the last line's ${end[outside]} is not from ${last?.[outside].join(" to ")}`;
}
