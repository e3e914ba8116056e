import { host } from "./host";

/**
 * The kernel's calls into what cells have made. An interrupt may end the code of this file and what it calls, but no
 * other code of the kernel (see process/gate.ts): what stands here therefore leaves nothing half done. It relies on
 * nothing of tslab.
 */

/** Node's `util.inspect.custom`: the method by which a value says how `console.log` prints it. */
const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** Calls a function of a cell. */
export function callUser<T>(work: () => T): T {
  return work();
}

export function formatValues(values: unknown[]): string {
  return host().format(...values);
}

export function inspectValue(value: unknown): string {
  return host().inspect(value);
}

/** Whether a value says by itself how a notebook shows it, as the library's arrays do. */
export function showsItself(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.for("Jupyter.display") in value && INSPECT in value;
}

/**
 * Reads all of a value, through its getters and `toJSON` methods. Throws what they throw, and a TypeError for what JSON
 * does not know.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Waits until the number at `index` is another, or the time is over. */
export function waitFor(memory: Int32Array, index: number, value: number, milliseconds?: number): void {
  Atomics.wait(memory, index, value, milliseconds);
}
