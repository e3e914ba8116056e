import type ts from "typescript";
import { parseDiagnosticsOf, targetOf, type Compiler } from "./typescript";

/** Whether a front end is to run what was typed, or to give it another line. */

export interface Completeness {
  status: "complete" | "incomplete" | "invalid";
  /** What the next line begins with. */
  indent?: string;
}

const STEP = "  ";
const UNTERMINATED_STRING = 1002;
/** Errors for a comment and a template that have begun and not ended. */
const OPEN = new Set([1010, 1160]);

/** Incomplete is what more text could still mend: the first thing that the parser misses is missing at the end. */
export function isComplete(compiler: Compiler, code: string): Completeness {
  const file = compiler.createSourceFile("cell.ts", code, targetOf(compiler), true);
  const [first] = parseDiagnosticsOf(file);
  if (first ? isOpen(file, first) : endsInDeclaration(compiler, file))
    return { status: "incomplete", indent: indentOf(code) };
  return { status: first ? "invalid" : "complete" };
}

function isOpen({ text, endOfFileToken }: ts.SourceFile, { code, start }: ts.DiagnosticWithLocation): boolean {
  if (code === UNTERMINATED_STRING) return text.endsWith("\\\n"); // a string goes on in the next line only so
  return OPEN.has(code) || start >= endOfFileToken.pos || text.slice(start).trim() === "export";
}

// TypeScript's parser takes `const` alone for a whole statement.
function endsInDeclaration(compiler: Compiler, { statements }: ts.SourceFile): boolean {
  const last = statements.at(-1);
  return last !== undefined && compiler.isVariableStatement(last) && last.declarationList.declarations.length === 0;
}

// As deep as the last line, and deeper behind an opening bracket.
function indentOf(code: string): string {
  const line = code.trimEnd().split("\n").at(-1) ?? "";
  const [before] = /^\s*/.exec(line)!;
  return /[{[(]$/.test(line) ? before + STEP : before;
}
