import timers from "node:timers";
import timersPromises from "node:timers/promises";
import { promisify } from "node:util";
import { cellOfCode, KeyboardInterrupt, runAs, type Cell } from "../cells";

/**
 * The timers for cells. A callback belongs to the cell that set the timer. After an interrupt has ended that cell, its
 * callbacks are no longer called, so that a loop which waits for them ends too.
 */

type Callback = (...args: unknown[]) => void;
type Schedule = (callback: Callback, delay?: number, ...args: unknown[]) => NodeJS.Timeout;

/**
 * The number of immediates that a cell may still set after an interrupt has ended it: enough for code that cleans up,
 * but it ends a loop.
 */
const LAST_IMMEDIATES = 100;
const used = new WeakMap<Cell, number>();

export function installTimers(): void {
  const { setTimeout, setInterval, setImmediate } = timers;
  const promises = installPromises();
  const replaced = {
    setTimeout: like(setTimeout, bound(setTimeout as Schedule), promises.setTimeout),
    setInterval: like(setInterval, bound(setInterval as Schedule)),
    setImmediate: like(setImmediate, immediate(setImmediate), promises.setImmediate),
  };
  for (const holder of [globalThis, timers]) Object.assign(holder, replaced);
  const { queueMicrotask } = globalThis;
  const { nextTick } = process;
  Object.assign(globalThis, { queueMicrotask: (callback: Callback) => queueMicrotask(asCell(callback)) });
  process.nextTick = (callback: Callback, ...args: unknown[]) => nextTick(asCell(callback), ...args);
}

// Copies the properties of `original`, such as its name, and sets `promisify.custom`.
function like(original: object, replacement: object, promised?: object): object {
  const properties: PropertyDescriptorMap = Object.getOwnPropertyDescriptors(original);
  delete properties.prototype; // the replacement is no constructor
  if (promised) Object.assign(properties, { [promisify.custom]: { value: promised, enumerable: true } });
  return Object.defineProperties(replacement, properties);
}

function asCell(callback: Callback): Callback {
  const cell = cellOfCode();
  return cell && typeof callback === "function" ? (...args) => runAs(cell, () => callback(...args)) : callback;
}

function bound(schedule: Schedule): Schedule {
  return (callback, delay, ...args) => {
    const cell = cellOfCode();
    if (!cell || typeof callback !== "function") return schedule(callback, delay, ...args);
    return schedule(function (this: unknown) {
      if (cell.broken) timers.clearTimeout(this as NodeJS.Timeout);
      else runAs(cell, () => callback.apply(this, args));
    }, delay);
  };
}

/**
 * If the code of an immediate were terminated, Node would drop the immediates after it but still count them, so that
 * the event loop would never be idle; and Node's own code would fail if other immediates ran before. So the callback of
 * an immediate only queues its code as a microtask, which runs next, but outside Node's loop over the immediates.
 */
function immediate(schedule: typeof timers.setImmediate): (callback: Callback, ...args: unknown[]) => NodeJS.Immediate {
  const { queueMicrotask } = globalThis;
  return (callback, ...args) => {
    if (typeof callback !== "function") return schedule(callback);
    const cell = cellOfCode();
    const dropped = cell !== undefined && isDropped(cell);
    return schedule(() => dropped || queueMicrotask(() => runAs(cell, () => callback(...args))));
  };
}

function isDropped(cell: Cell): boolean {
  if (!cell.broken) return false;
  const count = (used.get(cell) ?? 0) + 1;
  used.set(cell, count);
  return count > LAST_IMMEDIATES;
}

const never = (): Promise<never> => new Promise(() => {});

// A wait that is going on during an interrupt rejects, so that `finally` runs. A wait that begins after it never ends.
function installPromises(): Pick<typeof timersPromises, "setTimeout" | "setImmediate"> {
  const { setTimeout, setImmediate, setInterval, scheduler } = timersPromises;
  const waiting = async <T>(wait: () => Promise<T>): Promise<T> => {
    const cell = cellOfCode();
    if (cell?.broken) return never();
    const value = await wait();
    if (cell?.broken) throw new KeyboardInterrupt();
    return value;
  };
  const turn = (...args: unknown[]): Promise<unknown> => {
    const cell = cellOfCode();
    return cell && isDropped(cell) ? never() : (setImmediate as (...given: unknown[]) => Promise<unknown>)(...args);
  };
  const replaced = {
    setTimeout: (...args: Parameters<typeof setTimeout>) => waiting(() => setTimeout(...args)),
    setImmediate: turn as typeof setImmediate,
    async *setInterval<T>(delay?: number, value?: T, options?: object): AsyncGenerator<T> {
      const cell = cellOfCode();
      for await (const each of setInterval(delay, value as T, options)) {
        if (cell?.broken) return;
        yield each;
      }
    },
  };
  const wait = scheduler.wait.bind(scheduler);
  scheduler.wait = (delay: number, options?: object) => waiting(() => wait(delay, options as never));
  Object.assign(timersPromises, replaced);
  return replaced as Pick<typeof timersPromises, "setTimeout" | "setImmediate">;
}
