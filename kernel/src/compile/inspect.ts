import type ts from "typescript";
import type { CellCompiler } from "./cellCompiler";
import { readDocumentation } from "./documentation";
import type { Compiler } from "./typescript";

/** What is known of the name at the cursor, or of the function in whose parentheses the cursor stands. */

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

/** Undefined where nothing is known. `offset` is that of the cursor in `source`. */
export function inspect({ compiler, project, scope }: CellCompiler, source: string, offset: number): Documentation | undefined {
  const service = project.open(`${source}\nexport {};`, scope.tables, scope.liveFiles);
  const file = service.getProgram()!.getSourceFile(project.cellFile)!;
  const callee = calleeAround(compiler, file, source, offset);
  const read = (path: string) => project.files.readFile(path);
  for (const name of namesAt(compiler, file, [offset, ...(callee ? [callee.end] : [])])) {
    readDocumentation(compiler, service.getProgram()!.getTypeChecker(), read, name);
  }
  return documentationAt(compiler, service, file, offset) ?? (callee && documentationAt(compiler, service, file, callee.end));
}

// The names that begin at one of the offsets, end there or reach across it.
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

function documentationAt(compiler: Compiler, service: ts.LanguageService, file: ts.SourceFile, offset: number): Documentation | undefined {
  const info = service.getQuickInfoAtPosition(file.fileName, offset);
  if (!info) return undefined;
  const checker = service.getProgram()!.getTypeChecker();
  const symbol = symbolAt(compiler, checker, file, info.textSpan);
  const signature = compiler.displayPartsToString(info.displayParts);
  if (!symbol && signature === "any") return undefined; // an unknown name
  const documentation = info.documentation?.length ? info.documentation : symbol?.getDocumentationComment(checker);
  const tags = info.tags?.length ? info.tags : symbol?.getJsDocTags(checker);
  return {
    signature: readableSignature(signature),
    text: compiler.displayPartsToString(documentation),
    tags: (tags ?? []).map(({ name, text }) => ({ name, text: compiler.displayPartsToString(text) })),
  };
}

// In a call, TypeScript's own documentation is that of the call signature, which a function made by another has none of.
function symbolAt(compiler: Compiler, checker: ts.TypeChecker, file: ts.SourceFile, { start, length }: ts.TextSpan): ts.Symbol | undefined {
  const find = (node: ts.Node): ts.Node | undefined =>
    node.getStart(file) === start && node.end === start + length && compiler.isIdentifier(node) ? node : compiler.forEachChild(node, find);
  const node = find(file);
  const symbol = node && checker.getSymbolAtLocation(node);
  return symbol && symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

// The innermost call whose arguments hold the cursor; in text that is begun, the call ends before the blanks at the cursor.
function calleeAround(compiler: Compiler, file: ts.SourceFile, source: string, offset: number): ts.Expression | undefined {
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

// Without the line that says how it was imported, and without the packages before the names of types.
function readableSignature(text: string): string {
  const lines = text.replace(/^\(alias\) /, "").split("\n").filter((line) => !/^(import|export) /.test(line));
  return lines.join("\n").replace(/\bimport\("[^"]*"\)\./g, "").replace(/\b(?:[a-z][\w$]*\.)+(?=[A-Z])/g, "");
}
