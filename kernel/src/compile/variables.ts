/**
 * The top-level variables of all cells. Each has a box of its own, from which every cell that uses the variable reads
 * it and into which it writes, whoever declared it: so a function of an earlier cell sees what a later one assigns, and
 * a declaration in a later cell counts like an assignment, as in a Python notebook.
 */

/** The value of one variable. Before the first assignment reading it throws, as of a `let` before its declaration. */
export interface Box {
  value?: unknown;
}

export class Variables {
  private readonly boxes = new Map<string, Box>();
  /** Those that can be read although they have no value yet. */
  private readonly readable = new Set<Box>();
  /** Those of them whose declaration has run. */
  private readonly declared = new Set<Box>();
  /** The value of the last expression of the cell that runs. */
  last: unknown;

  /** The box of the variable called `name`; compiled cells call this. */
  box(name: string): Box {
    let box = this.boxes.get(name);
    if (!box) this.boxes.set(name, (box = this.newBox(name)));
    return box;
  }

  /** A `var`, which can be read before its declaration; compiled cells call this at their start. */
  hoist(box: Box): void {
    this.readable.add(box);
  }

  /** A declaration without a value. A box that has none yet stays so: V8 learns its kind from the first value. */
  clear(box: Box): void {
    if (Object.hasOwn(box, "value")) box.value = undefined;
    else this.declared.add(box);
    this.readable.add(box);
  }

  /** Makes the value of a box that of `read`, each time it is looked at, until something is assigned. */
  follow(box: Box, read: () => unknown): void {
    const set = (value: unknown) =>
      Object.defineProperty(box, "value", { value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(box, "value", { get: read, set, enumerable: true, configurable: true });
  }

  /** The values that `names` have now, of those that have one. */
  valuesOf(names: readonly string[]): Map<string, unknown> {
    const set = names.filter((name) => this.isSet(this.boxes.get(name)));
    return new Map(set.map((name) => [name, this.boxes.get(name)!.value]));
  }

  /** Those of `names` that nothing has been assigned to since `valuesOf` gave `before`. */
  unsetOf(names: readonly string[], before: ReadonlyMap<string, unknown>): string[] {
    const now = this.valuesOf(names);
    return names.filter((name) => now.has(name) === before.has(name) && now.get(name) === before.get(name));
  }

  /** Hands over the value of the last expression. */
  takeLast(): unknown {
    const { last } = this;
    this.last = undefined;
    return last;
  }

  private isSet(box: Box | undefined): boolean {
    return box !== undefined && (Object.hasOwn(box, "value") || this.declared.has(box));
  }

  // V8 learns for each class which kind of value its objects hold: a number in a box of its own class needs no memory
  // for each assignment. For the same reason the box has no field before it has a value: until then its class answers.
  private newBox(name: string): Box {
    const { readable } = this;
    class Named implements Box {
      declare value?: unknown;
    }
    Object.defineProperty(Named.prototype, "value", {
      get(this: Box) {
        if (!readable.has(this)) throw new ReferenceError(`Cannot access '${name}' before initialization`);
      },
      set(this: Box, value: unknown) {
        Object.defineProperty(this, "value", { value, writable: true, enumerable: true, configurable: true });
      },
    });
    return new Named();
  }
}
