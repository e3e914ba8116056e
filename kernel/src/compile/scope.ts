import type ts from "typescript";
import { exportSymbolOf, keyOf, localsOf, type Compiler, type SymbolTable } from "./typescript";

/**
 * The names that earlier cells have declared. Each cell that declared something is kept as one file of declarations; a
 * name belongs to the newest file that declares it, separately as a value and as a type, as TypeScript keeps them
 * apart.
 */
export class Scope {
  private readonly values: SymbolTable = new Map();
  private readonly types: SymbolTable = new Map();
  private readonly files = new Map<ts.Symbol, string>();
  private readonly global = new Set<ts.Symbol>();
  private readonly augmenting: string[] = [];

  constructor(private readonly compiler: Compiler) {}

  /** The tables in which a name is looked up, in this order. */
  get tables(): readonly SymbolTable[] {
    return [this.values, this.types];
  }

  /** The files that declare any of `names`, and those with `declare global` or `declare module`. */
  filesOf(names: Iterable<string>): Set<string> {
    const found = new Set(this.augmenting);
    for (const name of names) {
      for (const table of this.tables) {
        const symbol = table.get(keyOf(this.compiler, name));
        if (symbol) found.add(this.files.get(symbol)!);
      }
    }
    return found;
  }

  /** The file that declares `name` as a value, else the one that declares it as a type. */
  fileOf(name: string): string | undefined {
    const key = keyOf(this.compiler, name);
    const symbol = this.values.get(key) ?? this.types.get(key);
    return symbol && this.files.get(symbol);
  }

  /** The symbol of the value called `name`. */
  value(name: string): ts.Symbol | undefined {
    return this.values.get(keyOf(this.compiler, name));
  }

  /** Whether a cell has given `name` a value, and not only declared it with `declare`. */
  hasVariable(name: string): boolean {
    const symbol = this.value(name);
    return symbol !== undefined && !this.global.has(symbol);
  }

  /**
   * Adds the declarations of a bound file, except for the values in `unset`. `kindOf` returns what a name stands for,
   * `isGlobal` whether its value is a global one.
   */
  add(
    file: ts.SourceFile,
    unset: ReadonlySet<string>,
    kindOf: (name: string) => ts.SymbolFlags,
    isGlobal: (name: string) => boolean,
  ): void {
    const { compiler } = this;
    const { SymbolFlags } = compiler;
    for (const [name, local] of localsOf(compiler, file)) {
      const symbol = exportSymbolOf(local);
      const flags = kindOf(name);
      if (unset.has(name)) continue;
      const key = keyOf(compiler, name);
      this.files.set(symbol, file.fileName);
      if (isGlobal(name)) this.global.add(symbol);
      if (flags & SymbolFlags.Value) this.values.set(key, symbol);
      if (flags & SymbolFlags.Type || flags & SymbolFlags.Namespace) this.types.set(key, symbol);
    }
    // The newest first, because TypeScript uses the first of two declarations of the same name.
    if (augments(compiler, file)) this.augmenting.unshift(file.fileName);
  }
}

/** Whether a file has `declare global` or `declare module "name"`, which hold in every file. */
export function augments(compiler: Compiler, { statements }: ts.SourceFile): boolean {
  const { GlobalAugmentation } = compiler.NodeFlags;
  const modules = statements.filter(compiler.isModuleDeclaration);
  return modules.some(({ name, flags }) => compiler.isStringLiteral(name) || (flags & GlobalAugmentation) !== 0);
}
