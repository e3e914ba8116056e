import type ts from "typescript";
import { localsOf, type Compiler, type SymbolTable } from "./typescript";

/**
 * The names that earlier cells have declared. Each cell that declared something is kept as one file of declarations; a name
 * belongs to the newest file that declares it, separately as a value and as a type, as TypeScript keeps them apart.
 */
export class Scope {
  private readonly values: SymbolTable = new Map();
  private readonly types: SymbolTable = new Map();
  private readonly files = new Map<ts.Symbol, string>();

  constructor(private readonly compiler: Compiler) {}

  /** Where a name is looked up, the first table first. */
  get tables(): readonly SymbolTable[] {
    return [this.values, this.types];
  }

  /** The files whose declarations are still in use. */
  get liveFiles(): Set<string> {
    return this.filesOf([...this.values.keys(), ...this.types.keys()]);
  }

  /** The files that declare any of `names`. */
  filesOf(names: Iterable<string>): Set<string> {
    const found = new Set<string>();
    for (const name of names) {
      for (const table of this.tables) {
        const symbol = table.get(name);
        if (symbol) found.add(this.files.get(symbol)!);
      }
    }
    return found;
  }

  /** The file that declares `name`, if one does: as a value before as a type. */
  fileOf(name: string): string | undefined {
    const symbol = this.values.get(name) ?? this.types.get(name);
    return symbol && this.files.get(symbol);
  }

  /** The symbol of the value called `name`. */
  value(name: string): ts.Symbol | undefined {
    return this.values.get(name);
  }

  /** Takes over what a bound file of declarations declares, but for the values in `unset`. `kindOf` tells what an import stands for. */
  add(file: ts.SourceFile, unset: ReadonlySet<string>, kindOf: (name: string) => ts.SymbolFlags): void {
    const { SymbolFlags } = this.compiler;
    for (const [name, symbol] of localsOf(file)) {
      const flags = kindOf(name);
      if (unset.has(name)) continue;
      this.files.set(symbol, file.fileName);
      if (flags & SymbolFlags.Value) this.values.set(name, symbol);
      if (flags & SymbolFlags.Type || flags & SymbolFlags.Namespace) this.types.set(name, symbol);
    }
  }
}
