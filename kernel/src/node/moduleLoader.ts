import Module from "node:module";
import path from "node:path";
import { placeSyntaxError, registerSource } from "../cells";

/**
 * Loads the user's own modules from memory, after they were compiled with the cell that imports them. If a module has
 * changed, the next import loads it again, together with the modules that import it.
 */

/** Parts of Node's module loader that may be replaced, but are not in @types/node. */
interface Loader {
  _extensions: Record<string, Load>;
  _resolveFilename(request: string, parent?: { filename: string | null } | null, ...rest: unknown[]): string;
}

type Load = (module: LoadedModule, filename: string) => void;

interface LoadedModule {
  _compile(code: string, filename: string, format?: string): void;
}

const ENDINGS = [".ts", ".tsx", ".mts", ".cts", ".js", ".jsx", ".mjs", ".cjs"];
const scripts = new Map<string, string>();

/** Makes `require` load the modules that `updateModules` has got. */
export function installOwnModules(): void {
  const loader = Module as typeof Module & Loader;
  for (const ending of ENDINGS) {
    const before = loader._extensions[ending] ?? loader._extensions[".js"];
    loader._extensions[ending] = (module, filename) => {
      const script = scripts.get(filename);
      if (script === undefined) return before(module, filename);
      try {
        module._compile(script, filename, "commonjs");
      } catch (error) {
        placeSyntaxError(error);
        throw error;
      }
    };
  }
  const { _resolveFilename } = loader;
  loader._resolveFilename = (request, parent, ...rest) => {
    if (scripts.has(request)) return request; // a module that was written in a cell is not on disk
    try {
      return _resolveFilename.call(loader, request, parent, ...rest);
    } catch (error) {
      return (
        (isPackageOfReader(request, parent?.filename) && besideKernel(loader, _resolveFilename, request)) ||
        raise(error)
      );
    }
  };
}

// Resolves a package from the kernel's folder, so that a notebook in any folder can import dlfs. The compiler does the
// same (`fallbackFolder`).
function besideKernel(loader: Loader, resolve: Loader["_resolveFilename"], request: string): string | undefined {
  try {
    return resolve.call(loader, request, module);
  } catch {
    return undefined;
  }
}

// If an installed package does not find one of its imports, this is left as it is: the import may be optional.
function isPackageOfReader(request: string, importer: string | null | undefined): boolean {
  return (
    !/^[./]/.test(request) && !path.isAbsolute(request) && !importer?.includes(`${path.sep}node_modules${path.sep}`)
  );
}

function raise(error: unknown): never {
  throw error;
}

/** Takes new JavaScript of modules, by path, and forgets what was loaded from their earlier versions. */
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
