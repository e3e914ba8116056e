import type ts from "typescript";
import { parseDiagnosticsOf, targetOf, type Compiler } from "./typescript";

/** TypeScript's diagnostics, with positions in the cell's text as the user wrote it. */

/** A position in a text, lines and characters counted from zero. */
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
 * Diagnostics that do not apply to cells, only to CommonJS modules: `await` (1375, 1378), `for await` (1431, 1432),
 * `await using` (2853, 2854) outside of functions, and import attributes (1324, 2821, 2823), which `require` does
 * without.
 */
const ALLOWED = new Set([1324, 1375, 1378, 1431, 1432, 2821, 2823, 2853, 2854]);

/** The diagnostics of a file. `length` is that of the text without the line that the kernel has added at the end. */
export function complaints(
  compiler: Compiler,
  found: readonly ts.Diagnostic[],
  length: number,
  fileName?: string,
): Diagnostic[] {
  return found
    .filter(({ code, file }) => file && !ALLOWED.has(code))
    .map((diagnostic) => convert(compiler, diagnostic, length, fileName));
}

function convert(
  compiler: Compiler,
  diagnostic: ts.Diagnostic,
  length: number,
  fileName: string | undefined,
): Diagnostic {
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

/**
 * Leaves out diagnostics about the line that the kernel adds. If the cell's text is incomplete, that line becomes part
 * of the incomplete statement; then the first diagnostic says what is missing.
 */
export function ofReader(found: Diagnostic[], length: number): Diagnostic[] {
  const own = found.filter(({ start }) => start.offset < length);
  return own.length > 0 ? own : found.slice(0, 1);
}

/**
 * If a cell contains JSX and would be valid in a .tsx file: one diagnostic that says so, in place of TypeScript's own
 * about brackets.
 */
export function jsxComplaint(compiler: Compiler, source: string): Diagnostic[] | undefined {
  const { ScriptKind, DiagnosticCategory } = compiler;
  const file = compiler.createSourceFile("cell.tsx", source, targetOf(compiler), true, ScriptKind.TSX);
  const element = parseDiagnosticsOf(file).length === 0 ? firstJsx(compiler, file) : undefined;
  if (!element) return undefined;
  const messageText =
    "JSX: cells have none: wanted calls that make the elements, or a module beside the notebook (.tsx)";
  const position = { file, start: element.getStart(file), length: element.getWidth(file) };
  return complaints(
    compiler,
    [{ ...position, code: 17004, category: DiagnosticCategory.Error, messageText }],
    source.length,
  );
}

function firstJsx(compiler: Compiler, node: ts.Node): ts.Node | undefined {
  const isJsx = compiler.isJsxElement(node) || compiler.isJsxSelfClosingElement(node) || compiler.isJsxFragment(node);
  return isJsx ? node : compiler.forEachChild(node, (child) => firstJsx(compiler, child));
}
