import { readFileSync } from "node:fs";
import ts from "typescript";

/**
 * The names that cells may use of what a worker has beside JavaScript itself. TypeScript's file for workers declares
 * many more, such as `name` and `location`; a cell that misspells one of its own names should be told so.
 */
const NAMES = [
  "console",
  "setTimeout",
  "clearTimeout",
  "setInterval",
  "clearInterval",
  "queueMicrotask",
  "structuredClone",
  "performance",
  "fetch",
  "crypto",
  "atob",
  "btoa",
  "AbortController",
  "AbortSignal",
  "TextEncoder",
  "TextDecoder",
  "URL",
  "URLSearchParams",
  "Blob",
  "WebAssembly",
];

/** The declarations of these names, and of those that they need, from TypeScript's file. */
export function workerGlobals(file: string): string {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const byName = new Map<string, ts.Statement[]>();
  for (const statement of source.statements) {
    for (const name of namesOf(statement)) byName.set(name, [...(byName.get(name) ?? []), statement]);
  }
  const wanted = new Set<ts.Statement>();
  const take = (name: string): void => {
    for (const statement of byName.get(name) ?? []) {
      if (wanted.has(statement)) continue;
      wanted.add(statement);
      visit(statement, take);
    }
  };
  NAMES.forEach(take);
  return source.statements
    .filter((statement) => wanted.has(statement))
    .map((statement) => statement.getText(source).replace(/\/\*\*.*?\*\//gs, "")) // their comments are links
    .join("\n");
}

function namesOf(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement))
    return statement.declarationList.declarations.map(({ name }) => name.getText());
  const { name } = statement as ts.Statement & { name?: ts.Node };
  return name ? [name.getText()] : [];
}

/** Calls `take` with each name that a declaration refers to as a type. */
function visit(node: ts.Node, take: (name: string) => void): void {
  if (ts.isTypeReferenceNode(node)) take(leftmost(node.typeName));
  if (ts.isExpressionWithTypeArguments(node)) take(node.expression.getText());
  if (ts.isTypeQueryNode(node)) take(leftmost(node.exprName));
  ts.forEachChild(node, (child) => visit(child, take));
}

function leftmost(name: ts.EntityName): string {
  return ts.isIdentifier(name) ? name.text : leftmost(name.left);
}
