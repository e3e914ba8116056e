import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import type { SourceMap } from "../../kernel/src/cells";

/** Reads a source map's JSON in base64. */
export function decodeSourceMap(base64: string): SourceMap {
  const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
  const map = new TraceMap(new TextDecoder().decode(bytes));
  return {
    find(line, column) {
      const {
        source,
        line: originalLine,
        column: originalColumn,
      } = originalPositionFor(map, {
        line: line + 1, // this library counts lines from one, columns from zero
        column: Math.max(0, column),
      });
      if (source === null || originalLine === null || originalColumn === null) return undefined;
      return { file: source, line: originalLine - 1, column: originalColumn };
    },
  };
}
