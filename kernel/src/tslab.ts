import Module from "node:module";
import path from "node:path";
import type * as Converter from "tslab/dist/converter";
import type * as Executor from "tslab/dist/executor";
import type * as Jupyter from "tslab/dist/jupyter";
import type { Snapshot } from "./snapshot";
import { adaptCompiler, type Compiler } from "./compiler";

/** Loads tslab's modules and checks that the parts which this kernel overrides are there. */

export const WANTED_TSLAB = "1.0.22";
const COMPILER = "@tslab/typescript-for-tslab";

export interface Tslab {
  version: string;
  compiler: Compiler;
  converter: typeof Converter;
  executor: typeof Executor;
  jupyter: typeof Jupyter;
}

/** Throws an Error that says which tslab is wanted when a part is missing. */
export function loadTslab(snapshot?: Snapshot): Tslab {
  const version: string = require("tslab/package.json").version;
  const compiler = replaceCompiler(snapshot);
  const loaded = {
    version,
    compiler,
    converter: load("converter"),
    executor: load("executor"),
    jupyter: load("jupyter"),
  } as Tslab;
  const missing = missingParts(loaded);
  if (missing.length > 0) {
    throw new Error(`dlfs-kernel: tslab ${version} lacks ${missing.join(", ")}; wanted is tslab ${WANTED_TSLAB}: npm ci`);
  }
  return loaded;
}

/** The file of the TypeScript that tslab brings along. */
export function compilerFile(): string {
  return require.resolve(COMPILER, { paths: [path.dirname(require.resolve("tslab/package.json"))] });
}

/** The names of the parts that `loaded` lacks, of those that this package relies on. */
export function missingParts(loaded: Tslab): string[] {
  const { converter, executor, jupyter, compiler } = loaded;
  const server = jupyter?.ZmqServer?.prototype as unknown as Record<string, unknown> | undefined;
  const parts: [string, unknown][] = [
    ["converter.createConverter", converter?.createConverter],
    ["converter.isCompleteCode", converter?.isCompleteCode],
    ["executor.createExecutor", executor?.createExecutor],
    ["jupyter.JupyterHandlerImpl", jupyter?.JupyterHandlerImpl],
    ["jupyter.ZmqServer.init", server?.init],
    ["jupyter.ZmqServer.bindSocket", server?.bindSocket],
    ["jupyter.ZmqServer.handleShellMessage", server?.handleShellMessage],
    ["typescript.createWatchCompilerHost", compiler?.createWatchCompilerHost],
    ["typescript.createProgram", compiler?.createProgram],
    ["typescript.bindSourceFile", (compiler as { bindSourceFile?: unknown } | undefined)?.bindSourceFile],
    ["typescript.transpileModule", compiler?.transpileModule],
  ];
  const missing = parts.filter(([, part]) => typeof part !== "function").map(([name]) => name);
  if (jupyter && !("lastWriteDisplayData" in jupyter)) missing.push("jupyter.lastWriteDisplayData");
  return missing;
}

// tslab's package.json has no exports map, so its files can be named; a missing one is told as missing parts.
function load(name: string): unknown {
  const file = path.join(path.dirname(require.resolve("tslab/package.json")), "dist", `${name}.js`);
  try {
    return require(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

// tslab reads the compiler's functions when it calls them, from the module's exports, which are getters:
// an adapted copy has to stand in the module cache before tslab's converter is loaded.
function replaceCompiler(snapshot: Snapshot | undefined): Compiler {
  const file = compilerFile();
  if (snapshot) require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports: snapshot.compiler });
  const adapted = adaptCompiler(require(file), snapshot?.parsed ?? new Map());
  require.cache[file]!.exports = adapted;
  return adapted;
}
