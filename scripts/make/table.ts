import { join } from "node:path";
import ts from "typescript";
import type { MakeOptions } from "../make";
import { root } from "../../tools/root";
import { replacePart } from "./part";

/** Writes the tables of lib/README.md, function by function, from the doc comments of np and random. */
export function make({ check }: MakeOptions): void {
  replacePart("table", join("lib", "README.md"), tables(), check);
}

function tables(): string {
  const files = ["np", "random"].map((name) => join(root, "lib", "src", name, "index.ts"));
  const moduleResolution = ts.ModuleResolutionKind.Node10;
  const program = ts.createProgram(files, { target: ts.ScriptTarget.ES2022, moduleResolution, esModuleInterop: true });
  return files.map((file) => table(program, file)).join("");
}

function table(program: ts.Program, file: string): string {
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  const module = source === undefined ? undefined : checker.getSymbolAtLocation(source);
  if (module === undefined) throw new Error(`${file}: no module`);
  const rows = rowsOf(checker, module, "");
  const name = file.split(/[\\/]/).at(-2);
  return `\n| ${name} | NumPy | what it gives | what differs |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

/** A line for each function and constant, also of the namespaces within; types have none. */
function rowsOf(checker: ts.TypeChecker, module: ts.Symbol, prefix: string): string[] {
  return checker.getExportsOfModule(module).flatMap((exported) => {
    const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
    const name = prefix + exported.name;
    if (symbol.flags & ts.SymbolFlags.ValueModule) return rowsOf(checker, symbol, `${name}.`);
    return symbol.flags & ts.SymbolFlags.Value ? [row(checker, symbol, name)] : [];
  });
}

function row(checker: ts.TypeChecker, symbol: ts.Symbol, name: string): string {
  const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ");
  const remarks = symbol.getJsDocTags(checker).find(({ name }) => name === "remarks");
  const differs = ts.displayPartsToString(remarks?.text).replace(/\s+/g, " ");
  const numpy = /(?:as|as Python's|NumPy's) (`[^`]+`(?: and `[^`]+`)?)/.exec(comment)?.[1];
  if (numpy === undefined) throw new Error(`${name}: its comment does not say which of NumPy's functions it is`);
  return `| \`${name}\` | ${numpy} | ${cell(comment)} | ${cell(differs)} |`;
}

function cell(text: string): string {
  return text.replace(/,? as (?:Python's )?`[^`]+`(?: and `[^`]+`)?/, "").replaceAll("|", "\\|");
}
