import { parseDiagnosticsOf, type Compiler } from "./typescript";

/** Whether a cell's text ends where a statement ends: what a console asks before it runs a line. */
export function isComplete(compiler: Compiler, code: string): { status: "complete" | "incomplete"; indent?: string } {
  const file = compiler.createSourceFile("cell.ts", code, compiler.ScriptTarget.ES2022);
  const atEnd = parseDiagnosticsOf(file).some(({ start, length }) => start + length >= code.trimEnd().length);
  return atEnd && !/\n\s*\n\s*$/.test(code) ? { status: "incomplete", indent: "" } : { status: "complete" };
}
