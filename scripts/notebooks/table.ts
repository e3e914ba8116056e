import type { SourceList } from "./items";
import { classes, type ItemClass, type Verdict } from "./verify";

/** A table with a line for each document and a column for each class; below it the failed items. */
export function coverageTable(list: SourceList, verdicts: Verdict[]): string {
  if (Object.keys(list.documents).length === 0) return "source items: none, since what ran follows no source";
  const shown = classes.filter((name) => name === "failed" || verdicts.some((verdict) => verdict.class === name));
  const rows = Object.entries(list.documents).map(([id, { notebook }]) => {
    const own = verdicts.filter((verdict) => verdict.item.id.startsWith(id));
    return [notebook, ...counts(own, shown), String(own.length)];
  });
  const table = [
    ["source items", ...shown, "all"],
    ...rows,
    ["all", ...counts(verdicts, shown), String(verdicts.length)],
  ];
  const failures = verdicts.filter((verdict) => verdict.class === "failed" && !verdict.notRun);
  const lines = failures.map(({ item, note }) => `failed: ${item.kind} ${item.id} (${item.says}): ${note}`);
  return [...aligned(table), ...lines, ...notRunLines(list, verdicts)].join("\n");
}

/** One line for each document, because a notebook that failed early may have dozens of items that did not run. */
function notRunLines(list: SourceList, verdicts: Verdict[]): string[] {
  return Object.entries(list.documents).flatMap(([id, { notebook }]) => {
    const items = verdicts.filter(({ item, notRun }) => notRun && item.id.startsWith(id)).map(({ item }) => item.id);
    return items.length === 0
      ? []
      : [`failed: ${items.length} items of ${notebook}, whose cells did not run: ${items.join(", ")}`];
  });
}

/** The same items by kind: code, output, figure, formula, claim. */
export function kindTable(verdicts: Verdict[]): string {
  const kinds = [...new Set(verdicts.map((verdict) => verdict.item.kind))];
  const shown = classes.filter((name) => name === "failed" || verdicts.some((verdict) => verdict.class === name));
  const rows = kinds.map((kind) => {
    const own = verdicts.filter((verdict) => verdict.item.kind === kind);
    return [kind, ...counts(own, shown), String(own.length)];
  });
  return aligned([["by kind", ...shown, "all"], ...rows]).join("\n");
}

const counts = (verdicts: Verdict[], shown: readonly ItemClass[]): string[] =>
  shown.map((name) => String(verdicts.filter((verdict) => verdict.class === name).length));

/** A table for the terminal, its first row the names of the columns. */
export function aligned(table: string[][]): string[] {
  const widths = table[0].map((_, column) => Math.max(...table.map((row) => row[column].length)));
  return table.map((row) =>
    row.map((text, column) => (column === 0 ? text.padEnd(widths[0]) : text.padStart(widths[column]))).join("  "),
  );
}
