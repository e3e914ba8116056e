import Module from "node:module";
import path from "node:path";
import type { System } from "typescript";
import { GLOBALS, NOTHING_KNOWN, type Compiler, type Files, type Known } from "../compile";
import type { Snapshot } from "./snapshot";

/**
 * The compiler of cells, loaded from the project's own `typescript` or taken from the startup snapshot, and the files
 * that it reads.
 */

const FALLBACK_TYPES = "@types/node";
const NEWER_TYPES = [22, 24, 26]; // of the package types-node-<major>, newest last

export interface LoadedCompiler {
  compiler: Compiler;
  files: Files;
  known: Known;
}

export function loadCompiler(snapshot?: Snapshot): LoadedCompiler {
  const file = compilerFile();
  if (snapshot)
    require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports: snapshot.compiler });
  const compiler = require(file) as Compiler;
  return { compiler, files: nodeFiles(compiler.sys), known: snapshot?.known ?? NOTHING_KNOWN };
}

/** TypeScript's one file. */
export function compilerFile(): string {
  return require.resolve("typescript");
}

/** The text of one of TypeScript's library files. */
export function libraryReader({ sys }: Compiler): (name: string) => string | undefined {
  return (name) => sys.readFile(path.join(path.dirname(compilerFile()), name));
}

/** The files of this machine; the folder of cells is the one in which the process was started. */
export function nodeFiles(sys: System): Files {
  return {
    folder: slashes(process.cwd()),
    readFile: (name) => sys.readFile(name),
    fileExists: (name) => sys.fileExists(name),
    directoryExists: (name) => sys.directoryExists(name),
    getDirectories: (name) => sys.getDirectories(name),
    realpath: (name) => sys.realpath?.(name) ?? name,
    version: (name) => `${sys.getModifiedTime?.(name)?.getTime()} ${sys.getFileSize?.(name)}`,
    libraryFolder: slashes(path.dirname(compilerFile())),
    typesFile: slashes(typesFile()),
    globals: GLOBALS,
    fallbackFolder: slashes(__dirname),
  };
}

// The declarations of the running Node's major version, or of the newest earlier one that is installed.
function typesFile(): string {
  const major = Number.parseInt(process.versions.node);
  const newer = NEWER_TYPES.filter((other) => other <= major).at(-1);
  const name = newer === undefined ? FALLBACK_TYPES : `types-node-${newer}`;
  return path.join(path.dirname(require.resolve(`${name}/package.json`)), "index.d.ts");
}

function slashes(name: string): string {
  return name.replaceAll(path.sep, "/");
}
