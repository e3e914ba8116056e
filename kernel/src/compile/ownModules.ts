import type ts from "typescript";
import type { Compiler } from "./typescript";

/**
 * The user's own modules, TypeScript or JavaScript beside the notebook, which are compiled with the cell that imports
 * them.
 */

/** The file that an import names, if it is one of the user's own modules and not an installed one. */
export function ownModule(
  compiler: Compiler,
  checker: ts.TypeChecker,
  specifier: ts.Expression,
): ts.SourceFile | undefined {
  const declaration = checker.getSymbolAtLocation(specifier)?.valueDeclaration;
  return declaration && compiler.isSourceFile(declaration) && isOwn(declaration) ? declaration : undefined;
}

export function isOwn({ isDeclarationFile, fileName }: ts.SourceFile): boolean {
  return !isDeclarationFile && !fileName.includes("/node_modules/");
}

/** Replaces the names of own modules by their full paths, so that exactly the compiled file is loaded. */
export function pathTransformer(compiler: Compiler, checker: ts.TypeChecker): ts.TransformerFactory<ts.SourceFile> {
  return (context) => {
    const visit = (node: ts.Node): ts.Node => {
      if (!compiler.isStringLiteral(node) || !isSpecifier(compiler, node))
        return compiler.visitEachChild(node, visit, context);
      const file = ownModule(compiler, checker, node);
      return file ? context.factory.createStringLiteral(file.fileName) : node;
    };
    return (file) => compiler.visitEachChild(file, visit, context);
  };
}

function isSpecifier(compiler: Compiler, { parent }: ts.StringLiteral): boolean {
  if (!parent) return false;
  if (
    compiler.isImportDeclaration(parent) ||
    compiler.isExportDeclaration(parent) ||
    compiler.isExternalModuleReference(parent)
  )
    return true;
  if (!compiler.isCallExpression(parent)) return false;
  const { expression } = parent;
  return (
    expression.kind === compiler.SyntaxKind.ImportKeyword ||
    (compiler.isIdentifier(expression) && expression.text === "require")
  );
}
