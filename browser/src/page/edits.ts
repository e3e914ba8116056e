import { keep, kept } from "./kept";

/** The reader's changes to cells, kept in this browser, each with the text from which it was made. */

export interface Edit {
  /** The cell as the reader has changed it. */
  source: string;
  /** The cell of the edition that the reader has changed. */
  original: string;
  /** The reader has taken the original back; the text is kept, and can be taken again. */
  isAside?: boolean;
}

const keyOf = (cell: string): string => `dlfs ${document.body.dataset.notebook} ${cell}`;

/** The kept change of a cell; undefined if there is none, or if this browser keeps nothing. */
export function keptEdit(cell: string): Edit | undefined {
  const text = kept(keyOf(cell));
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Edit);
  } catch {
    return undefined; // not written by this page
  }
}

/** Keeps a change, or forgets it if the text is the original again. Returns whether this browser keeps it. */
export function keepEdit(cell: string, edit: Edit): boolean {
  return keep(keyOf(cell), edit.source === edit.original ? undefined : JSON.stringify(edit));
}
