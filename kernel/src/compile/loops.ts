import type ts from "typescript";
import { copiesOf, rewriteLoopVariables, type Declaring } from "./statements";

/** Rewrites loops that declare top-level variables by `var`. */

type Loop = ts.ForStatement | ts.ForOfStatement | ts.ForInStatement;

/** The replacement of such a loop; undefined for any other node. */
export function rewriteLoop(declaring: Declaring, node: ts.Node, visit: ts.Visitor): ts.Node | undefined {
  const { compiler } = declaring;
  if (!compiler.isForStatement(node) && !compiler.isForOfStatement(node) && !compiler.isForInStatement(node))
    return undefined;
  if (!node.initializer || !compiler.isVariableDeclarationList(node.initializer)) return undefined;
  const initializer = rewriteLoopVariables(declaring, node.initializer, visit);
  if (initializer) return withInitializer(declaring, node, initializer, visit);
  const copies = copiesOf(declaring, node.initializer);
  return copies.length > 0 ? withCopies(declaring, node, copies, visit) : undefined;
}

function withInitializer(declaring: Declaring, node: Loop, initializer: ts.ForInitializer, visit: ts.Visitor): ts.Node {
  const { compiler, context } = declaring;
  const { factory } = context;
  const statement = compiler.visitIterationBody(node.statement, visit, context);
  const part = <Part extends ts.Expression | undefined>(expression: Part) =>
    compiler.visitNode(expression, visit) as Part;
  if (compiler.isForStatement(node))
    return factory.updateForStatement(node, initializer, part(node.condition), part(node.incrementor), statement);
  if (compiler.isForInStatement(node))
    return factory.updateForInStatement(node, initializer, part(node.expression), statement);
  return factory.updateForOfStatement(node, node.awaitModifier, initializer, part(node.expression), statement);
}

// `for (var [key, value] of map) ...` copies into the boxes at the start of each round. `for (var [a, b] = pair; ...)
// ...` copies once, in the initializer of an additional variable: a statement before the loop would separate the loop
// from its label.
function withCopies(declaring: Declaring, node: Loop, copies: ts.Expression[], visit: ts.Visitor): ts.Node {
  const { compiler, context } = declaring;
  const { factory } = context;
  const visited = compiler.visitEachChild(node, visit, context);
  if (!compiler.isForStatement(visited)) {
    const copying = factory.createExpressionStatement(inOne(factory, copies));
    const statement = factory.createBlock([copying, visited.statement], true);
    return compiler.isForInStatement(visited)
      ? factory.updateForInStatement(visited, visited.initializer, visited.expression, statement)
      : factory.updateForOfStatement(
          visited,
          visited.awaitModifier,
          visited.initializer,
          visited.expression,
          statement,
        );
  }
  const list = visited.initializer as ts.VariableDeclarationList;
  const name = factory.createUniqueName("copied");
  const last = factory.createVariableDeclaration(name, undefined, undefined, inOne(factory, copies));
  const initializer = factory.updateVariableDeclarationList(list, [...list.declarations, last]);
  return factory.updateForStatement(visited, initializer, visited.condition, visited.incrementor, visited.statement);
}

function inOne(factory: ts.NodeFactory, expressions: readonly ts.Expression[]): ts.Expression {
  return factory.createParenthesizedExpression(expressions.reduce((left, right) => factory.createComma(left, right)));
}
