// Past 250 lines because one class holds all that the compiler keeps from cell to cell.
import type ts from "typescript";
import { awaitsAtTopLevel } from "./awaits";
import { cancellable, cancellationToken, diagnosticsOf } from "./cancellation";
import { declarationText } from "./declarations";
import { complaints, jsxComplaint, ofReader, type Diagnostic } from "./diagnostics";
import { FOLDER_DECLARATION, moduleNameComplaints } from "./moduleNames";
import { isOwn, ownModule, pathTransformer } from "./ownModules";
import { NOTHING_KNOWN, Project, type Files, type Known } from "./project";
import { augments, Scope } from "./scope";
import { cellTransformer, isMadeElsewhere, type Transformed } from "./transform";
import { bind, emitAll, identifiersOf, localsOf, parseDiagnosticsOf, targetOf, type Compiler } from "./typescript";

/** Compiles the cells of one notebook, one after the other; each sees what the earlier ones have declared. */

export interface CompiledCell {
  diagnostics: Diagnostic[];
  /** JavaScript for a function with the parameters `exports` and `require`; missing where there are diagnostics. */
  output?: string;
  /** The function has to be async. */
  awaits: boolean;
  hasLastExpression: boolean;
  /** The names that the cell gives a value, and not only a type. */
  names: string[];
  /**
   * The JavaScript of the user's own modules that the cell imports, by path; only of those that are new or have
   * changed.
   */
  modules: ReadonlyMap<string, string>;
  /** What the cell declares, for `declare`. */
  declarations?: Declarations;
}

interface Written {
  script: string;
  declarations: string;
}

interface Declarations {
  text: string;
  /** The kind of each name; for an import, the kind of what is imported. */
  kinds: ReadonlyMap<string, ts.SymbolFlags>;
  /** The names that are only declared with `declare`: their values are global. */
  global: ReadonlySet<string>;
  /** Whether the cell has `declare global` or `declare module`, which add to declarations elsewhere. */
  augments: boolean;
}

const MODULE_NOT_FOUND = 2307; // TypeScript's code

const FAILED = { awaits: false, hasLastExpression: false, names: [], modules: new Map<string, string>() };

export class CellCompiler {
  readonly project: Project;
  readonly scope: Scope;
  private readonly emitted = new Map<string, ts.SourceFile>();
  private readonly token: ts.CancellationToken;
  private declared = 0;

  /**
   * `isCancelled` is asked while a cell is compiled. If it returns true, compiling throws TypeScript's
   * OperationCanceledException.
   */
  constructor(
    readonly compiler: Compiler,
    options: ts.CompilerOptions,
    files: Files,
    known: Known = NOTHING_KNOWN,
    isCancelled: () => boolean = () => false,
  ) {
    this.token = cancellationToken(compiler, isCancelled);
    this.project = new Project(compiler, options, files, known, this.token);
    this.scope = new Scope(compiler);
    this.declareFolder();
  }

  /** Throws only when it is cancelled. */
  compile(source: string): CompiledCell {
    const parsed = this.parse(source);
    this.token.throwIfCancellationRequested();
    const syntactic = complaints(this.compiler, parseDiagnosticsOf(parsed), source.length);
    if (syntactic.length > 0) {
      return { ...FAILED, diagnostics: jsxComplaint(this.compiler, source) ?? ofReader(syntactic, source.length) };
    }
    const service = this.project.open(
      source + exportsOf(this.compiler, parsed),
      this.scope.tables,
      this.scope.filesOf(identifiersOf(parsed)),
    );
    const program = service.getProgram()!;
    const cell = program.getSourceFile(this.project.cellFile)!;
    const diagnostics = this.diagnose(program, cell, source.length);
    if (diagnostics.length > 0) return { ...FAILED, diagnostics };
    return this.emit(program, cell);
  }

  /** The language service, for questions about a text that may be incomplete. */
  ask(source: string): ts.LanguageService {
    const text = `${source}\nexport {};`;
    const names = identifiersOf(this.compiler.createSourceFile(this.project.cellFile, text, targetOf(this.compiler)));
    return this.project.open(text, this.scope.tables, this.scope.filesOf(names));
  }

  /**
   * Makes the declarations of a cell visible to later cells, except for the values named in `unset`, which stay as they
   * were.
   */
  declare({ declarations }: CompiledCell, unset: ReadonlySet<string> = new Set()): void {
    if (!declarations || (declarations.kinds.size === 0 && !declarations.augments)) return;
    const path = this.project.path(`In[${++this.declared}].d.ts`);
    this.project.write(path, declarations.text);
    const { kinds, global } = declarations;
    this.scope.add(
      this.project.parse(path),
      unset,
      (name) => kinds.get(name) ?? 0,
      (name) => global.has(name),
    );
  }

  /** Adds a module that exists only in memory, as if it were beside the notebook. tslab's `@module` cells do this. */
  addModule(name: string, source: string): { diagnostics: Diagnostic[]; modules: ReadonlyMap<string, string> } {
    const path = this.project.path(name);
    this.project.write(path, `${source}\nexport {};`);
    const program = this.project.open("", this.scope.tables, [path]).getProgram()!;
    const file = program.getSourceFile(path)!;
    const found = [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)];
    return { diagnostics: complaints(this.compiler, found, source.length, name), modules: this.emitModules(program) };
  }

  private declareFolder(): void {
    const path = this.project.path("__folder__.d.ts");
    this.project.write(path, FOLDER_DECLARATION);
    const { Value } = this.compiler.SymbolFlags;
    this.scope.add(
      this.project.parse(path),
      new Set(),
      () => Value,
      () => false,
    );
  }

  private parse(source: string): ts.SourceFile {
    const { compiler, project } = this;
    const file = compiler.createSourceFile(project.cellFile, `${source}\nexport {};`, targetOf(compiler), true);
    bind(compiler, file, project.options);
    return file;
  }

  private diagnose(program: ts.Program, cell: ts.SourceFile, length: number): Diagnostic[] {
    const own = program
      .getSourceFiles()
      .filter((file) => file !== cell && isOwn(file) && this.emitted.get(file.fileName) !== file);
    const inFile = (file: ts.SourceFile) => diagnosticsOf(program, file, this.token);
    const ofModules = own.flatMap((file) =>
      complaints(this.compiler, inFile(file), file.text.length, this.relative(file.fileName)),
    );
    const ofNames = moduleNameComplaints(this.compiler, program.getTypeChecker(), this.scope, cell);
    const ofCell = complaints(this.compiler, [...inFile(cell), ...ofNames], length);
    return [...ofCell.map((found) => this.withHint(found)), ...ofModules];
  }

  private withHint(found: Diagnostic): Diagnostic {
    const { importHint } = this.project.files;
    const isAboutImport = found.code === MODULE_NOT_FOUND && importHint !== undefined;
    return isAboutImport ? { ...found, messageText: `${found.messageText} ${importHint}` } : found;
  }

  private emit(program: ts.Program, cell: ts.SourceFile): CompiledCell {
    const { compiler, project, scope } = this;
    const checker = program.getTypeChecker();
    const report: Transformed = { hasLastExpression: false };
    const isOwnModule = (specifier: ts.Expression) => ownModule(compiler, checker, specifier) !== undefined;
    const transformer = cellTransformer(compiler, checker, scope, isOwnModule, report);
    const ending = cancellable(this.token);
    const before = [ending, transformer, pathTransformer(compiler, checker), ending];
    const { script, declarations } = this.write(program, cell, before);
    const text = declarationText(project, scope, cell, checker, declarations);
    const kinds = kindsOf(compiler, checker, cell);
    const elsewhere = [...localsOf(compiler, cell)].filter(([name, symbol]) =>
      isMadeElsewhere(compiler, scope, name, symbol),
    );
    const global = new Set(elsewhere.map(([name]) => name));
    const { Value, ConstEnum } = compiler.SymbolFlags;
    const values = [...kinds].filter(([name, flags]) => flags & Value && !(flags & ConstEnum) && !global.has(name));
    const names = values.map(([name]) => name);
    const modules = this.emitModules(program);
    const declared = { text, kinds, global, augments: augments(compiler, cell) };
    const output = script.replace(/^#!/, "//"); // inside a function, `#!` is a syntax error
    const awaits = awaitsAtTopLevel(compiler, cell);
    return { diagnostics: [], output, awaits, ...report, names, modules, declarations: declared };
  }

  private emitModules(program: ts.Program): Map<string, string> {
    const modules = new Map<string, string>();
    for (const file of program.getSourceFiles()) {
      if (file.fileName === this.project.cellFile || !isOwn(file) || this.emitted.get(file.fileName) === file) continue;
      this.emitted.set(file.fileName, file);
      const { script } = this.write(program, file, [pathTransformer(this.compiler, program.getTypeChecker())]);
      modules.set(file.fileName, script);
    }
    return modules;
  }

  private write(program: ts.Program, file: ts.SourceFile, before: ts.TransformerFactory<ts.SourceFile>[]): Written {
    const written = { script: "", declarations: "" };
    const take = (name: string, text: string) => {
      if (/\.d\.[cm]?ts$/.test(name)) written.declarations = text;
      else written.script = text;
    };
    emitAll(program, file, take, before);
    return written;
  }

  // Relative to the notebook's folder, if the file is in it.
  private relative(path: string): string {
    const folder = `${this.project.files.folder}/`;
    return path.startsWith(folder) ? path.slice(folder.length) : path;
  }
}

// `import type { A }` and `import { type A }`.
function isOnlyType(compiler: Compiler, { declarations = [] }: ts.Symbol): boolean {
  return declarations.some((declaration) => compiler.isTypeOnlyImportDeclaration(declaration));
}

/**
 * The line that exports everything that a cell declares. Without it, TypeScript would write no declarations for the
 * cell and would drop unused imports.
 */
function exportsOf(compiler: Compiler, file: ts.SourceFile): string {
  const named = exportedNames(compiler, file);
  const others = [...localsOf(compiler, file)].filter(
    ([name, symbol]) => !named.has(name) && !isExported(compiler, symbol),
  );
  const names = others.map(([name]) => name);
  return `\nexport { ${names.join(", ")} };`;
}

function isExported(compiler: Compiler, symbol: ts.Symbol): boolean {
  return !!symbol.declarations?.some(
    (declaration) => compiler.getCombinedModifierFlags(declaration) & compiler.ModifierFlags.Export,
  );
}

// Those of `export { a, b as c }`.
function exportedNames(compiler: Compiler, { statements }: ts.SourceFile): Set<string> {
  const clauses = statements.filter(compiler.isExportDeclaration).flatMap(({ exportClause }) => exportClause ?? []);
  const names = clauses.flatMap((clause) =>
    compiler.isNamedExports(clause) ? clause.elements.map(({ name }) => name) : clause.name,
  );
  return new Set(names.map(({ text }) => text));
}

function kindsOf(compiler: Compiler, checker: ts.TypeChecker, cell: ts.SourceFile): Map<string, ts.SymbolFlags> {
  const flags = (symbol: ts.Symbol) => {
    const { Alias, TypeAlias, Value } = compiler.SymbolFlags;
    if (symbol.flags & Alias) {
      const { flags: aliased } = checker.getAliasedSymbol(symbol);
      return isOnlyType(compiler, symbol) ? (aliased & ~Value) | TypeAlias : aliased;
    }
    return checker.getExportSymbolOfSymbol(symbol).flags | symbol.flags;
  };
  return new Map([...localsOf(compiler, cell)].map(([name, symbol]) => [name, flags(symbol)]));
}
