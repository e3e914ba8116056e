import type ts from "typescript";
import { shortened } from "./shortened";
import { bind, type Compiler } from "./typescript";

/**
 * Parses declaration files without their doc comments, which are most of their text. The startup snapshot contains them
 * in this form. When the documentation of a name is asked for, its whole file is read again.
 */

interface DocumentedNode extends ts.Node {
  flags: ts.NodeFlags;
  jsDoc?: readonly ts.JSDoc[];
  jsDocCache?: unknown;
}

interface ParsedFile extends ts.SourceFile {
  jsDocParsingMode?: ts.JSDocParsingMode;
}

type Settings = ts.CreateSourceFileOptions;

const DEPRECATED = 536870912; // NodeFlags.Deprecated, which is not in TypeScript's public types

/** Parses a declaration file without its doc comments, but keeps which names are deprecated. */
export function withoutDocumentation(
  compiler: Compiler,
  path: string,
  text: string,
  settings: Settings,
): ts.SourceFile {
  const whole = compiler.createSourceFile(path, text, settings, true);
  const mode = { ...settings, jsDocParsingMode: compiler.JSDocParsingMode.ParseNone };
  const file = compiler.createSourceFile(path, shortened(compiler, whole), mode, true);
  inStep(compiler, whole, file, (from, to) => {
    to.flags |= from.flags & DEPRECATED;
    if (compiler.getJSDocDeprecatedTag(from)) to.jsDoc = [deprecation(compiler, to)];
  });
  return file;
}

function deprecation({ factory }: Compiler, parent: ts.Node): ts.JSDoc {
  const tag = factory.createJSDocDeprecatedTag(factory.createIdentifier("deprecated"));
  const comment = factory.createJSDocComment(undefined, [tag]);
  Object.assign(tag, { parent: comment });
  return Object.assign(comment, { parent });
}

/** Reads the doc comments of the symbol called `name`, of its type, and of the members that it overrides. */
export function readDocumentation(
  compiler: Compiler,
  checker: ts.TypeChecker,
  read: (path: string) => string | undefined,
  name: ts.Node,
): void {
  const files = new Set(
    symbolsOf(compiler, checker, name)
      .flatMap(({ declarations }) => declarations ?? [])
      .map((node) => node.getSourceFile()),
  );
  for (const file of files) restore(compiler, file, read);
}

// The comments are nodes of the whole file, because their links are looked up in its text and symbols.
function restore(compiler: Compiler, file: ParsedFile, read: (path: string) => string | undefined): void {
  if (file.jsDocParsingMode !== compiler.JSDocParsingMode.ParseNone) return;
  const text = read(file.fileName);
  if (text === undefined) return;
  file.jsDocParsingMode = compiler.JSDocParsingMode.ParseAll;
  const whole = compiler.createSourceFile(file.fileName, text, file.languageVersion, true);
  bind(compiler, whole, {});
  inStep(compiler, whole, file, ({ jsDoc }, to) => {
    if (jsDoc) Object.assign(to, { jsDoc, jsDocCache: undefined });
  });
}

// Both files have the same syntax tree, unless the file has changed since it was first read. Nodes that differ are
// skipped.
function inStep(
  compiler: Compiler,
  from: DocumentedNode,
  to: DocumentedNode,
  visit: (from: DocumentedNode, to: DocumentedNode) => void,
): void {
  visit(from, to);
  const children: ts.Node[] = [];
  compiler.forEachChild(to, (child) => void children.push(child));
  let next = 0;
  compiler.forEachChild(from, (child) => {
    const other = children[next++];
    if (other?.kind === child.kind) inStep(compiler, child, other, visit);
  });
}

function symbolsOf(compiler: Compiler, checker: ts.TypeChecker, name: ts.Node): ts.Symbol[] {
  const named = checker.getSymbolAtLocation(name);
  if (!named) return [];
  const symbol = named.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(named) : named;
  const type = checker.getTypeOfSymbol(symbol);
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  const ofType = [
    type.symbol,
    ...signatures.map(({ declaration }) => declaration && checker.getSymbolAtLocation(declaration)),
  ];
  return [symbol, ...overridden(compiler, checker, symbol), ...ofType.filter((found) => found !== undefined)];
}

/** The members with the same name in the base classes and interfaces of the class that has `symbol`. */
function overridden(
  compiler: Compiler,
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  known = new Set<ts.Symbol>(),
): ts.Symbol[] {
  if (known.has(symbol)) return []; // a class that extends itself
  known.add(symbol);
  // a module has no parent
  const holders = (symbol.declarations ?? []).map(({ parent }) => parent as ts.Node | undefined);
  const bases = holders.flatMap((holder) =>
    holder && hasBases(compiler, holder) ? (holder.heritageClauses ?? []) : [],
  );
  const members = bases
    .flatMap(({ types }) => types)
    .map((base) => checker.getTypeAtLocation(base).getProperty(symbol.name));
  return members.flatMap((member) => (member ? [member, ...overridden(compiler, checker, member, known)] : []));
}

function hasBases(compiler: Compiler, node: ts.Node): node is ts.ClassLikeDeclaration | ts.InterfaceDeclaration {
  return compiler.isClassLike(node) || compiler.isInterfaceDeclaration(node);
}
