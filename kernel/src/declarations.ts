import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./compiler";
import type { Variables } from "./variables";

/**
 * What a cell that failed half-way leaves behind: the names that it had set keep their new values and types, the others
 * stay what they were. tslab would forget all of them. It relies on tslab keeping the declarations of earlier
 * cells as the text of a .d.ts file.
 */

export interface Remains {
  /** The declarations for the cells to come. */
  declarations: string;
  /** Names that are declared no more, since the cell ended before it set them. */
  lost: string[];
  /** Names that keep the value of an earlier cell for the same reason. */
  kept: string[];
}

interface CellDeclarations {
  before: string;
  after: string;
  /** The names that the cell gives a value, and those values that they had before. */
  names: string[];
  values: ReadonlyMap<string, unknown>;
}

/** A name counts as not set when its value is that of before, or still undefined. */
export function remains(compiler: Compiler, variables: Variables, cell: CellDeclarations): Remains {
  const unset = new Set(cell.names.filter((name) => variables[name] === cell.values.get(name)));
  const declarations = [
    ...pick(compiler, cell.after, (name) => !unset.has(name)),
    ...pick(compiler, cell.before, (name) => unset.has(name)),
  ];
  return {
    declarations: declarations.map((text) => `${text}\n`).join(""),
    lost: [...unset].filter((name) => !cell.values.has(name)),
    kept: [...unset].filter((name) => cell.values.has(name)),
  };
}

// Whole statements as they stand; of a list of variables those that are wanted.
function pick(compiler: Compiler, text: string, wanted: (name: string) => boolean): string[] {
  return statementsOf(compiler, text).flatMap((statement) => {
    if (compiler.isVariableStatement(statement)) return pickVariables(compiler, statement, wanted);
    return namesOf(compiler, statement).every(wanted) ? [statement.getText()] : [];
  });
}

function pickVariables(compiler: Compiler, statement: TypeScript.VariableStatement, wanted: (name: string) => boolean): string[] {
  const { declarations, flags } = statement.declarationList;
  const word = flags & compiler.NodeFlags.Const ? "const" : "let";
  const kept = declarations.filter(({ name }) => wanted(name.getText()));
  return kept.map((declaration) => `declare ${word} ${declaration.getText()};`);
}

function namesOf(compiler: Compiler, statement: TypeScript.Statement): string[] {
  if (compiler.isImportDeclaration(statement)) return importedNames(compiler, statement);
  const { name } = statement as { name?: TypeScript.Node };
  return name ? [name.getText()] : [];
}

function importedNames(compiler: Compiler, { importClause }: TypeScript.ImportDeclaration): string[] {
  const { name, namedBindings } = importClause ?? {};
  if (!namedBindings) return name ? [name.text] : [];
  const bound = compiler.isNamespaceImport(namedBindings) ? [namedBindings] : namedBindings.elements;
  return [...(name ? [name] : []), ...bound.map((binding) => binding.name)].map((node) => node.text);
}

function statementsOf(compiler: Compiler, text: string): readonly TypeScript.Statement[] {
  const file = compiler.createSourceFile("declarations.d.ts", text, compiler.ScriptTarget.ES2022, true);
  return file.statements.filter((statement) => !compiler.isExportDeclaration(statement));
}
