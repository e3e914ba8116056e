import type ts from "typescript";
import type { Project } from "./project";
import type { Scope } from "./scope";
import { identifiersOf, localsOf, targetOf, type Compiler } from "./typescript";

/** Writes the declarations of a compiled cell as a file that later cells can use by itself. */

/**
 * `emitted` contains the declarations that TypeScript wrote; a type that it cannot name is `any` there. Names of
 * earlier cells that occur in it are imported from their files.
 */
export function declarationText(
  project: Project,
  scope: Scope,
  cell: ts.SourceFile,
  checker: ts.TypeChecker,
  emitted: string,
): string {
  const { compiler } = project;
  const names = [...localsOf(compiler, cell).keys()];
  const text = emitted + hiddenVariables(project, cell, checker);
  const file = compiler.createSourceFile("cell.d.ts", text, targetOf(compiler));
  const needed = [...identifiersOf(file)].filter((name) => !names.includes(name) && scope.fileOf(name));
  return needed.map((name) => `import { ${name} } from "${moduleName(scope.fileOf(name)!)}";\n`).join("") + text;
}

// A `var` inside a block is visible in the whole cell, but TypeScript writes no declaration for it.
function hiddenVariables({ compiler }: Project, cell: ts.SourceFile, checker: ts.TypeChecker): string {
  const { NoTruncation } = compiler.TypeFormatFlags;
  const hidden = [...localsOf(compiler, cell).values()].filter(({ valueDeclaration }) => {
    const declaration = valueDeclaration && rootOf(compiler, valueDeclaration);
    const statement = declaration && compiler.isVariableDeclaration(declaration) && declaration.parent.parent;
    return statement && !(compiler.isVariableStatement(statement) && statement.parent === cell);
  });
  return hidden
    .map(
      (symbol) =>
        `declare var ${symbol.name}: ${checker.typeToString(checker.getTypeOfSymbol(symbol), cell, NoTruncation)};\n`,
    )
    .join("");
}

// For a name inside a destructuring pattern: the declaration that contains the pattern.
function rootOf(compiler: Compiler, declaration: ts.Declaration): ts.Node {
  return compiler.isBindingElement(declaration) ? compiler.walkUpBindingElementsAndPatterns(declaration) : declaration;
}

function moduleName(path: string): string {
  return `./${path.slice(path.lastIndexOf("/") + 1).replace(/\.d\.ts$/, "")}`;
}
