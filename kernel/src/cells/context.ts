import type { Cell } from "./cell";
import { host, type PromiseHooks } from "./host";
import { callUser } from "./userland";

/**
 * To which cell the code belongs that runs at this moment, after an await and in a timer too. Node's AsyncLocalStorage
 * tells the same, but makes a cell with many promises up to twelve times slower on Node 20 and 22, these hooks two or
 * three times. What other callbacks print, such as those of a socket, goes to the cell that runs. It relies on nothing
 * of tslab.
 */

let current: Cell | undefined;

/** The cell that the calling code belongs to; undefined for the kernel's own code and where it is not known. */
export function cellOfCode(): Cell | undefined {
  return current;
}

/** Calls `work` as code of the cell. */
export function runAs<T>(cell: Cell | undefined, work: () => T): T {
  const before = current;
  current = cell;
  try {
    return work();
  } finally {
    current = before;
  }
}

/** For where code was terminated, which could not leave its context itself. */
export function leaveContext(): void {
  current = undefined;
}

/** Calls cell code where an interrupt may end it and nothing else with it: in a microtask, the only one of its turn. */
export function inTurnOfItsOwn(cell: Cell | undefined, work: () => void): void {
  const { setImmediate, queueMicrotask } = host().timers;
  setImmediate(() => queueMicrotask(() => runAs(cell, () => callUser(work))));
}

/** From now on promises remember the cell whose code has made them. */
export function installContext(promiseHooks: PromiseHooks): void {
  promiseHooks.onInit((promise) => void new Stamp(promise));
  promiseHooks.onBefore((promise) => (current = Stamp.cellOf(promise)));
  promiseHooks.onAfter(() => (current = undefined));
}

class Itself {
  constructor(promise: object) {
    return promise;
  }
}

/** A private field on the promise itself: nobody sees it, and it is faster than a WeakMap. */
class Stamp extends Itself {
  readonly #cell = current;

  static cellOf(promise: object): Cell | undefined {
    return #cell in promise ? promise.#cell : undefined;
  }
}
