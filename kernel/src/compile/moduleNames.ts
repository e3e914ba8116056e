import type ts from "typescript";
import type { Scope } from "./scope";
import { identifiersOf, internalsOf, type Compiler } from "./typescript";

/**
 * Names that Node defines in each file. @types/node declares them as global variables, but a cell is not a file.
 * `__dirname` becomes a variable that all cells see; the other names are refused with a message that says what to
 * write.
 */

/** The variable that contains the folder of the notebook. */
export const FOLDER_NAME = "__dirname";
/** The declaration file of this variable. */
export const FOLDER_DECLARATION = `export declare const ${FOLDER_NAME}: string;\n`;

const REFUSED: Readonly<Record<string, string>> = {
  __filename: `__filename: a cell has no file: wanted ${FOLDER_NAME}, the notebook's folder`,
  module: "module: a cell is no module: wanted a plain declaration, which the cells that follow see",
  exports: "exports: a cell is no module: wanted a plain declaration, which the cells that follow see",
};

/** The diagnostics for refused names in a cell, unless this cell or an earlier one declares them. */
export function moduleNameComplaints(
  compiler: Compiler,
  checker: ts.TypeChecker,
  scope: Scope,
  cell: ts.SourceFile,
): ts.Diagnostic[] {
  const names = [...identifiersOf(cell)].filter((name) => Object.hasOwn(REFUSED, name) && !scope.value(name));
  const found: ts.Diagnostic[] = [];
  const visit = (node: ts.Node): void => {
    if (compiler.isIdentifier(node) && names.includes(node.text) && isOfNode(compiler, checker, node))
      found.push(complaint(compiler, cell, node));
    compiler.forEachChild(node, visit);
  };
  if (names.length > 0) visit(cell);
  return found;
}

function isOfNode(compiler: Compiler, checker: ts.TypeChecker, name: ts.Identifier): boolean {
  if (!internalsOf(compiler).isExpressionNode(name)) return false;
  const { declarations = [] } = checker.getSymbolAtLocation(name) ?? {};
  return declarations.length > 0 && declarations.every((node) => isGlobalVariable(compiler, node));
}

function isGlobalVariable(compiler: Compiler, node: ts.Declaration): boolean {
  const file = node.getSourceFile();
  return compiler.isVariableDeclaration(node) && file.isDeclarationFile && !compiler.isExternalModule(file);
}

function complaint(compiler: Compiler, file: ts.SourceFile, name: ts.Identifier): ts.Diagnostic {
  return {
    file,
    start: name.getStart(file),
    length: name.getWidth(file),
    code: 2304, // TypeScript's own for a name that is not there
    category: compiler.DiagnosticCategory.Error,
    messageText: REFUSED[name.text],
  };
}
