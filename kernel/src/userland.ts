import { format, inspect } from "node:util";

/**
 * The kernel's calls into what cells have made. An interrupt may end the code of this file and what it calls, but no other
 * code of the kernel (see gate.ts): what stands here therefore leaves nothing half done. It relies on nothing of tslab.
 */

/** Calls a function of a cell. */
export function callUser<T>(work: () => T): T {
  return work();
}

export function formatValues(values: unknown[]): string {
  return format(...values);
}

export function inspectValue(value: unknown): string {
  return inspect(value);
}

/** Whether a value says by itself how a notebook shows it, as the library's arrays do. */
export function showsItself(value: unknown): boolean {
  return (
    typeof value === "object" && value !== null && Symbol.for("Jupyter.display") in value && inspect.custom in value
  );
}

/** Reads all of a value, through its getters and `toJSON` methods. Throws what they throw, and a TypeError for what JSON does not know. */
export function toJson(value: unknown): string {
  return JSON.stringify(value);
}

/** Waits until the number at `index` is another, or the time is over. */
export function waitFor(memory: Int32Array, index: number, value: number, milliseconds?: number): void {
  Atomics.wait(memory, index, value, milliseconds);
}
