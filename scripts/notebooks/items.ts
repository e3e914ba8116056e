import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";

/** What a source document holds: 197 of them in all, listed in notebooks/source-items.json. */
export interface SourceItem {
  /** Document and number, as `004-17`. */
  id: string;
  kind: "code" | "output" | "figure" | "formula" | "claim";
  /** What it is, in a few words. */
  says: string;
  /** For an output or a figure: the code item that makes it. */
  of?: string;
  check: ItemCheck;
  /** What the check cannot do without. */
  needs?: ("mnist" | "weights")[];
  /** The check that stands in where full MNIST is not at hand; without it the item counts as "needs full MNIST". */
  digits?: ItemCheck;
}

/** How an item is verified, from the metadata and the outputs of the executed notebook alone. */
export type ItemCheck =
  | { how: "ran" }
  | { how: "exact"; text: string[] }
  | { how: "close"; text: string[]; relative?: number; absolute?: number; why: string }
  | ({ how: "random"; why: string } & Invariant)
  | { how: "plot" }
  | { how: "formula" }
  | { how: "told"; why?: string };

/** What must hold of numbers that are random in the source. */
export interface Invariant {
  /** The lines to look at: a regular expression that the whole line matches. */
  match: string;
  /** How many such lines, one after the other or not, the cell prints. */
  lines: number;
  /** How many numbers each of these lines holds. */
  numbers?: number;
  integer?: boolean;
  min?: number;
  max?: number;
  /** Each column rises from its first line to its last. */
  rising?: boolean;
  /** What the numbers of each line add up to. */
  rowSum?: { is: number; within: number };
  /** The range of each number of the last line. */
  last?: [number, number][];
}

export interface SourceDocument {
  title: string;
  language: string;
  notebook: string;
}

export interface SourceList {
  documents: Record<string, SourceDocument>;
  items: SourceItem[];
}

export function readSourceItems(file = join(root, "notebooks", "source-items.json")): SourceList {
  return JSON.parse(readFileSync(file, "utf8")) as SourceList;
}

/** The documents that stand in these notebooks, and their items. */
export function only(list: SourceList, notebooks: string[]): SourceList {
  const chosen = Object.entries(list.documents).filter(([, { notebook }]) => notebooks.includes(notebook));
  const documents = Object.fromEntries(chosen);
  return { documents, items: list.items.filter(({ id }) => id.slice(0, 3) in documents) };
}
