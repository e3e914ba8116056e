/**
 * The top-level variables of all cells. Each variable has a box, and all cells read and write the variable there,
 * whichever cell declared it. So a function of an earlier cell sees what a later cell assigns, and a declaration in a
 * later cell works like an assignment, as in a Python notebook.
 */

/**
 * Holds the value of one variable. Reading it before the first assignment throws, as for a `let` before its
 * declaration.
 */
export interface Box {
  value?: unknown;
}

export class Variables {
  private readonly boxes = new Map<string, Box>();
  /** The boxes that can be read although they have no value yet. */
  private readonly readable = new Set<Box>();
  /** Of these, the boxes whose declaration has run. */
  private readonly declared = new Set<Box>();
  /** The value of the last expression of the cell that runs. */
  last: unknown;

  /** The box of the variable called `name`; compiled cells call this. */
  box(name: string): Box {
    let box = this.boxes.get(name);
    if (!box) this.boxes.set(name, (box = this.newBox(name)));
    return box;
  }

  /** Makes a `var` readable before its declaration; compiled cells call this at their start. */
  hoist(box: Box): void {
    this.readable.add(box);
  }

  /**
   * Runs a declaration without a value. A box that has no value yet gets none, so that V8 learns the kind of the box
   * from its first real value.
   */
  clear(box: Box): void {
    if (Object.hasOwn(box, "value")) box.value = undefined;
    else this.declared.add(box);
    this.readable.add(box);
  }

  /** Makes the box return the result of `read` each time it is read, until something is assigned to it. */
  follow(box: Box, read: () => unknown): void {
    const set = (value: unknown) =>
      Object.defineProperty(box, "value", { value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(box, "value", { get: read, set, enumerable: true, configurable: true });
  }

  /** The current values of `names`, for those that have one. */
  valuesOf(names: readonly string[]): Map<string, unknown> {
    const set = names.filter((name) => this.isSet(this.boxes.get(name)));
    return new Map(set.map((name) => [name, this.boxes.get(name)!.value]));
  }

  /** The `names` to which nothing was assigned since `valuesOf` returned `before`. */
  unsetOf(names: readonly string[], before: ReadonlyMap<string, unknown>): string[] {
    const now = this.valuesOf(names);
    return names.filter((name) => now.has(name) === before.has(name) && now.get(name) === before.get(name));
  }

  /** Returns the value of the last expression and forgets it. */
  takeLast(): unknown {
    const { last } = this;
    this.last = undefined;
    return last;
  }

  private isSet(box: Box | undefined): boolean {
    return box !== undefined && (Object.hasOwn(box, "value") || this.declared.has(box));
  }

  // Each box has a class of its own, because V8 learns for each class which kind of value its fields hold: assigning a
  // number then allocates no memory. For the same reason the field does not exist before the first value; until then
  // the accessors of the class are used.
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
