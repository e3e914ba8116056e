import type * as TypeScript from "@tslab/typescript-for-tslab";
import type { Compiler } from "./compiler";
import { withoutShorthand } from "./shorthand";

/**
 * A cheaper program for each cell. TypeScript's builders bind files, resolve references and compute signatures in order
 * to know what has changed, which tslab does not ask for. It relies on tslab using of the builder only getSourceFile,
 * getProgram, emit and getAllDependencies, and on it reading a cell's names from the bound source file.
 */

type CreateProgram = TypeScript.CreateProgram<TypeScript.BuilderProgram>;

/** Source files made before, by path: those of the startup snapshot. */
export type ParsedFiles = ReadonlyMap<string, TypeScript.SourceFile>;

interface Internals {
  bindSourceFile(file: TypeScript.SourceFile, options: TypeScript.CompilerOptions): void;
}

interface InternalFile extends TypeScript.SourceFile {
  resolvedModules?: { forEach(visit: (resolved: ResolvedModule | undefined) => void): void };
}

interface ResolvedModule {
  resolvedFileName?: string;
  resolvedModule?: { resolvedFileName?: string };
}

const CELL_FILES = /__tslab__\.[tj]s$|__prev__\.d\.ts$/;
let binding = true;

export function programCreator(compiler: Compiler, parsed: ParsedFiles): CreateProgram {
  const served = new WeakSet<TypeScript.CompilerHost>();
  let oldProgram: TypeScript.Program | undefined;
  return (rootNames, options, host, _previous, configFileParsingDiagnostics, projectReferences) => {
    if (host && parsed.size > 0 && !served.has(host)) serveParsed(host, parsed);
    if (host) served.add(host);
    const input = { rootNames: rootNames ?? [], options: options ?? {}, host, oldProgram, configFileParsingDiagnostics, projectReferences };
    oldProgram = compiler.createProgram(input);
    if (binding) bindCellFiles(compiler, oldProgram);
    return builderOf(compiler, oldProgram);
  };
}

// What createWatchProgram and tslab call, and no more.
function builderOf(compiler: Compiler, program: TypeScript.Program): TypeScript.BuilderProgram {
  const builder = {
    getProgram: () => program,
    // Without a program the watcher of failed imports asks for no type checker, which would bind the cell too early.
    getProgramOrUndefined: () => undefined,
    getCompilerOptions: () => program.getCompilerOptions(),
    getSourceFile: (name: string) => program.getSourceFile(name),
    emit: (...[file, write, token, onlyDeclarations, transformers]: Parameters<TypeScript.Program["emit"]>) =>
      program.emit(file, write, token, onlyDeclarations, withoutShorthand(compiler, program.getTypeChecker(), transformers)),
    getAllDependencies: (file: TypeScript.SourceFile) => sourceDependencies(program, file),
  };
  return builder as unknown as TypeScript.BuilderProgram;
}

/**
 * The names that a cell declares or imports at its top level. tslab finds them by compiling the cell once, to compile
 * it again with all of them exported; it does neither for a file that is not bound, and the builder above binds none.
 */
export function declaredNames(compiler: Compiler, source: string): string[] {
  const file = compiler.createSourceFile("cell.ts", `export {};\n${source}`, compiler.ScriptTarget.ES2022);
  (compiler as unknown as Internals).bindSourceFile(file, {});
  const { locals } = file as unknown as { locals?: ReadonlyMap<string, unknown> };
  return [...(locals?.keys() ?? [])];
}

/** Does what needs the cell compiled but not yet bound: tslab's convert, as said above. */
export function withoutBinding<Result>(action: () => Result): Result {
  binding = false;
  try {
    return action();
  } finally {
    binding = true;
  }
}

/** `source` with its declared names exported, as tslab would write it. */
export function exportAll(source: string, names: string[]): string {
  return names.length === 0 ? source : `${source}\nexport {${names.join(", ")}}`;
}

// Completion and inspection walk from node to parent, which binding sets.
function bindCellFiles(compiler: Compiler, program: TypeScript.Program): void {
  const { bindSourceFile } = compiler as unknown as Internals;
  const files = program.getSourceFiles().filter(({ fileName }) => CELL_FILES.test(fileName));
  for (const file of files) bindSourceFile(file, program.getCompilerOptions());
}

function serveParsed(host: TypeScript.CompilerHost, parsed: ParsedFiles): void {
  const { getSourceFile, getSourceFileByPath } = host;
  host.getSourceFile = (name, ...rest) => parsed.get(name) ?? getSourceFile.call(host, name, ...rest);
  if (!getSourceFileByPath) return;
  host.getSourceFileByPath = (name, ...rest) => parsed.get(name) ?? getSourceFileByPath.call(host, name, ...rest);
}

// Only what a cell imports of the notebook's own .ts and .js files: declarations are never emitted.
function sourceDependencies(program: TypeScript.Program, file: TypeScript.SourceFile): string[] {
  const found = new Set([file.fileName]);
  const visit = (from: InternalFile) =>
    from.resolvedModules?.forEach((resolved) => {
      const name = resolved?.resolvedFileName ?? resolved?.resolvedModule?.resolvedFileName;
      const target = name && !found.has(name) && program.getSourceFile(name);
      if (!name || !target || target.isDeclarationFile) return;
      found.add(name);
      visit(target);
    });
  visit(file);
  return [...found];
}
