import type ts from "typescript";
import type { CellCompiler } from "./cellCompiler";
import { readDocumentation } from "./documentation";
import type { Compiler } from "./typescript";

/** The documentation of the name at the cursor, or of the function whose call contains the cursor. */

export interface Documentation {
  /** The signature or type, as TypeScript writes it. */
  signature: string;
  text: string;
  tags: readonly Tag[];
}

export interface Tag {
  name: string;
  text: string;
}

/** Returns undefined if nothing is known. `offset` is the cursor's position in `source`. */
export function inspect(cells: CellCompiler, source: string, offset: number): Documentation | undefined {
  const { compiler, project } = cells;
  const service = cells.ask(source);
  const file = service.getProgram()!.getSourceFile(project.cellFile)!;
  const callee = calleeAround(compiler, file, source, offset);
  const read = (path: string) => project.files.readFile(path);
  for (const name of namesAt(compiler, file, [offset, ...(callee ? [callee.end] : [])])) {
    readDocumentation(compiler, service.getProgram()!.getTypeChecker(), read, name);
  }
  return (
    documentationAt(compiler, service, file, offset) ?? (callee && documentationAt(compiler, service, file, callee.end))
  );
}

// The names that contain or touch one of the offsets.
function namesAt(compiler: Compiler, file: ts.SourceFile, offsets: readonly number[]): ts.Node[] {
  const found: ts.Node[] = [];
  const visit = (node: ts.Node): void => {
    const touches = offsets.some((offset) => node.getStart(file) <= offset && offset <= node.end);
    if (touches && compiler.isIdentifier(node)) found.push(node);
    if (touches) compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

function documentationAt(
  compiler: Compiler,
  service: ts.LanguageService,
  file: ts.SourceFile,
  offset: number,
): Documentation | undefined {
  const info = service.getQuickInfoAtPosition(file.fileName, offset);
  const name = info && nameAt(compiler, file, info.textSpan);
  // Keywords, numbers, names of modules and the `new` before a name have no documentation.
  if (!name || offset < name.getStart(file)) return undefined;
  const checker = service.getProgram()!.getTypeChecker();
  const symbol = symbolOf(compiler, checker, name);
  const written = readableSignature(compiler.displayPartsToString(info.displayParts));
  if (!symbol && written === "any") return undefined; // an unknown name
  const comments = symbol ? commentsOn(compiler, checker, symbol, info) : [info];
  return {
    signature: (symbol && signaturesBehind(compiler, checker, symbol, written)) ?? written,
    text: comments.map(({ documentation }) => compiler.displayPartsToString(documentation)).find(Boolean) ?? "",
    tags: mergedTags(compiler, comments),
  };
}

/**
 * The signatures of a function that a variable holds, a line each, if `written` tells only the name of its type:
 * TypeScript writes `const sum: Reduction` of np.sum unless it is called.
 */
function signaturesBehind(
  compiler: Compiler,
  checker: ts.TypeChecker,
  symbol: ts.Symbol,
  written: string,
): string | undefined {
  const name = /^(?:const|let|var) ([\w$]+): [A-Z][\w$]*$/.exec(written)?.[1];
  const type = checker.getTypeOfSymbol(symbol);
  if (name === undefined || type.getCallSignatures().length === 0) return undefined;
  const format = compiler.TypeFormatFlags.NoTruncation;
  return type
    .getCallSignatures()
    .map((signature) => name + checker.signatureToString(signature, undefined, format))
    .join("\n");
}

function nameAt(compiler: Compiler, file: ts.SourceFile, { start, length }: ts.TextSpan): ts.Node | undefined {
  const isName = (node: ts.Node) =>
    compiler.isIdentifier(node) || compiler.isPrivateIdentifier(node) || node.kind === compiler.SyntaxKind.SuperKeyword;
  const find = (node: ts.Node): ts.Node | undefined =>
    node.getStart(file) === start && node.end === start + length && isName(node)
      ? node
      : compiler.forEachChild(node, find);
  return find(file);
}

function symbolOf(compiler: Compiler, checker: ts.TypeChecker, name: ts.Node): ts.Symbol | undefined {
  const symbol = checker.getSymbolAtLocation(name);
  return symbol && symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

interface Comment {
  documentation?: ts.SymbolDisplayPart[];
  tags?: ts.JSDocTagInfo[];
}

/**
 * The doc comments about a name, the best first; a part that one lacks is taken from the next. For a function stored in
 * a variable, the variable has the description and its type the parameters; for a class, both the class and its
 * constructor may have comments. `info` is TypeScript's own choice: in a call, the comment of the called signature.
 */
function commentsOn(compiler: Compiler, checker: ts.TypeChecker, symbol: ts.Symbol, info: ts.QuickInfo): Comment[] {
  const own = { documentation: symbol.getDocumentationComment(checker), tags: symbol.getJsDocTags(checker) };
  const type = checker.getTypeOfSymbol(symbol);
  const signatures = [...type.getCallSignatures(), ...type.getConstructSignatures()];
  const others = signatures.map((signature) => ({
    documentation: signature.getDocumentationComment(checker),
    tags: signature.getJsDocTags(),
  }));
  const isVariable = (symbol.flags & (compiler.SymbolFlags.Variable | compiler.SymbolFlags.Property)) !== 0;
  return isVariable ? [own, info, ...others] : [info, own, ...others];
}

// Takes each kind of tag from the first comment that has it, and each parameter from the first comment that describes
// it.
function mergedTags(compiler: Compiler, comments: readonly Comment[]): Tag[] {
  const known = new Set<string>();
  return comments.flatMap(({ tags = [] }) => {
    const told = tags.map(({ name, text }) => ({ name, text: compiler.displayPartsToString(text) }));
    const added = told.filter((tag) => !known.has(subjectOf(tag)));
    for (const tag of told) known.add(subjectOf(tag));
    return added;
  });
}

function subjectOf({ name, text }: Tag): string {
  return name === "param" ? `${name} ${/^\S*/.exec(text)?.[0]}` : name;
}

// The innermost call whose parentheses contain the cursor. The node of an unfinished call ends before the blanks at the
// cursor.
function calleeAround(
  compiler: Compiler,
  file: ts.SourceFile,
  source: string,
  offset: number,
): ts.Expression | undefined {
  let found: ts.Expression | undefined;
  const visit = (node: ts.Node): void => {
    const isCall = compiler.isCallExpression(node) || compiler.isNewExpression(node);
    const isClosed = node.end <= offset && source[node.end - 1] === ")";
    const reaches = node.end >= offset || source.slice(node.end, offset).trim() === "";
    if (isCall && node.arguments && node.arguments.pos <= offset && reaches && !isClosed) found = node.expression;
    compiler.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

// Removes the line about the import, and the package names before the names of types.
function readableSignature(text: string): string {
  const lines = text
    .replace(/^\(alias\) /, "")
    .split("\n")
    .filter((line) => !/^(import|export) /.test(line));
  return lines
    .join("\n")
    .replace(/\bimport\("[^"]*"\)\./g, "")
    .replace(/\b(?:[a-z][\w$]*\.)+(?=[A-Z])/g, "");
}
