import type ts from "typescript";
import { fittingLibraries } from "./libraries";
import { targetOf, type Compiler } from "./typescript";

/**
 * The compiler options for cells. Like stock tslab, without `strict`, because a notebook is for trying things out.
 * Decorators are those of the standard, not those of `experimentalDecorators`.
 */
export function cellOptions(compiler: Compiler, read: (library: string) => string | undefined): ts.CompilerOptions {
  return {
    target: targetOf(compiler),
    lib: fittingLibraries(compiler, read),
    module: compiler.ModuleKind.CommonJS,
    // Resolves as bundlers do: it uses `exports` in package.json, and file extensions may be left out.
    moduleResolution: compiler.ModuleResolutionKind.Bundler,
    allowImportingTsExtensions: true,
    esModuleInterop: true,
    resolveJsonModule: true,
    // Only Node's types: other @types packages of the checkout declare names that do not exist when a cell runs.
    types: ["node"],
    allowJs: true,
    checkJs: true,
    jsx: compiler.JsxEmit.React,
    declaration: true,
    inlineSourceMap: true,
    newLine: compiler.NewLineKind.LineFeed,
    skipLibCheck: true,
    libReplacement: false, // the search for replaced library files, of which there are none, costs time at each start
    outDir: "compiled",
  };
}
