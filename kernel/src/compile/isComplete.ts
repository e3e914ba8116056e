import type ts from "typescript";
import { parseDiagnosticsOf, targetOf, type Compiler } from "./typescript";

/** Decides whether a console runs the typed text, or asks for another line. */

export interface Completeness {
  status: "complete" | "incomplete" | "invalid";
  /** The indentation of the next line. */
  indent?: string;
}

const STEP = "  ";
const UNTERMINATED_STRING = 1002;
/** The errors for an unterminated comment and an unterminated template. */
const OPEN = new Set([1010, 1160]);

/** The text is incomplete if more text could correct it: then the parser's first error is at the end of the text. */
export function isComplete(compiler: Compiler, code: string): Completeness {
  const file = compiler.createSourceFile("cell.ts", code, targetOf(compiler), true);
  const [first] = parseDiagnosticsOf(file);
  if (first ? isOpen(file, first) : endsInDeclaration(compiler, file))
    return { status: "incomplete", indent: indentOf(code) };
  return { status: first ? "invalid" : "complete" };
}

function isOpen({ text, endOfFileToken }: ts.SourceFile, { code, start }: ts.DiagnosticWithLocation): boolean {
  // a string can continue in the next line only after a backslash
  if (code === UNTERMINATED_STRING) return text.endsWith("\\\n");
  return OPEN.has(code) || start >= endOfFileToken.pos || text.slice(start).trim() === "export";
}

// For TypeScript's parser, `const` alone is a complete statement.
function endsInDeclaration(compiler: Compiler, { statements }: ts.SourceFile): boolean {
  const last = statements.at(-1);
  return last !== undefined && compiler.isVariableStatement(last) && last.declarationList.declarations.length === 0;
}

// The indentation of the last line, and one step more after an opening bracket.
function indentOf(code: string): string {
  const line = code.trimEnd().split("\n").at(-1) ?? "";
  const [before] = /^\s*/.exec(line)!;
  return /[{[(]$/.test(line) ? before + STEP : before;
}
