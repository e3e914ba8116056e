import type { Cell } from "./cell";
import { host, type PromiseHooks } from "./host";
import { callUser } from "./userland";

/**
 * Knows to which cell the running code belongs, also after an await and in a timer. Node's AsyncLocalStorage could do
 * this, but on Node 20 and 22 it makes a cell with many promises up to twelve times slower, and these hooks only two or
 * three times. Text from other callbacks, such as those of a socket, goes to the cell that runs at that time.
 */

let current: Cell | undefined;

/** The cell of the calling code; undefined for the kernel's own code, or if it is not known. */
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

/** To be called after code was terminated, because that code could not reset the current cell itself. */
export function leaveContext(): void {
  current = undefined;
}

/**
 * Calls cell code in the only microtask of a turn of the event loop, so that an interrupt ends this code and nothing
 * else.
 */
export function inTurnOfItsOwn(cell: Cell | undefined, work: () => void): void {
  const { setImmediate, queueMicrotask } = host().timers;
  setImmediate(() => queueMicrotask(() => runAs(cell, () => callUser(work))));
}

/** From now on each promise remembers the cell whose code created it. */
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

/** Stores the cell in a private field of the promise: invisible to other code, and faster than a WeakMap. */
class Stamp extends Itself {
  readonly #cell = current;

  static cellOf(promise: object): Cell | undefined {
    return #cell in promise ? promise.#cell : undefined;
  }
}
