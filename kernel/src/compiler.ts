import type * as TypeScript from "@tslab/typescript-for-tslab";
import { programCreator, type ParsedFiles } from "./program";

/**
 * Adapts the TypeScript that tslab brings along. It relies on tslab's converter calling, through the module's exports,
 * `createWatchCompilerHost(files, options, sys, null, ...)` once and `transpileModule(js, options)` once a cell.
 */

export type Compiler = typeof TypeScript;

/** A copy of the compiler's exports with the functions replaced that tslab's converter calls. */
export function adaptCompiler(compiler: Compiler, parsed: ParsedFiles): Compiler {
  // TypeScript's recursive watch of node_modules costs seconds and hundreds of megabytes at start.
  compiler.sys.watchDirectory = () => ({ close() {} });
  // The one in a startup snapshot remembers where that was built.
  compiler.sys.getCurrentDirectory = () => process.cwd();
  return {
    ...compiler,
    createWatchCompilerHost: withOptions(compiler, parsed),
    transpileModule: withSourceMap(compiler),
  } as Compiler;
}

function withOptions(compiler: Compiler, parsed: ParsedFiles): Compiler["createWatchCompilerHost"] {
  const create = compiler.createWatchCompilerHost as (...args: unknown[]) => unknown;
  const createProgram = programCreator(compiler, parsed);
  const host = (files: unknown, options: TypeScript.CompilerOptions, sys: unknown, _create: unknown, ...rest: unknown[]) =>
    create(files, cellOptions(options), sys, createProgram, ...rest);
  return host as Compiler["createWatchCompilerHost"];
}

/** tslab's options for cells, changed. Without `types` every @types package of the checkout would be loaded; the maps are for the lines in tracebacks. */
export function cellOptions(options: TypeScript.CompilerOptions): TypeScript.CompilerOptions {
  return { ...options, types: ["node"], inlineSourceMap: true };
}

// The output carries both maps, as two comments: that of this compilation, then that of the one before.
function withSourceMap(compiler: Compiler): Compiler["transpileModule"] {
  return (input, options) => {
    const earlier = input.lastIndexOf("//# sourceMappingURL=");
    const compilerOptions = { ...options.compilerOptions, inlineSourceMap: true };
    if (earlier < 0) return compiler.transpileModule(input, { ...options, compilerOptions });
    const result = compiler.transpileModule(input.slice(0, earlier), { ...options, compilerOptions });
    return { ...result, outputText: `${result.outputText}\n${input.slice(earlier)}` };
  };
}
