import Module from "node:module";
import path from "node:path";
import { registerSource } from "./traceback";

/**
 * Loads the reader's own modules, which were compiled with the cells that import them, from memory. An import of a module
 * that has changed loads it anew, and those that import it. It relies on nothing of tslab.
 */

interface Loader {
  _extensions: Record<string, Load>;
  _resolveFilename(request: string, ...rest: unknown[]): string;
}

type Load = (module: LoadedModule, filename: string) => void;

interface LoadedModule {
  _compile(code: string, filename: string, format?: string): void;
}

const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const scripts = new Map<string, string>();

/** Makes `require` find what `updateModules` has been given. */
export function installOwnModules(): void {
  const loader = Module as unknown as Loader;
  for (const ending of ENDINGS) {
    const before = loader._extensions[ending] ?? loader._extensions[".js"];
    loader._extensions[ending] = (module, filename) => {
      const script = scripts.get(filename);
      if (script === undefined) return before(module, filename);
      module._compile(script, filename, "commonjs");
    };
  }
  const { _resolveFilename } = loader;
  // A module that was written in a cell is not on disk.
  loader._resolveFilename = (request, ...rest) => (scripts.has(request) ? request : _resolveFilename.call(loader, request, ...rest));
}

/** Takes over new JavaScript of modules, by path, and forgets what was loaded of their former ones. */
export function updateModules(compiled: ReadonlyMap<string, string>, sourceOf: (file: string) => string): void {
  for (const [name, output] of compiled) {
    const file = path.normalize(name);
    scripts.set(file, registerSource(file, sourceOf(name), output));
    forget(file);
  }
}

function forget(file: string): void {
  delete require.cache[file];
  for (const importer of scripts.keys()) {
    const module = require.cache[importer];
    if (module?.children.some(({ filename }) => filename === file)) forget(importer);
  }
}
