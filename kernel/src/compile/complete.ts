import type ts from "typescript";
import type { CellCompiler } from "./cellCompiler";

/** What could stand at the cursor. */

export interface Completions {
  /** What the matches replace, as offsets into the text. */
  start: number;
  end: number;
  /** Best first. */
  matches: Match[];
}

interface Match {
  text: string;
  /** As TypeScript calls it: "method", "const", "class" ... */
  kind: string;
}

/** `offset` is that of the cursor in `source`. */
export function complete(cells: CellCompiler, source: string, offset: number): Completions {
  const service = cells.ask(source);
  const info = service.getCompletionsAtPosition(cells.project.cellFile, offset, {});
  const entries = info?.entries ?? [];
  const span =
    entries.find(({ replacementSpan }) => replacementSpan)?.replacementSpan ??
    info?.optionalReplacementSpan ??
    wordAt(source, offset);
  const begun = source.slice(span.start, offset);
  const ranked = entries.map((entry) => ({ entry, rank: rankOf(entry.name, begun) })).filter(({ rank }) => rank < 3);
  ranked.sort((a, b) => a.rank - b.rank || compare(a.entry.sortText, b.entry.sortText));
  return {
    start: span.start,
    end: span.start + span.length,
    matches: ranked.map(({ entry }) => ({ text: entry.name, kind: entry.kind })),
  };
}

/** How well `name` fits the text that the user has begun: 0 best, 3 not at all. */
function rankOf(name: string, begun: string): number {
  if (name.startsWith(begun)) return 0;
  const [lower, wanted] = [name.toLowerCase(), begun.toLowerCase()];
  return lower.startsWith(wanted) ? 1 : lower.includes(wanted) ? 2 : 3;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function wordAt(source: string, offset: number): ts.TextSpan {
  const [before] = /[\p{ID_Continue}$#]*$/u.exec(source.slice(0, offset))!;
  const [after] = /^[\p{ID_Continue}$]*/u.exec(source.slice(offset))!;
  return { start: offset - before.length, length: before.length + after.length };
}
