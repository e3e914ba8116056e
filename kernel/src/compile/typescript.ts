import type ts from "typescript";

/**
 * The TypeScript that compiles the cells. This file contains the uses of its internals, which are not in its public
 * types; `missingInternals` returns those that another version lacks.
 */

export type Compiler = typeof ts;

/**
 * The language in which cells are read and into which they are compiled: the newest one that every supported Node runs
 * in full. Newer syntax, such as `using`, is compiled into it.
 */
export function targetOf({ ScriptTarget }: Compiler): ts.ScriptTarget {
  return ScriptTarget.ES2024;
}

/** Names and their symbols, as the binder makes them. */
export type SymbolTable = Map<string, ts.Symbol>;

interface Internals {
  bindSourceFile(file: ts.SourceFile, options: ts.CompilerOptions): void;
  isExpressionNode(node: ts.Node): boolean;
  getModuleInstanceState(node: ts.ModuleDeclaration): number;
}

interface BoundFile extends ts.SourceFile {
  locals?: SymbolTable;
  identifiers: ReadonlyMap<string, string>;
  parseDiagnostics: readonly ts.DiagnosticWithLocation[];
}

// TypeScript's own names, such as `__global`; a user's name with two underscores at its beginning is stored with three.
// The name of a module is stored with quotes.
const INTERNAL = /^(__[^_]|")/;

const INTERNALS: readonly (keyof Internals)[] = ["bindSourceFile", "isExpressionNode", "getModuleInstanceState"];

export function internalsOf(compiler: Compiler): Internals {
  return compiler as Compiler & Internals;
}

/** The names of the internal functions that `compiler` lacks. */
export function missingInternals(compiler: Compiler): string[] {
  const internals = internalsOf(compiler);
  return INTERNALS.filter((name) => typeof internals[name] !== "function").map((name) => `typescript.${name}`);
}

/** Creates the symbols of a file, unless this is done already, and sets the parents of its nodes. */
export function bind(compiler: Compiler, file: ts.SourceFile, options: ts.CompilerOptions): void {
  internalsOf(compiler).bindSourceFile(file, options);
}

/** The symbols that a bound file declares or imports at its top level, by the names in the source text. */
export function localsOf(compiler: Compiler, file: ts.SourceFile): SymbolTable {
  const locals = [...((file as BoundFile).locals ?? [])].filter(([key]) => !INTERNAL.test(key));
  return new Map(locals.map(([key, symbol]) => [compiler.unescapeLeadingUnderscores(key as ts.__String), symbol]));
}

/** The key of `name` in TypeScript's own tables. */
export function keyOf(compiler: Compiler, name: string): string {
  return compiler.escapeLeadingUnderscores(name) as string;
}

/** Whether all value declarations of `symbol` are made with `declare`, so that its value comes from elsewhere. */
export function isAmbient(compiler: Compiler, symbol: ts.Symbol): boolean {
  const isType = (node: ts.Node) => compiler.isInterfaceDeclaration(node) || compiler.isTypeAliasDeclaration(node);
  const isDeclared = (node: ts.Declaration) => compiler.getCombinedModifierFlags(node) & compiler.ModifierFlags.Ambient;
  const ofValue = (symbol.declarations ?? []).filter((node) => !isType(node));
  return ofValue.length > 0 && ofValue.every(isDeclared);
}

/** A name that is declared with `export` has two symbols; this returns the complete one. */
export function exportSymbolOf(symbol: ts.Symbol): ts.Symbol {
  return (symbol as { exportSymbol?: ts.Symbol }).exportSymbol ?? symbol;
}

/** All identifiers in the file. */
export function identifiersOf(file: ts.SourceFile): Iterable<string> {
  return (file as BoundFile).identifiers.keys();
}

/** The syntax errors of a file. */
export function parseDiagnosticsOf(file: ts.SourceFile): readonly ts.DiagnosticWithLocation[] {
  return (file as BoundFile).parseDiagnostics;
}

type EmitAll = (...passed: [...Parameters<ts.Program["emit"]>, forceDtsEmit: boolean]) => ts.EmitResult;

/** Writes a file's JavaScript and its declarations. A type that another file could not name becomes `any`. */
export function emitAll(
  program: ts.Program,
  file: ts.SourceFile,
  take: ts.WriteFileCallback,
  before: ts.TransformerFactory<ts.SourceFile>[],
): void {
  const emit = program.emit as EmitAll;
  emit(file, take, undefined, false, { before }, true);
}

/** Makes the names of `tables` visible in `file`, unless its own declarations hide them. */
export function setOuterScopes(compiler: Compiler, file: ts.SourceFile, tables: readonly SymbolTable[]): void {
  let inner: ts.Node = file;
  for (const locals of tables) {
    const scope = Object.assign(compiler.factory.createBlock([]), { locals });
    Object.assign(inner, { parent: scope });
    inner = scope;
  }
}
