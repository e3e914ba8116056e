import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import ts from "typescript";
import { cellOptions } from "../../kernel/src/compile";
import { root } from "../../tools/root";
import { GLOBALS_FILE, LIBRARY_FOLDER, PACKAGES_FOLDER, type TypeFiles } from "../src/typeFiles";
import { workerGlobals } from "./globals";

/** The declaration files that the kernel reads in a browser, where there is no file system. */

const compilerFolder = dirname(require.resolve("typescript"));
const cell = join(root, "__cell__.ts");

/** All that the compiler reads for a cell that imports dlfs, by the path that it has in the browser. */
export function collectTypes(): TypeFiles {
  const collected: Record<string, string> = {
    [GLOBALS_FILE]: workerGlobals(join(compilerFolder, "lib.webworker.d.ts")),
  };
  for (const name of readdirSync(compilerFolder)) {
    if (/^lib\.(es|decorators).*\.d\.ts$/.test(name) && !name.endsWith(".full.d.ts")) {
      collected[`${LIBRARY_FOLDER}/${name}`] = withoutLicence(readFileSync(join(compilerFolder, name), "utf8"));
    }
  }
  for (const path of filesOfLibrary()) collected[placeOf(path)] = readFileSync(path, "utf8");
  return collected;
}

/** The files that `import "dlfs"` leads to, and the package.json files through which the compiler found them. */
function filesOfLibrary(): string[] {
  const options = { ...cellOptions(ts, (name) => readFileSync(join(compilerFolder, name), "utf8")), types: [] };
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.getSourceFile = (name, version) =>
    name === cell ? ts.createSourceFile(name, 'import * as dlfs from "dlfs";', version) : getSourceFile(name, version);
  const files = ts
    .createProgram([cell], options, host)
    .getSourceFiles()
    .map(({ fileName }) => fileName)
    .filter((name) => name !== cell && !name.startsWith(compilerFolder.split(sep).join("/")));
  return [...files, ...new Set(files.map(packageOf))];
}

/** The package.json of the package to which a file belongs. */
function packageOf(file: string): string {
  let folder = dirname(file);
  // packages may have further package.json files inside, which say less
  while (!existsSync(join(folder, "package.json")) || !isRoot(folder)) folder = dirname(folder);
  return join(folder, "package.json");
}

function isRoot(folder: string): boolean {
  return "version" in (JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as object);
}

function placeOf(path: string): string {
  const name = relative(root, path).split(sep).join("/");
  return name.startsWith("lib/")
    ? `${PACKAGES_FOLDER}/node_modules/dlfs/${name.slice("lib/".length)}`
    : `${PACKAGES_FOLDER}/${name}`;
}

/** TypeScript's library files without the licence at the beginning of each, which the site shows once. */
function withoutLicence(text: string): string {
  return text.replace(/^\/\*!.*?\*\/\s*/s, "");
}
