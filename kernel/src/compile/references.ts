import type ts from "typescript";
import type { Boxes } from "./boxes";
import { internalsOf, type Compiler } from "./typescript";

/** Rewrites expressions: a top-level variable of this cell or an earlier one is read from and written to its box. */

/** The name of the variable that an identifier stands for, if that variable has a box. */
export type BoxedName = (identifier: ts.Identifier) => string | undefined;

export interface Rewriting {
  compiler: Compiler;
  context: ts.TransformationContext;
  boxes: Boxes;
  boxedName: BoxedName;
}

/**
 * The replacement of an expression that names a variable; undefined for other nodes, whose children are then visited.
 */
export function rewriteReference(rewriting: Rewriting, node: ts.Node, visit: ts.Visitor): ts.Node | undefined {
  const { compiler, boxes, boxedName } = rewriting;
  if (!node.parent) return undefined; // made by this folder
  if (compiler.isIdentifier(node)) {
    // TypeScript's function leaves out `export default rate`.
    const isExpression = internalsOf(compiler).isExpressionNode(node) || compiler.isExportAssignment(node.parent);
    const name = isExpression ? boxedName(node) : undefined;
    return name === undefined ? undefined : compiler.setTextRange(boxes.value(name), node);
  }
  if (compiler.isShorthandPropertyAssignment(node)) return rewriteShorthand(rewriting, node, visit);
  if (compiler.isCallExpression(node)) return rewriteCall(rewriting, node, visit);
  if (compiler.isTaggedTemplateExpression(node)) return rewriteTag(rewriting, node, visit);
  if (compiler.isBinaryExpression(node)) return rewriteAssignment(rewriting, node, visit);
  return undefined;
}

// `{ rate }`, and as a pattern `({ rate = 1 } = options)`.
function rewriteShorthand(
  { compiler, context, boxes, boxedName }: Rewriting,
  node: ts.ShorthandPropertyAssignment,
  visit: ts.Visitor,
): ts.Node | undefined {
  const name = boxedName(node.name);
  if (name === undefined) return undefined;
  const { factory } = context;
  const initial =
    node.objectAssignmentInitializer && (compiler.visitNode(node.objectAssignmentInitializer, visit) as ts.Expression);
  const value = initial ? boxes.assign(name, initial) : boxes.value(name);
  return compiler.setTextRange(factory.createPropertyAssignment(factory.createIdentifier(node.name.text), value), node);
}

// Writes `(0, cell$f.value)(x)`: a plain call has no `this`, but in `cell$f.value(x)` the box would become `this`.
function rewriteCall(
  { compiler, context, boxes, boxedName }: Rewriting,
  node: ts.CallExpression,
  visit: ts.Visitor,
): ts.Node | undefined {
  const called = withoutTypes(compiler, node.expression);
  const name = compiler.isIdentifier(called) ? boxedName(called) : undefined;
  if (name === undefined) return undefined;
  const callee = compiler.setTextRange(withoutThis(context.factory, boxes.value(name)), node.expression);
  // V8 reports the opening parenthesis as the position of such a call. Without a trailing source map, the last mapped
  // position before it is the beginning of the name.
  compiler.setEmitFlags(callee, compiler.EmitFlags.NoTrailingSourceMap);
  const passed = compiler.visitNodes(node.arguments, visit) as ts.NodeArray<ts.Expression>;
  return node.questionDotToken
    ? context.factory.updateCallChain(node as ts.CallChain, callee, node.questionDotToken, undefined, passed)
    : context.factory.updateCallExpression(node, callee, undefined, passed);
}

function rewriteTag(
  { compiler, context, boxes, boxedName }: Rewriting,
  node: ts.TaggedTemplateExpression,
  visit: ts.Visitor,
): ts.Node | undefined {
  const tag = withoutTypes(compiler, node.tag);
  const name = compiler.isIdentifier(tag) ? boxedName(tag) : undefined;
  if (name === undefined) return undefined;
  const template = compiler.visitNode(node.template, visit) as ts.TemplateLiteral;
  return context.factory.updateTaggedTemplateExpression(
    node,
    withoutThis(context.factory, boxes.value(name)),
    undefined,
    template,
  );
}

// Removes what does not change the value: `(f)(x)`, `f!(x)` and `(f as any)(x)` all call `f`.
function withoutTypes(compiler: Compiler, node: ts.Expression): ts.Expression {
  const isAround =
    compiler.isParenthesizedExpression(node) ||
    compiler.isNonNullExpression(node) ||
    compiler.isAssertionExpression(node) ||
    compiler.isSatisfiesExpression(node) ||
    compiler.isExpressionWithTypeArguments(node);
  return isAround ? withoutTypes(compiler, node.expression) : node;
}

function withoutThis(factory: ts.NodeFactory, value: ts.Expression): ts.Expression {
  return factory.createParenthesizedExpression(factory.createComma(factory.createNumericLiteral(0), value));
}

// `f = () => 1` gives the function the name "f", but an assignment to a property does not: so the name is given by an
// object literal.
function rewriteAssignment(
  { compiler, context, boxes, boxedName }: Rewriting,
  node: ts.BinaryExpression,
  visit: ts.Visitor,
): ts.Node | undefined {
  const { factory } = context;
  const name = compiler.isIdentifier(node.left) && isAnonymous(compiler, node.right) ? boxedName(node.left) : undefined;
  if (name === undefined || !isPlainAssignment(compiler, node.operatorToken.kind)) return undefined;
  const named = factory.createPropertyAssignment(name, compiler.visitNode(node.right, visit) as ts.Expression);
  const value = factory.createPropertyAccessExpression(
    factory.createParenthesizedExpression(factory.createObjectLiteralExpression([named])),
    name,
  );
  return factory.updateBinaryExpression(node, boxes.value(name), node.operatorToken, value);
}

function isPlainAssignment({ SyntaxKind }: Compiler, kind: ts.SyntaxKind): boolean {
  return [
    SyntaxKind.EqualsToken,
    SyntaxKind.QuestionQuestionEqualsToken,
    SyntaxKind.BarBarEqualsToken,
    SyntaxKind.AmpersandAmpersandEqualsToken,
  ].includes(kind);
}

/** Whether an expression is a function or class that takes its name from the variable it is assigned to. */
export function isAnonymous(compiler: Compiler, expression: ts.Expression): boolean {
  if (compiler.isParenthesizedExpression(expression)) return isAnonymous(compiler, expression.expression);
  if (compiler.isArrowFunction(expression)) return true;
  return (compiler.isFunctionExpression(expression) || compiler.isClassExpression(expression)) && !expression.name;
}
