import type ts from "typescript";
import { targetOf, type Compiler } from "./typescript";

/**
 * Chooses the TypeScript library files that fit the engine: all of ES2022, and those later ones whose values all exist
 * in the engine. So a cell that compiles does not fail because a method is missing.
 */

const BASE = "lib.es2022.d.ts";
const LATER = ["lib.es2023.d.ts", "lib.es2024.d.ts", "lib.esnext.d.ts"];

type Read = (library: string) => string | undefined;

/**
 * The file names for the compiler option `lib`. `read` returns the text of a library file, `engine` has the global
 * values. Two kinds of names are not checked: types without a value of the same name, and optional members. So on Node
 * 20 and 22, which have Symbol.dispose, the types say that iterators have that method, although only later Nodes have
 * it.
 */
export function fittingLibraries(compiler: Compiler, read: Read, engine: object = globalThis): string[] {
  const candidates = LATER.flatMap((name) => referencesOf(compiler, read, name)).filter(
    (name) => !LATER.includes(name),
  );
  const fitting = new Set([BASE]);
  for (const name of candidates) {
    const file = parse(compiler, read, name);
    const needed = file.libReferenceDirectives
      .map(({ fileName }) => fileOf(fileName))
      .filter((other) => candidates.includes(other));
    if (needed.every((other) => fitting.has(other)) && missingValues(compiler, file, engine).length === 0)
      fitting.add(name);
  }
  return [...fitting];
}

// These are set by the constructor, so the prototype does not have them.
const OWN_PROPERTIES = new Set([
  "AggregateError.prototype.errors",
  "SuppressedError.prototype.error",
  "SuppressedError.prototype.suppressed",
]);

/** The values that a library file declares and `engine` lacks, such as `Array.fromAsync` or `Set.prototype.union`. */
export function missingValues(compiler: Compiler, file: ts.SourceFile, engine: object): string[] {
  return missingIn(compiler, file.statements, engine).filter((name) => !OWN_PROPERTIES.has(name));
}

function missingIn(compiler: Compiler, statements: readonly ts.Statement[], engine: object): string[] {
  return statements.flatMap((statement) => missingOf(compiler, statement, engine));
}

function missingOf(compiler: Compiler, statement: ts.Statement, engine: object): string[] {
  if (compiler.isModuleDeclaration(statement)) return missingInNamespace(compiler, statement, engine);
  if (compiler.isInterfaceDeclaration(statement)) return missingMembers(compiler, statement, engine);
  const names = compiler.isVariableStatement(statement)
    ? statement.declarationList.declarations.map(({ name }) => name.getText())
    : compiler.isClassDeclaration(statement) && statement.name
      ? [statement.name.text]
      : [];
  return names.filter((name) => !(name in engine));
}

// An interface describes the value with its name (Math), the prototype of the class with its name (Set), or, with
// "Constructor" at the end of its name, the class itself.
function missingMembers(compiler: Compiler, { name, members }: ts.InterfaceDeclaration, engine: object): string[] {
  const global = name.text.replace(/Constructor$/, "");
  const value: unknown = Reflect.get(engine, global);
  const isConstructor = typeof value === "function";
  if (!isConstructor && (typeof value !== "object" || value === null)) return [];
  const holder: object =
    isConstructor && global === name.text ? (value as { prototype: object }).prototype : (value as object);
  const prefix = isConstructor && global === name.text ? `${global}.prototype` : global;
  return members.flatMap((member) => {
    const key = member.questionToken ? undefined : keyOf(compiler, member);
    return key === undefined || key in holder ? [] : [`${prefix}.${String(key)}`];
  });
}

/** The key of a member in the engine; undefined for call signatures, and "" for a symbol that the engine lacks. */
function keyOf(compiler: Compiler, { name }: ts.TypeElement): PropertyKey | undefined {
  if (!name) return undefined;
  if (compiler.isIdentifier(name) || compiler.isStringLiteral(name)) return name.text;
  if (!compiler.isComputedPropertyName(name) || !compiler.isPropertyAccessExpression(name.expression)) return undefined;
  const symbol: unknown = Reflect.get(Symbol, name.expression.name.text);
  return typeof symbol === "symbol" ? symbol : "";
}

// `declare global { ... }` adds to the global names, `declare namespace Intl { ... }` to the members of the object
// Intl.
function missingInNamespace(compiler: Compiler, { name, body }: ts.ModuleDeclaration, engine: object): string[] {
  if (!body || !compiler.isModuleBlock(body)) return [];
  const holder: unknown = name.text === "global" ? engine : Reflect.get(engine, name.text);
  return typeof holder === "object" && holder !== null ? missingIn(compiler, body.statements, holder) : [];
}

function referencesOf(compiler: Compiler, read: Read, name: string): string[] {
  return parse(compiler, read, name).libReferenceDirectives.map(({ fileName }) => fileOf(fileName));
}

function fileOf(library: string): string {
  return `lib.${library.toLowerCase()}.d.ts`;
}

function parse(compiler: Compiler, read: Read, name: string): ts.SourceFile {
  return compiler.createSourceFile(name, read(name) ?? "", targetOf(compiler), true);
}
