import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./compiler";

/**
 * `{ rate }` with a variable of an earlier cell: tslab writes `exports.` before such names by asking the type checker
 * for the symbol of each identifier, and of a shorthand property that is the property, so that the name would not be
 * found. It relies on tslab asking by `getSymbolAtLocation`, in a transformer that runs after TypeScript's own.
 */

type Values = WeakMap<TypeScript.Node, TypeScript.ShorthandPropertyAssignment>;

/** The transformers of an emit with one before them that writes `{ rate }` as `{ rate: rate }`. */
export function withoutShorthand(
  compiler: Compiler,
  checker: TypeScript.TypeChecker,
  transformers: TypeScript.CustomTransformers | undefined,
): TypeScript.CustomTransformers {
  const values: Values = new WeakMap();
  const { getSymbolAtLocation } = checker;
  checker.getSymbolAtLocation = (node) => {
    const shorthand = values.get(node);
    return shorthand ? checker.getShorthandAssignmentValueSymbol(shorthand) : getSymbolAtLocation(node);
  };
  return { ...transformers, before: [...(transformers?.before ?? []), explicitProperties(compiler, values)] };
}

function explicitProperties(compiler: Compiler, values: Values): TypeScript.TransformerFactory<TypeScript.SourceFile> {
  return (context) => {
    const { factory } = context;
    const visit = (node: TypeScript.Node): TypeScript.Node => {
      if (!compiler.isShorthandPropertyAssignment(node) || node.objectAssignmentInitializer) return compiler.visitEachChild(node, visit, context);
      const value = compiler.setTextRange(factory.createIdentifier(node.name.text), node.name);
      values.set(value, node);
      return compiler.setTextRange(factory.createPropertyAssignment(node.name.text, value), node);
    };
    return (file) => compiler.visitEachChild(file, visit, context);
  };
}
