/** What readers write in a notebook: the texts of its cells, without outputs and settings. */

export interface NotebookCells {
  metadata: object;
  cells: { id?: string; cell_type: string; source: string | string[] }[];
}

export const sourceOf = ({ source }: NotebookCells["cells"][number]): string =>
  typeof source === "string" ? source : source.join("");

/** A text that is the same for two notebooks exactly if their cells are of the same types and have the same texts. */
export function notebookText({ cells }: Pick<NotebookCells, "cells">): string {
  return JSON.stringify(cells.map((cell) => [cell.cell_type, sourceOf(cell)]));
}

/**
 * The cells that differ between two notebooks, as a notebook of Markdown cells that shows both texts of each. It is a
 * notebook because every view of JupyterLite opens one.
 */
export function compared(title: string, mine: NotebookCells, theirs: NotebookCells): object {
  const parts = [`# ${title}`];
  const byId = new Map(mine.cells.map((cell) => [cell.id, cell]));
  for (const cell of theirs.cells) {
    const own = byId.get(cell.id);
    byId.delete(cell.id);
    if (own === undefined) parts.push(`## Only in the new edition: ${cell.id}\n\n${block(cell)}`);
    else if (sourceOf(own) !== sourceOf(cell))
      parts.push(`## ${cell.id}\n\nYours:\n\n${block(own)}\n\nThe new edition:\n\n${block(cell)}`);
  }
  for (const own of byId.values()) parts.push(`## Only in yours: ${own.id}\n\n${block(own)}`);
  const cells = parts.map((source, number) => ({ id: `part-${number}`, cell_type: "markdown", metadata: {}, source }));
  return { cells, metadata: theirs.metadata, nbformat: 4, nbformat_minor: 5 };
}

function block(cell: NotebookCells["cells"][number]): string {
  const text = sourceOf(cell);
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${cell.cell_type === "code" ? "typescript" : "markdown"}\n${text}\n${fence}`;
}
