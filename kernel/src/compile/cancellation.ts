import type ts from "typescript";
import type { Compiler } from "./typescript";

/**
 * How the compiling of a cell is ended early: the compiler asks at each function, and is made to ask between
 * statements.
 */

/** The statements of a file that are checked between two questions. */
const PIECE = 20;

type Check = (file: ts.SourceFile, token: ts.CancellationToken, nodes?: readonly ts.Node[]) => readonly ts.Diagnostic[];

export function cancellationToken(compiler: Compiler, isCancelled: () => boolean): ts.CancellationToken {
  const throwIfCancellationRequested = () => {
    if (isCancelled()) throw new compiler.OperationCanceledException();
  };
  return { isCancellationRequested: isCancelled, throwIfCancellationRequested };
}

/**
 * What the compiler finds wrong with a file. Throws when it is cancelled. The third argument, the nodes to be checked,
 * is not in the compiler's public types: what has been checked so is not checked again.
 */
export function diagnosticsOf(program: ts.Program, file: ts.SourceFile, token: ts.CancellationToken): ts.Diagnostic[] {
  const check: Check = program.getSemanticDiagnostics;
  for (let start = 0; start + PIECE < file.statements.length; start += PIECE) {
    token.throwIfCancellationRequested();
    check(file, token, file.statements.slice(start, start + PIECE));
  }
  return [...program.getSyntacticDiagnostics(file), ...check(file, token)];
}

/** A transformer that changes nothing: between the others, it ends the compiling that is cancelled. */
export function cancellable(token: ts.CancellationToken): ts.TransformerFactory<ts.SourceFile> {
  return () => (file) => {
    token.throwIfCancellationRequested();
    return file;
  };
}
