/**
 * The top-level variables of all cells. Each has a box of its own, from which every cell that uses the variable reads it
 * and into which it writes, whoever declared it: so a function of an earlier cell sees what a later one assigns, and a
 * declaration in a later cell counts like an assignment, as in a Python notebook.
 */

/** The value of one variable. It has no value before the first assignment. */
export interface Box {
  value?: unknown;
}

export class Variables {
  private readonly boxes = new Map<string, Box>();
  /** The value of the last expression of the cell that runs. */
  last: unknown;

  /** The box of the variable called `name`; compiled cells call this. */
  box(name: string): Box {
    let box = this.boxes.get(name);
    if (!box) this.boxes.set(name, (box = newBox()));
    return box;
  }

  /** Makes the value of a box that of `read`, each time it is looked at, until something is assigned. */
  follow(box: Box, read: () => unknown): void {
    const set = (value: unknown) => Object.defineProperty(box, "value", { value, writable: true, enumerable: true, configurable: true });
    Object.defineProperty(box, "value", { get: read, set, enumerable: true, configurable: true });
  }

  /** The values that `names` have now, of those that have one. */
  valuesOf(names: readonly string[]): Map<string, unknown> {
    const set = names.filter((name) => this.boxes.get(name)?.value !== undefined);
    return new Map(set.map((name) => [name, this.boxes.get(name)!.value]));
  }

  /** Hands over the value of the last expression. */
  takeLast(): unknown {
    const { last } = this;
    this.last = undefined;
    return last;
  }
}

// V8 learns for each class which kind of value its objects hold: a number in a box of its own class needs no memory
// for each assignment. For the same reason the box has no field before it has a value.
function newBox(): Box {
  return new (class implements Box {
    declare value?: unknown;
  })();
}
