import type ts from "typescript";
import type { Compiler } from "./typescript";

/** Whether a cell awaits outside of its functions: by `await`, `for await` or `await using`. */
export function awaitsAtTopLevel(compiler: Compiler, file: ts.SourceFile): boolean {
  const visit = (node: ts.Node): boolean => {
    if (isAwait(compiler, node)) return true;
    return hasOwnAwait(compiler, node) ? outerParts(compiler, node).some(visit) : !!compiler.forEachChild(node, visit);
  };
  return !!compiler.forEachChild(file, visit);
}

function isAwait(compiler: Compiler, node: ts.Node): boolean {
  if (compiler.isAwaitExpression(node)) return true;
  if (compiler.isForOfStatement(node)) return node.awaitModifier !== undefined;
  const usingMask = compiler.NodeFlags.AwaitUsing;
  return compiler.isVariableDeclarationList(node) && (node.flags & compiler.NodeFlags.BlockScoped) === usingMask;
}

// The computed name and the decorators of a class member are evaluated outside the class.
function outerParts(compiler: Compiler, node: ts.Node): ts.Node[] {
  const decorators = compiler.canHaveDecorators(node) ? compiler.getDecorators(node) : undefined;
  const { name } = node as ts.NamedDeclaration;
  return [...(decorators ?? []), ...(name && compiler.isComputedPropertyName(name) ? [name] : [])];
}

// An await inside one of these is not a top-level await.
function hasOwnAwait(compiler: Compiler, node: ts.Node): boolean {
  return (
    compiler.isFunctionLike(node) ||
    compiler.isClassStaticBlockDeclaration(node) ||
    compiler.isPropertyDeclaration(node) ||
    compiler.isModuleDeclaration(node)
  );
}
