import type ts from "typescript";
import { Boxes } from "./boxes";
import { rewriteReference, type Rewriting } from "./references";
import type { Scope } from "./scope";
import { rewriteLoop } from "./loops";
import { hoistedFunctions, hoistedVariables, isExport, rewriteDeclaration, type Declaring } from "./statements";
import { exportSymbolOf, identifiersOf, isAmbient, localsOf, type Compiler } from "./typescript";

/**
 * Transforms a cell: puts its top-level variables into boxes and keeps the value of its last expression. TypeScript's
 * own transformers follow.
 */

export interface Transformed {
  hasLastExpression: boolean;
}

/** Writes what it finds into `report`. */
export function cellTransformer(
  compiler: Compiler,
  checker: ts.TypeChecker,
  scope: Scope,
  isOwnModule: (specifier: ts.Expression) => boolean,
  report: Transformed,
): ts.TransformerFactory<ts.SourceFile> {
  return (context) => (file) => {
    const boxes = new Boxes(compiler, identifiersOf(file));
    const locals = localsOf(compiler, file);
    const own = (name: ts.Identifier) =>
      locals.has(name.text) && declares(compiler, locals.get(name.text)!, name) ? name.text : undefined;
    const rewriting: Rewriting = {
      compiler,
      context,
      boxes,
      boxedName: (name) => boxedName(compiler, checker, scope, locals, name),
    };
    const declaring: Declaring = {
      ...rewriting,
      declaredName: own,
      isValue: (name) => isValue(compiler, checker, name),
      isOwnModule,
    };
    const visit = visitor(declaring, rewriting);
    const hoisted = [...hoistedVariables(declaring, locals), ...hoistedFunctions(declaring, file)];
    const body = compiler.visitNodes(keepLastExpression(declaring, file, report), visit) as ts.NodeArray<ts.Statement>;
    return context.factory.updateSourceFile(file, [...boxes.declarations(), ...hoisted, ...body]);
  };
}

function visitor(declaring: Declaring, rewriting: Rewriting): ts.Visitor {
  const { compiler, context } = declaring;
  const visit: ts.Visitor = (node) => {
    if (isOnlyType(compiler, node)) return node;
    return (
      rewriteDeclaration(declaring, node, visit) ??
      rewriteReference(rewriting, node, visit) ??
      rewriteLoop(declaring, node, visit) ??
      withoutExport(compiler, compiler.visitEachChild(node, visit, context), context.factory)
    );
  };
  return visit;
}

// For TypeScript, `Base<T>` in `extends Base<T>` is a type node, but it contains an expression that runs.
function isOnlyType(compiler: Compiler, node: ts.Node): boolean {
  if (compiler.isExpressionWithTypeArguments(node)) {
    return compiler.isHeritageClause(node.parent) && node.parent.token === compiler.SyntaxKind.ImplementsKeyword;
  }
  return compiler.isTypeNode(node) || compiler.isInterfaceDeclaration(node) || compiler.isTypeAliasDeclaration(node);
}

/**
 * The statements to compile, without exports and without `;` at the end. If the last one is an expression, its value is
 * kept.
 */
function keepLastExpression(
  { compiler, context, boxes }: Declaring,
  file: ts.SourceFile,
  report: Transformed,
): ts.NodeArray<ts.Statement> {
  const statements = file.statements.filter(
    (statement) => !compiler.isExportDeclaration(statement) || statement.moduleSpecifier,
  );
  while (statements.length > 0 && compiler.isEmptyStatement(statements.at(-1)!)) statements.pop();
  const last = statements.at(-1);
  const isExpression = last && (compiler.isExpressionStatement(last) || compiler.isExportAssignment(last));
  report.hasLastExpression = !!isExpression;
  if (isExpression) statements[statements.length - 1] = compiler.setTextRange(boxes.last(last.expression), last);
  return context.factory.createNodeArray(statements);
}

function withoutExport(compiler: Compiler, node: ts.Node, factory: ts.NodeFactory): ts.Node {
  if (!compiler.isFunctionDeclaration(node) || !node.name || !isOfCell(compiler, node)) return node;
  if (!node.modifiers?.some(({ kind }) => isExport(compiler, kind))) return node;
  const modifiers = node.modifiers.filter(({ kind }) => !isExport(compiler, kind));
  return factory.updateFunctionDeclaration(
    node,
    modifiers,
    node.asteriskToken,
    node.name,
    node.typeParameters,
    node.parameters,
    node.type,
    node.body,
  );
}

// Functions inside a namespace keep their `export`.
function isOfCell(compiler: Compiler, node: ts.Node): boolean {
  return compiler.isSourceFile(compiler.getOriginalNode(node).parent);
}

/**
 * The name of the variable that an identifier stands for, if it has a box: a top-level variable of this cell or of an
 * earlier one.
 */
function boxedName(
  compiler: Compiler,
  checker: ts.TypeChecker,
  scope: Scope,
  locals: ReadonlyMap<string, ts.Symbol>,
  name: ts.Identifier,
): string | undefined {
  const own = locals.get(name.text);
  const earlier = scope.value(name.text);
  if (!own && !earlier) return undefined;
  const symbol = compiler.isShorthandPropertyAssignment(name.parent)
    ? checker.getShorthandAssignmentValueSymbol(name.parent)
    : checker.getSymbolAtLocation(name);
  const isSymbol = (known: ts.Symbol | undefined) =>
    known && symbol && exportSymbolOf(known) === exportSymbolOf(symbol);
  if (!symbol || !(isSymbol(own) || isSymbol(earlier))) return undefined;
  if (own ? isMadeElsewhere(compiler, scope, name.text, own) : !scope.hasVariable(name.text)) return undefined;
  return isWrittenInPlace(compiler, checker, symbol) ? undefined : name.text;
}

/**
 * Whether a name of this cell is only declared with `declare`, and no cell has given it a value. Then its value is
 * global.
 */
export function isMadeElsewhere(compiler: Compiler, scope: Scope, name: string, symbol: ts.Symbol): boolean {
  return isAmbient(compiler, symbol) && !scope.hasVariable(name);
}

// TypeScript replaces the members of a const enum by their values.
function isWrittenInPlace(compiler: Compiler, checker: ts.TypeChecker, symbol: ts.Symbol): boolean {
  return (target(compiler, checker, symbol).flags & compiler.SymbolFlags.ConstEnum) !== 0;
}

function isValue(compiler: Compiler, checker: ts.TypeChecker, name: ts.Identifier): boolean {
  const symbol = checker.getSymbolAtLocation(name);
  if (!symbol) return false;
  const { flags } = target(compiler, checker, symbol);
  return (flags & compiler.SymbolFlags.Value) !== 0 && (flags & compiler.SymbolFlags.ConstEnum) === 0;
}

function target(compiler: Compiler, checker: ts.TypeChecker, symbol: ts.Symbol): ts.Symbol {
  return symbol.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
}

function declares(compiler: Compiler, symbol: ts.Symbol, name: ts.Identifier): boolean {
  return !!symbol.declarations?.some((declaration) => compiler.getNameOfDeclaration(declaration) === name);
}
