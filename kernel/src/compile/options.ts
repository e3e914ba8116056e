import type ts from "typescript";
import { fittingLibraries } from "./libraries";
import { targetOf, type Compiler } from "./typescript";

/**
 * How cells are compiled. Like stock tslab, without `strict`: a notebook tries things out. Decorators are the
 * standard's, not the older ones of `experimentalDecorators`.
 */
export function cellOptions(compiler: Compiler, read: (library: string) => string | undefined): ts.CompilerOptions {
  return {
    target: targetOf(compiler),
    lib: fittingLibraries(compiler, read),
    module: compiler.ModuleKind.CommonJS,
    // As bundlers resolve: `exports` of a package.json count, and file endings may be left out.
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    // Only the types of Node: an @types package of the checkout declares names that are not there when a cell runs.
    types: ["node"],
    allowJs: true,
    checkJs: true,
    jsx: compiler.JsxEmit.React,
    declaration: true,
    inlineSourceMap: true,
    newLine: compiler.NewLineKind.LineFeed,
    skipLibCheck: true,
    libReplacement: false, // nobody replaces TypeScript's library files, and looking for it costs time at each start
    outDir: "compiled",
  };
}
