import Module from "node:module";
import path from "node:path";
import type { Compiler } from "../compile";
import type { ExecutorModule, JupyterModule } from "./tslabInternals";

/**
 * Loads tslab's modules and checks that they have the parts that this kernel uses or overrides. tslab's converter and
 * its TypeScript 5.0 are not loaded: compile/ and the compiler of cells take their places.
 */

export const WANTED_TSLAB = "1.0.22";

export interface Tslab {
  version: string;
  executor: ExecutorModule;
  jupyter: JupyterModule;
}

/** Throws an Error that says which tslab is wanted when a part is missing. */
export function loadTslab(compiler: Compiler): Tslab {
  const version: string = require("tslab/package.json").version;
  standIn(fileOf("converter"), {});
  // Without `__esModule`, tslab would copy all exports.
  standIn(compilerOfTslab(), Object.create(compiler, { __esModule: { value: true } }) as object);
  const loaded = { version, executor: load("executor"), jupyter: load("jupyter") } as Tslab;
  const missing = missingParts(loaded);
  if (missing.length > 0) {
    throw new Error(
      `dlfs-kernel: tslab ${version} lacks ${missing.join(", ")}; wanted is tslab ${WANTED_TSLAB}: npm ci`,
    );
  }
  return loaded;
}

/** The names of the required parts that `loaded` lacks. */
export function missingParts({ executor, jupyter }: Partial<Tslab>): string[] {
  const server = jupyter?.ZmqServer?.prototype;
  const parts: [string, unknown][] = [
    ["executor.createExecutor", executor?.createExecutor],
    ["jupyter.ZmqServer.init", server?.init],
    ["jupyter.ZmqServer.bindSocket", server?.bindSocket],
    ["jupyter.ZmqServer.handleShellMessage", server?.handleShellMessage],
  ];
  const missing = parts.filter(([, part]) => typeof part !== "function").map(([name]) => name);
  if (jupyter && !("lastWriteDisplayData" in jupyter)) missing.push("jupyter.lastWriteDisplayData");
  return missing;
}

// tslab's package.json has no `exports`, so its files can be required by path. A missing file is reported as missing
// parts.
function load(name: string): unknown {
  try {
    return require(fileOf(name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "MODULE_NOT_FOUND") return undefined;
    throw error;
  }
}

function fileOf(name: string): string {
  return path.join(path.dirname(require.resolve("tslab/package.json")), "dist", `${name}.js`);
}

function compilerOfTslab(): string {
  return require.resolve("@tslab/typescript-for-tslab", {
    paths: [path.dirname(require.resolve("tslab/package.json"))],
  });
}

function standIn(file: string, exports: object): void {
  require.cache[file] = Object.assign(new Module(file), { filename: file, loaded: true, exports });
}
