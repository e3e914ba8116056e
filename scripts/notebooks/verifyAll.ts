import type { SourceList } from "./items";
import type { Notebook } from "../../tools/notebook";
import { verify, type DataAtHand, type Verdict } from "./verify";

/** Verifies every source item against the executed notebooks, by file name. */
export function verifyAll(list: SourceList, notebooks: Map<string, Notebook>, data: DataAtHand): Verdict[] {
  return list.items.map((item) => {
    const { notebook: name } = list.documents[item.id.slice(0, 3)];
    const notebook = notebooks.get(name);
    return notebook
      ? verify(item, notebook.cells, data)
      : { item, class: "failed", note: `${name} was not run`, notRun: true };
  });
}

/** Ids in the metadata that no source item has, and cells that have the ids of more than four claims. */
export function strayMetadata(list: SourceList, notebooks: Map<string, Notebook>): string[] {
  const kinds = new Map(list.items.map((item) => [item.id, item.kind]));
  return [...notebooks].flatMap(([name, { cells }]) =>
    cells.flatMap((cell) => {
      const ids = cell.metadata.source ?? [];
      const unknown = ids
        .filter((id) => !kinds.has(id))
        .map((id) => `${name}, cell ${cell.id}: no source item is called "${id}"`);
      const claims = ids.filter((id) => kinds.get(id) === "claim").length;
      return claims > 4 ? [...unknown, `${name}, cell ${cell.id}: ${claims} claims, at most four are wanted`] : unknown;
    }),
  );
}
