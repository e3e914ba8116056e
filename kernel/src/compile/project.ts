import type ts from "typescript";
import { bind, setOuterScopes, targetOf, type Compiler, type SymbolTable } from "./typescript";

/**
 * One TypeScript program that changes with each cell. It contains the text of the current cell, the declarations of the
 * earlier cells that it uses, the library files, and what these import. Each file is parsed once.
 */

/** The files that a project can read. Paths are absolute, with forward slashes. */
export interface Files {
  readonly folder: string;
  readFile(path: string): string | undefined;
  fileExists(path: string): boolean;
  directoryExists(path: string): boolean;
  getDirectories(path: string): string[];
  realpath?(path: string): string;
  /** A text that changes when the file changes. */
  version(path: string): string;
  /** The folder of TypeScript's library files. */
  readonly libraryFolder: string;
  /** The file with the declarations of Node, used for `types: ["node"]`. */
  readonly typesFile: string | undefined;
  /** The text of a .d.ts file that declares further global names of the host. */
  readonly globals?: string;
  /**
   * A folder whose packages can be imported from anywhere: packages that are not found from the cells' folder are
   * looked for from here.
   */
  readonly fallbackFolder: string;
  /** A sentence that is added to the error about a package that is not found. */
  readonly importHint?: string;
}

/** What is known before the first cell: the contents of the startup snapshot. */
export interface Known {
  /** Source files that are parsed already, by path. */
  files: ReadonlyMap<string, ts.SourceFile>;
  /** The modules that these files import, by importKey(). */
  imports: ReadonlyMap<string, ts.ResolvedModuleWithFailedLookupLocations>;
}

export const NOTHING_KNOWN: Known = { files: new Map(), imports: new Map() };

/** The key of an import in Known: all files of a folder find the same module under one name. */
export function importKey(name: string, from: string): string {
  return `${from.slice(0, from.lastIndexOf("/"))}\n${name}`;
}

interface Made {
  file: ts.SourceFile;
  version: string;
}

const UNCHANGING = "1"; // the version of files that are read once in a session
const INSTALLED = /\/node_modules\/|\.d\.[mc]?ts$/;

export class Project {
  readonly cellFile: string;
  private readonly service: ts.LanguageService;
  private readonly virtual = new Map<string, { text: string; version: string }>();
  private readonly made = new Map<string, Made>();
  private readonly moduleHost: ts.ModuleResolutionHost;
  private readonly resolved: Map<string, ts.ResolvedModuleWithFailedLookupLocations>;
  private readonly globals: string[] = [];
  private roots: string[] = [];
  private edits = 0;
  /** While this is set, the language service creates a new program for each question. */
  private looksAgain = false;
  private tables: readonly SymbolTable[] = [];

  constructor(
    readonly compiler: Compiler,
    readonly options: ts.CompilerOptions,
    readonly files: Files,
    private readonly known: Known,
    private readonly token: ts.CancellationToken,
  ) {
    this.cellFile = this.path("__tslab__.ts");
    this.resolved = new Map(known.imports);
    for (const file of known.files.values()) Object.assign(file, { version: UNCHANGING });
    if (files.globals !== undefined) this.declareGlobals(files.globals);
    const host = this.host();
    this.moduleHost = host as ts.ModuleResolutionHost;
    this.service = compiler.createLanguageService(host, this.registry());
  }

  /** The path of a file in the cells' folder. */
  path(name: string): string {
    return `${this.files.folder}/${name}`;
  }

  /** Adds a file that exists only in memory to the project, or replaces its text. */
  write(path: string, text: string): void {
    if (this.virtual.get(path)?.text !== text) this.virtual.set(path, { text, version: `edit ${++this.edits}` });
  }

  /** Parses and binds a file. Later programs use the same parsed file. */
  parse(path: string): ts.SourceFile {
    const file = this.sourceFile(path, this.virtual.get(path)!);
    bind(this.compiler, file, this.options);
    return file;
  }

  /** The language service, with a program in which `text` is the cell and the names of `tables` are visible. */
  open(text: string, tables: readonly SymbolTable[], declarations: Iterable<string>): ts.LanguageService {
    this.tables = tables;
    this.write(this.cellFile, text);
    this.roots = [this.cellFile, ...this.globals, ...declarations];
    this.looksAgain = true;
    this.service.getProgram();
    this.looksAgain = false;
    return this.service;
  }

  private declareGlobals(text: string): void {
    const path = this.path("__globals__.d.ts");
    this.globals.push(path);
    this.write(path, text);
  }

  private host(): ts.LanguageServiceHost {
    const { files, compiler } = this;
    const host: ts.LanguageServiceHost = {
      getCompilationSettings: () => this.options,
      getScriptFileNames: () => this.roots,
      getScriptVersion: (path) => this.version(path),
      getScriptSnapshot: (path) => this.snapshot(path),
      getCurrentDirectory: () => files.folder,
      getDefaultLibFileName: (options) => `${files.libraryFolder}/${compiler.getDefaultLibFileName(options)}`,
      useCaseSensitiveFileNames: () => true,
      fileExists: (path) => this.virtual.has(path) || files.fileExists(path),
      readFile: (path) => this.virtual.get(path)?.text ?? files.readFile(path),
      directoryExists: (path) => files.directoryExists(path),
      getDirectories: (path) => files.getDirectories(path),
      realpath: (path) => (this.virtual.has(path) ? path : (files.realpath?.(path) ?? path)),
      getCancellationToken: () => this.token,
      resolveModuleNameLiterals: (literals, from) => literals.map(({ text }) => this.resolve(text, from)),
      resolveTypeReferenceDirectiveReferences: (references, from) =>
        references.map((reference) => this.resolveTypes(reference, from)),
    };
    // The package.json files are read only once.
    const packages = compiler.createModuleResolutionCache(files.folder, (path) => path, this.options);
    // An import that failed is resolved again in each program: the module may have been created since.
    return Object.assign(host, {
      getModuleResolutionCache: () => packages,
      hasInvalidatedResolutions: (path: string) => this.looksAgain && !INSTALLED.test(path),
    });
  }

  private version(path: string): string {
    const virtual = this.virtual.get(path);
    if (virtual) return virtual.version;
    return INSTALLED.test(path) ? UNCHANGING : this.files.version(path);
  }

  private snapshot(path: string): ts.IScriptSnapshot | undefined {
    const text = this.virtual.get(path)?.text ?? this.current(path)?.text ?? this.files.readFile(path);
    return text === undefined ? undefined : this.compiler.ScriptSnapshot.fromString(text);
  }

  /** The parsed file, if the file has not changed since. */
  private current(path: string): ts.SourceFile | undefined {
    const made = this.made.get(path);
    if (made) return made.version === this.version(path) ? made.file : undefined;
    return INSTALLED.test(path) ? this.known.files.get(path) : undefined;
  }

  private registry(): ts.DocumentRegistry {
    const serve = (path: string, snapshot: ts.IScriptSnapshot, version: string): ts.SourceFile =>
      this.current(path) ?? this.sourceFile(path, { text: snapshot.getText(0, snapshot.getLength()), version });
    return {
      acquireDocument: (path, _options, snapshot, version) => serve(path, snapshot, version),
      acquireDocumentWithKey: (path, _path, _options, _key, snapshot, version) => serve(path, snapshot, version),
      updateDocument: (path, _options, snapshot, version) => serve(path, snapshot, version),
      updateDocumentWithKey: (path, _path, _options, _key, snapshot, version) => serve(path, snapshot, version),
      getKeyForCompilationSettings: () => "cells" as never,
      releaseDocument() {},
      releaseDocumentWithKey() {},
      reportStats: () => "",
    };
  }

  private sourceFile(path: string, { text, version }: { text: string; version: string }): ts.SourceFile {
    const { compiler } = this;
    const file = compiler.createSourceFile(path, text, { languageVersion: targetOf(compiler) }, true);
    Object.assign(file, { version });
    this.made.set(path, { file, version });
    if (path === this.cellFile) this.showEarlierCells(file);
    return file;
  }

  // Binds first, because the binder resets the parent of a file.
  private showEarlierCells(file: ts.SourceFile): void {
    bind(this.compiler, file, this.options);
    setOuterScopes(this.compiler, file, this.tables);
  }

  /**
   * Imports inside packages, and the files that package names stand for, are resolved once in a session. All other
   * imports are resolved each time, because the user may have created a module since.
   */
  private resolve(name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations {
    const key = importKey(name, from);
    const before = this.resolved.get(key);
    if (before) return before;
    const found = this.lookUp(name, from);
    const isPackage = !/^[./]/.test(name) && INSTALLED.test(found.resolvedModule?.resolvedFileName ?? "");
    if (INSTALLED.test(from) || isPackage) this.resolved.set(key, found);
    return found;
  }

  private lookUp(name: string, from: string): ts.ResolvedModuleWithFailedLookupLocations {
    const found = this.compiler.resolveModuleName(name, from, this.options, this.moduleHost);
    if (found.resolvedModule || /^[./]/.test(name)) return found;
    return this.compiler.resolveModuleName(
      name,
      `${this.files.fallbackFolder}/index.ts`,
      this.options,
      this.moduleHost,
    );
  }

  private resolveTypes(
    reference: string | ts.FileReference,
    from: string,
  ): ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations {
    const name = typeof reference === "string" ? reference : reference.fileName;
    const { typesFile } = this.files;
    if (name === "node" && typesFile) {
      return {
        resolvedTypeReferenceDirective: { primary: true, resolvedFileName: typesFile },
      } as ts.ResolvedTypeReferenceDirectiveWithFailedLookupLocations;
    }
    return this.compiler.resolveTypeReferenceDirective(name, from, this.options, this.moduleHost);
  }
}
