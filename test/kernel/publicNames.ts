import type ts from "typescript";
import type { CellCompiler } from "../../kernel/src/compile";

/** Every public name of dlfs, as TypeScript finds them in its declarations, and how a cell comes to each. */

export interface PublicName {
  /** As it stands in a list: `np.zeros`, `TwoLayerNet.predict`, `TrainOptions.signal`. */
  name: string;
  /** Code of a cell with the cursor at its end: in the parentheses of a call, or behind the name. */
  code: string;
  kind: "function" | "constructor" | "property" | "type";
  /** The parameters of all overloads that have a name. */
  parameters: string[];
  /** Whether one has none, because it is taken apart where it is declared. */
  takesApart: boolean;
  givesValue: boolean;
}

interface Found {
  compiler: CellCompiler["compiler"];
  checker: ts.TypeChecker;
}

/** The cell after which the code of each name is understood. */
export const IMPORT = 'import * as dlfs from "dlfs";';

export function publicNames({ compiler, project }: CellCompiler): PublicName[] {
  const program = project.open(IMPORT, [], []).getProgram()!;
  const checker = program.getTypeChecker();
  const [statement] = program.getSourceFile(project.cellFile)!.statements;
  const module = checker.getSymbolAtLocation((statement as ts.ImportDeclaration).moduleSpecifier)!;
  return namesOf({ compiler, checker }, module, "");
}

function namesOf(found: Found, module: ts.Symbol, prefix: string): PublicName[] {
  const { compiler, checker } = found;
  return checker.getExportsOfModule(module).flatMap((entry) => {
    const symbol = entry.flags & compiler.SymbolFlags.Alias ? checker.getAliasedSymbol(entry) : entry;
    const name = prefix + entry.name;
    if (symbol.flags & compiler.SymbolFlags.ValueModule) return namesOf(found, symbol, `${name}.`);
    if (symbol.flags & compiler.SymbolFlags.Class) return namesOfClass(found, symbol, name);
    if (symbol.flags & compiler.SymbolFlags.Value) {
      const signatures = signaturesOf(found, symbol);
      if (signatures.length === 0) return [plain(name, `dlfs.${name}`, "property")];
      return [callable(name, `dlfs.${name}(`, signatures)];
    }
    return [
      plain(name, `let it: dlfs.${name}`, "type"),
      ...membersOf(found, checker.getDeclaredTypeOfSymbol(symbol), name).map(asProperty),
    ];
  });
}

// What is called by dlfs, or belongs to something that the reader has been given: its type tells the rest.
function asProperty(member: PublicName): PublicName {
  return { ...member, kind: "property", parameters: [], takesApart: false, givesValue: false };
}

function namesOfClass(found: Found, symbol: ts.Symbol, name: string): PublicName[] {
  const { compiler, checker } = found;
  const type = checker.getTypeOfSymbol(symbol);
  // an Error's constructor and statics are not told of here
  const isOpen = ({ declaration }: ts.Signature) =>
    !!declaration && isInLibrary(declaration) && !isPrivate(found, declaration);
  const makers = type.getConstructSignatures().filter(isOpen);
  const made =
    makers.length > 0
      ? { ...callable(name, `new dlfs.${name}(`, makers), kind: "constructor" as const }
      : plain(name, `dlfs.${name}`, "type");
  const statics = checker
    .getPropertiesOfType(type)
    .filter((member) => isDeclaredHere(member) && member.flags & compiler.SymbolFlags.Method);
  const functions = statics.map((method) =>
    callable(`${name}.${method.name}`, `dlfs.${name}.${method.name}(`, signaturesOf(found, method)),
  );
  return [made, ...functions, ...membersOf(found, checker.getDeclaredTypeOfSymbol(symbol), name)];
}

// Properties and methods that dlfs declares; symbols, such as Jupyter.display, have names that no cell writes.
function membersOf(found: Found, type: ts.Type, name: string): PublicName[] {
  const own = type
    .getProperties()
    .filter(
      (member) => isDeclaredHere(member) && !member.name.startsWith("__") && !isPrivate(found, member.valueDeclaration),
    );
  return own.map((member) => {
    const signatures = signaturesOf(found, member);
    const place = `declare const it: dlfs.${name}${isGeneric(type) ? "<any>" : ""}; it.${member.name}`;
    if (signatures.length === 0) return plain(`${name}.${member.name}`, place, "property");
    return callable(`${name}.${member.name}`, `${place}(`, signatures);
  });
}

function isGeneric(type: ts.Type): boolean {
  return ((type as ts.InterfaceType).typeParameters?.length ?? type.aliasTypeArguments?.length ?? 0) > 0;
}

function isDeclaredHere(member: ts.Symbol): boolean {
  return !!member.declarations?.some(isInLibrary);
}

function isInLibrary(declaration: ts.Declaration): boolean {
  return /\/lib\/dist\//.test(declaration.getSourceFile().fileName);
}

function isPrivate({ compiler }: Found, declaration: ts.Declaration | undefined): boolean {
  return !!declaration && (compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Private) !== 0;
}

function signaturesOf({ checker }: Found, symbol: ts.Symbol): readonly ts.Signature[] {
  return checker.getNonNullableType(checker.getTypeOfSymbol(symbol)).getCallSignatures();
}

function plain(name: string, code: string, kind: "property" | "type"): PublicName {
  return { name, code, kind, parameters: [], takesApart: false, givesValue: false };
}

function callable(name: string, code: string, signatures: readonly ts.Signature[]): PublicName {
  const all = signatures.flatMap((signature) => signature.parameters.map((parameter) => parameter.name));
  const parameters = [...new Set(all.filter((given) => !given.startsWith("__")))];
  const givesValue = signatures.some((signature) => !/^(void|Promise<void>)$/.test(returnText(signature)));
  return {
    name,
    code,
    kind: "function",
    parameters,
    takesApart: all.some((given) => given.startsWith("__")),
    givesValue,
  };
}

function returnText(signature: ts.Signature): string {
  const { declaration } = signature;
  return declaration && "type" in declaration ? (declaration.type?.getText() ?? "") : "";
}
