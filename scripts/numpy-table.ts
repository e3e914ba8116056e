import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { readArguments } from "./arguments";
import { root } from "../tools/root";

const help = `
node --require ts-node/register/transpile-only scripts/numpy-table.ts [--check]

Writes the table of lib/README.md, function by function, from the doc comments of np and random.

  --check    changes nothing; exit code 1 when the table is out of date
  --help     this text
`;

const readme = join(root, "lib", "README.md");
const [begin, end] = ["<!-- table: scripts/numpy-table.ts -->\n", "<!-- end of table -->"];

function main(): void {
  const { values } = readArguments(help, { check: { type: "boolean" } }, false);
  const text = readFileSync(readme, "utf8");
  const made = text.slice(0, text.indexOf(begin) + begin.length) + tables() + text.slice(text.indexOf(end));
  if (values.check !== true) return writeFileSync(readme, made);
  if (made === text) return;
  console.error(`lib/README.md is out of date; write it anew by\n${help.trim().split("\n")[0].replace(" [--check]", "")}`);
  process.exitCode = 1;
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
  const rows = checker.getExportsOfModule(module).map((symbol) => row(checker, symbol)).filter((line) => line !== undefined);
  const name = file.split(/[\\/]/).at(-2);
  return `\n| ${name} | NumPy | what it gives | what differs |\n|---|---|---|---|\n${rows.join("\n")}\n`;
}

/** A function's line; types have none. */
function row(checker: ts.TypeChecker, exported: ts.Symbol): string | undefined {
  const symbol = (exported.flags & ts.SymbolFlags.Alias) === 0 ? exported : checker.getAliasedSymbol(exported);
  if ((symbol.flags & ts.SymbolFlags.Value) === 0) return undefined;
  const comment = ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ");
  const remarks = symbol.getJsDocTags(checker).find(({ name }) => name === "remarks");
  const differs = ts.displayPartsToString(remarks?.text).replace(/\s+/g, " ");
  const numpy = /(?:as|as Python's|NumPy's) (`[^`]+`(?: and `[^`]+`)?)/.exec(comment)?.[1];
  if (numpy === undefined) throw new Error(`${symbol.name}: its comment does not say which of NumPy's functions it is`);
  return `| \`${symbol.name}\` | ${numpy} | ${cell(comment)} | ${cell(differs)} |`;
}

function cell(text: string): string {
  return text.replace(/,? as (?:Python's )?`[^`]+`(?: and `[^`]+`)?/, "").replaceAll("|", "\\|");
}

main();
