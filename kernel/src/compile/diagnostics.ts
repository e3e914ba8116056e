import type ts from "typescript";
import type { Compiler } from "./typescript";

/** What TypeScript finds wrong, in places of the cell as the reader wrote it. */

/** A place in a text, all counts from zero. */
export interface Position {
  offset: number;
  line: number;
  character: number;
}

export interface Diagnostic {
  start: Position;
  end: Position;
  messageText: string;
  category: number;
  code: number;
  /** The file, if it is not the cell itself. */
  fileName?: string;
}

/**
 * What a cell may do although a CommonJS module may not: `await` (1375, 1378), `for await` (1431, 1432), `await using`
 * (2853, 2854) outside of functions, and import attributes (2821, 2823), which `require` does without.
 */
const ALLOWED = new Set([1375, 1378, 1431, 1432, 2821, 2823, 2853, 2854]);

/** The complaints of a file. `length`: that of its text without what this kernel has added at the end. */
export function complaints(compiler: Compiler, found: readonly ts.Diagnostic[], length: number, fileName?: string): Diagnostic[] {
  return found.filter(({ code, file }) => file && !ALLOWED.has(code)).map((diagnostic) => convert(compiler, diagnostic, length, fileName));
}

function convert(compiler: Compiler, diagnostic: ts.Diagnostic, length: number, fileName: string | undefined): Diagnostic {
  const { file, start = 0, code, category, messageText } = diagnostic;
  const position = (offset: number): Position => {
    const inside = Math.min(offset, length);
    return { offset: inside, ...compiler.getLineAndCharacterOfPosition(file!, inside) };
  };
  return {
    start: position(start),
    end: position(start + (diagnostic.length ?? 0)),
    messageText: compiler.flattenDiagnosticMessageText(messageText, "\n"),
    category,
    code,
    fileName,
  };
}
