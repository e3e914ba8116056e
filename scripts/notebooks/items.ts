import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";

/** An item of a source document. There are 197 items, listed in notebooks/source-items.json. */
export interface SourceItem {
  /** Document and number, such as `004-17`. */
  id: string;
  kind: "code" | "output" | "figure" | "formula" | "claim";
  /** A short description. */
  says: string;
  /** For an output or a figure: the code item that makes it. */
  of?: string;
  check: ItemCheck;
  /** The data without which the check is impossible. */
  needs?: ("mnist" | "weights")[];
  /** The check without full MNIST; if there is none, the item counts as "needs full MNIST". */
  digits?: ItemCheck;
}

/** How an item is verified, only from the metadata and the outputs of the executed notebook. */
export type ItemCheck =
  | { how: "ran" }
  | { how: "exact"; text: string[] }
  | { how: "close"; text: string[]; relative?: number; absolute?: number; why: string }
  | ({ how: "random"; why: string } & Invariant)
  | { how: "plot" }
  | { how: "formula" }
  | { how: "told"; why?: string };

/** Conditions for numbers that are random in the source. */
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

/** Only the documents of these notebooks, and their items. */
export function only(list: SourceList, notebooks: string[]): SourceList {
  const chosen = Object.entries(list.documents).filter(([, { notebook }]) => notebooks.includes(notebook));
  const documents = Object.fromEntries(chosen);
  return { documents, items: list.items.filter(({ id }) => id.slice(0, 3) in documents) };
}
