// Past 250 lines because every kind of statement that declares names is rewritten here.
import type ts from "typescript";
import { isAnonymous, type BoxedName, type Rewriting } from "./references";
import { internalsOf, isAmbient, type Compiler, type SymbolTable } from "./typescript";

/** Rewrites declarations of top-level variables, so that their values go into the variables' boxes. */

export interface Declaring extends Rewriting {
  /** The name of the variable that a declaration declares, if that variable has a box. */
  declaredName: BoxedName;
  /** Whether an imported name stands for a value, and not only for a type. */
  isValue: (name: ts.Identifier) => boolean;
  /** Whether an import names one of the user's own modules, whose exports may change. */
  isOwnModule: (specifier: ts.Expression) => boolean;
}

/** The replacement of a statement that declares variables with boxes; undefined for any other. */
export function rewriteDeclaration(declaring: Declaring, node: ts.Node, visit: ts.Visitor): ts.Statement[] | undefined {
  const { compiler } = declaring;
  if (compiler.isVariableStatement(node)) return rewriteVariables(declaring, node, visit);
  if (compiler.isClassDeclaration(node)) return rewriteClass(declaring, node, visit);
  if (compiler.isEnumDeclaration(node) || compiler.isModuleDeclaration(node))
    return rewriteNamespace(declaring, node, visit);
  if (compiler.isImportDeclaration(node)) return rewriteImport(declaring, node);
  if (compiler.isImportEqualsDeclaration(node)) return rewriteAlias(declaring, node);
  return undefined;
}

/**
 * `cell$f.value = f;` for each function that a cell declares. As functions are hoisted, these statements come first.
 */
export function hoistedFunctions(declaring: Declaring, file: ts.SourceFile): ts.Statement[] {
  const { compiler, declaredName } = declaring;
  const functions = file.statements.filter(compiler.isFunctionDeclaration).filter(({ body }) => body !== undefined);
  return functions.flatMap(({ name }) => {
    const boxed = name && declaredName(name);
    return boxed === undefined ? [] : [copyOfLocal(declaring, boxed)];
  });
}

/**
 * The statements at the beginning of a cell for each `var`, which can be read before its declaration. A `var` without
 * an initializer starts as undefined, even if an earlier cell gave it a value.
 */
export function hoistedVariables({ compiler, boxes }: Declaring, locals: SymbolTable): ts.Statement[] {
  const { FunctionScopedVariable } = compiler.SymbolFlags;
  const variables = [...locals].filter(
    ([, symbol]) => symbol.flags & FunctionScopedVariable && !isAmbient(compiler, symbol),
  );
  return variables.map(([name, { declarations = [] }]) =>
    declarations.some((declaration) => givesValue(compiler, declaration)) ? boxes.hoisting(name) : boxes.clearing(name),
  );
}

function givesValue(compiler: Compiler, declaration: ts.Declaration): boolean {
  if (!compiler.isVariableDeclaration(declaration)) return true;
  const { parent } = declaration.parent;
  return (
    declaration.initializer !== undefined || compiler.isForOfStatement(parent) || compiler.isForInStatement(parent)
  );
}

function isVar({ NodeFlags }: Compiler, { flags }: ts.VariableDeclarationList): boolean {
  return (flags & NodeFlags.BlockScoped) === 0;
}

/**
 * `for (var i = 0; ...)`: the list as an expression that writes into boxes; undefined if it has a pattern, or declares
 * no variable with a box.
 */
export function rewriteLoopVariables(
  declaring: Declaring,
  list: ts.VariableDeclarationList,
  visit: ts.Visitor,
): ts.Expression | undefined {
  const { compiler, context, boxes } = declaring;
  const names = list.declarations.map(({ name }) =>
    compiler.isIdentifier(name) ? declaring.declaredName(name) : undefined,
  );
  if (names.some((name) => name === undefined)) return undefined;
  const parts = list.declarations.map(({ initializer }, i) => {
    const value = initializer && (compiler.visitNode(initializer, visit) as ts.Expression);
    return value ? boxes.assign(names[i]!, value) : boxes.value(names[i]!);
  });
  return parts.reduce((left, right) => context.factory.createComma(left, right));
}

/**
 * The assignments that copy the variables of a loop's pattern into their boxes, as in `for (var [key, value] of map)`.
 */
export function copiesOf(declaring: Declaring, { declarations }: ts.VariableDeclarationList): ts.Expression[] {
  const names = namesIn(declaring.compiler, declarations).filter((name) => declaring.declaredName(name) !== undefined);
  return names.map((name) => declaring.boxes.assign(name.text, reference(declaring, name)));
}

function rewriteVariables(
  declaring: Declaring,
  statement: ts.VariableStatement,
  visit: ts.Visitor,
): ts.Statement[] | undefined {
  const { compiler } = declaring;
  const { declarations, flags } = statement.declarationList;
  const isAmbient = statement.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.DeclareKeyword);
  if (isAmbient || !namesIn(compiler, declarations).some(declaring.declaredName)) return undefined;
  // `using` and `await using` dispose of their variable
  const isUsing = (flags & compiler.NodeFlags.BlockScoped) >= compiler.NodeFlags.Using;
  return declarations.flatMap((declaration) => rewriteVariable(declaring, statement, declaration, isUsing, visit));
}

function rewriteVariable(
  declaring: Declaring,
  statement: ts.VariableStatement,
  declaration: ts.VariableDeclaration,
  isUsing: boolean,
  visit: ts.Visitor,
): ts.Statement[] {
  const { compiler, boxes, declaredName } = declaring;
  const { name, initializer } = declaration;
  const value = initializer && (compiler.visitNode(initializer, visit) as ts.Expression);
  if (!compiler.isIdentifier(name) || isUsing || (initializer && isAnonymous(compiler, initializer))) {
    return declareAndCopy(declaring, statement, declaration, value, visit);
  }
  const boxed = declaredName(name)!;
  if (!value && isVar(compiler, statement.declarationList)) return []; // see hoistedVariables
  const assignment = value ? boxes.assignment(boxed, value) : boxes.clearing(boxed);
  return [compiler.setTextRange(assignment, declarationRange(statement, declaration))];
}

// `const { a, b } = options;` is kept, to keep its order of evaluation; after it, each name is copied into its box.
function declareAndCopy(
  declaring: Declaring,
  statement: ts.VariableStatement,
  declaration: ts.VariableDeclaration,
  value: ts.Expression | undefined,
  visit: ts.Visitor,
): ts.Statement[] {
  const { compiler, context } = declaring;
  const { factory } = context;
  const name = compiler.isIdentifier(declaration.name)
    ? declaration.name
    : (compiler.visitNode(declaration.name, visit) as ts.BindingName);
  const list = factory.createVariableDeclarationList(
    [factory.updateVariableDeclaration(declaration, name, undefined, undefined, value)],
    statement.declarationList.flags,
  );
  const alone = compiler.setTextRange(
    factory.createVariableStatement(undefined, list),
    declarationRange(statement, declaration),
  );
  return [alone, ...namesIn(compiler, [declaration]).map(({ text }) => copyOfLocal(declaring, text))];
}

// If the statement declares one variable, the source map refers to the whole statement.
function declarationRange(statement: ts.VariableStatement, declaration: ts.VariableDeclaration): ts.TextRange {
  return statement.declarationList.declarations.length === 1 ? statement : declaration;
}

// The class is put into its box before its static parts run, because they may use the class.
function rewriteClass(declaring: Declaring, node: ts.ClassDeclaration, visit: ts.Visitor): ts.Statement[] | undefined {
  const { compiler, context, boxes, declaredName } = declaring;
  const name = node.name && declaredName(node.name);
  if (name === undefined || isDeclared(compiler, node)) return undefined;
  const { factory } = context;
  const visited = compiler.visitEachChild(node, visit, context);
  const early = factory.createClassStaticBlockDeclaration(
    factory.createBlock([boxes.assignment(name, factory.createThis())]),
  );
  const members = hasStaticParts(compiler, node) ? [early, ...visited.members] : visited.members;
  const modifiers = visited.modifiers?.filter(({ kind }) => !isExport(compiler, kind));
  const updated = factory.updateClassDeclaration(
    visited,
    modifiers,
    visited.name,
    visited.typeParameters,
    visited.heritageClauses,
    members,
  );
  return [updated, copyOfLocal(declaring, name)];
}

function hasStaticParts(compiler: Compiler, { members }: ts.ClassDeclaration): boolean {
  return members.some((member) => {
    if (compiler.isClassStaticBlockDeclaration(member)) return true;
    return (
      compiler.isPropertyDeclaration(member) &&
      member.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.StaticKeyword)
    );
  });
}

// A const enum and a namespace that contains only types have no value at run time, and so no box.
function rewriteNamespace(
  declaring: Declaring,
  node: ts.EnumDeclaration | ts.ModuleDeclaration,
  visit: ts.Visitor,
): ts.Statement[] | undefined {
  const { compiler, context, declaredName } = declaring;
  const name = compiler.isIdentifier(node.name) ? declaredName(node.name) : undefined;
  const visited = compiler.visitEachChild(node, visit, context) as ts.Statement;
  if (name === undefined || isDeclared(compiler, node)) return [visited];
  const isValue = compiler.isEnumDeclaration(node)
    ? !node.modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.ConstKeyword)
    : internalsOf(compiler).getModuleInstanceState(node) === 1;
  return isValue ? [visited, copy(declaring, node.name as ts.Identifier)] : [visited];
}

function rewriteImport(declaring: Declaring, node: ts.ImportDeclaration): ts.Statement[] {
  const { compiler, boxes, declaredName, isValue, isOwnModule } = declaring;
  const values = importedNames(compiler, node).filter(
    (name) => !compiler.isTypeOnlyImportDeclaration(name.parent) && isValue(name),
  );
  const names = values.filter((name) => declaredName(name) !== undefined);
  const follow = isOwnModule(node.moduleSpecifier);
  return [
    node,
    ...names.map((name) => (follow ? boxes.following(name.text, reference(declaring, name)) : copy(declaring, name))),
  ];
}

// `import fs = require("fs")`, and `import Deep = Space.Deep`, which may also be inside a namespace.
function rewriteAlias(declaring: Declaring, node: ts.ImportEqualsDeclaration): ts.Statement[] {
  const { compiler, context, boxes, declaredName, isValue } = declaring;
  if (!isValue(node.name)) return [node];
  const { moduleReference: target } = node;
  const value = compiler.isExternalModuleReference(target) ? undefined : memberOfBox(declaring, target);
  const isOfCell = declaredName(node.name) !== undefined;
  if (!value) return isOfCell ? [node, copy(declaring, node.name)] : [node];
  if (isOfCell) return [boxes.assignment(node.name.text, value)];
  const declaration = context.factory.createVariableDeclaration(node.name, undefined, undefined, value);
  return [context.factory.createVariableStatement(node.modifiers, [declaration])];
}

// `cell$Space.value.Deep` for `Space.Deep`; undefined if `Space` has no box.
function memberOfBox(declaring: Declaring, name: ts.EntityName): ts.Expression | undefined {
  const { compiler, context, boxes, boxedName } = declaring;
  if (compiler.isIdentifier(name)) {
    const boxed = boxedName(name);
    return boxed === undefined ? undefined : boxes.value(boxed);
  }
  const left = memberOfBox(declaring, name.left);
  return left && context.factory.createPropertyAccessExpression(left, name.right);
}

/** The names that an import declares. */
export function importedNames(compiler: Compiler, { importClause }: ts.ImportDeclaration): ts.Identifier[] {
  const { name, namedBindings } = importClause ?? {};
  const bound = !namedBindings
    ? []
    : compiler.isNamespaceImport(namedBindings)
      ? [namedBindings]
      : [...namedBindings.elements];
  return [...(name ? [name] : []), ...bound.map((binding) => binding.name)];
}

function copy(declaring: Declaring, name: ts.Identifier): ts.Statement {
  return declaring.boxes.assignment(name.text, reference(declaring, name));
}

// Refers to the local name, because the kernel has removed its `export`.
function copyOfLocal({ boxes, context }: Declaring, name: string): ts.Statement {
  return boxes.assignment(name, context.factory.createIdentifier(name));
}

// Keeps the original node, by which TypeScript finds the import: it writes an imported name as a property of its
// module.
function reference({ compiler, context }: Declaring, name: ts.Identifier): ts.Identifier {
  return compiler.setOriginalNode(context.factory.createIdentifier(name.text), name);
}

function namesIn(
  compiler: Compiler,
  declarations: readonly (ts.VariableDeclaration | ts.BindingElement)[],
): ts.Identifier[] {
  return declarations.flatMap(({ name }) => {
    if (compiler.isIdentifier(name)) return [name];
    const elements: readonly ts.ArrayBindingElement[] = name.elements;
    return namesIn(compiler, elements.filter(compiler.isBindingElement));
  });
}

function isDeclared(compiler: Compiler, { modifiers }: ts.HasModifiers & ts.Node): boolean {
  return !!modifiers?.some(({ kind }) => kind === compiler.SyntaxKind.DeclareKeyword);
}

export function isExport({ SyntaxKind }: Compiler, kind: ts.SyntaxKind): boolean {
  return kind === SyntaxKind.ExportKeyword || kind === SyntaxKind.DefaultKeyword;
}
