import { host } from "./host";

/**
 * The kernel's calls of functions that cells have made. An interrupt may terminate the code of this file and what it
 * calls, but no other kernel code (see process/gate.ts). So the functions here must not change any state of the kernel.
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

/** Whether a value defines how a notebook and console.log show it, as the library's arrays do. */
export function showsItself(value: unknown): boolean {
  return typeof value === "object" && value !== null && Symbol.for("Jupyter.display") in value && INSPECT in value;
}

/**
 * Converts a value to JSON, calling its getters and `toJSON` methods. Throws what they throw, and a TypeError for
 * values that JSON cannot represent.
 */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Blocks until the number at `index` is no longer `value`, or the time is over. */
export function waitFor(memory: Int32Array, index: number, value: number, milliseconds?: number): void {
  Atomics.wait(memory, index, value, milliseconds);
}
