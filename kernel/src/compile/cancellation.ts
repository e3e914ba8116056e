import type ts from "typescript";
import type { Compiler } from "./typescript";

/**
 * Ends the compilation of a cell early. TypeScript asks for a cancellation at each function; this file makes it ask
 * between statements too.
 */

/** How many statements are checked between two questions. */
const PIECE = 20;

type Check = (file: ts.SourceFile, token: ts.CancellationToken, nodes?: readonly ts.Node[]) => readonly ts.Diagnostic[];

export function cancellationToken(compiler: Compiler, isCancelled: () => boolean): ts.CancellationToken {
  const throwIfCancellationRequested = () => {
    if (isCancelled()) throw new compiler.OperationCanceledException();
  };
  return { isCancellationRequested: isCancelled, throwIfCancellationRequested };
}

/**
 * The diagnostics of a file. Throws if the compilation is cancelled. The third argument of `check`, the nodes to check,
 * is not in TypeScript's public types; nodes that were checked this way are not checked again.
 */
export function diagnosticsOf(program: ts.Program, file: ts.SourceFile, token: ts.CancellationToken): ts.Diagnostic[] {
  const check: Check = program.getSemanticDiagnostics;
  for (let start = 0; start + PIECE < file.statements.length; start += PIECE) {
    token.throwIfCancellationRequested();
    check(file, token, file.statements.slice(start, start + PIECE));
  }
  return [...program.getSyntacticDiagnostics(file), ...check(file, token)];
}

/** A transformer that changes nothing, but throws if the compilation is cancelled. It is put between the others. */
export function cancellable(token: ts.CancellationToken): ts.TransformerFactory<ts.SourceFile> {
  return () => (file) => {
    token.throwIfCancellationRequested();
    return file;
  };
}
