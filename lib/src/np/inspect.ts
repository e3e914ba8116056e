import ndarrayConstructor from "@stdlib/ndarray/base/ctor";
import { jupyterDisplay } from "../display";
import { BUFFERS, isNDArray } from "./ndarray";
import { repr, str } from "./print/text";
import type { Printable } from "./print/text";
import { Tuple } from "./tuple";

/** The method by which `console.log` asks a value for its text, as Node and Deno have it. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/** On its own `console.log` writes str, as Python's print does; within a list or object repr, as Python's lists do. */
function inspectText(this: Printable, depth: number | null, options: { depth?: number | null }): string {
  const alone = depth === null || depth === options.depth;
  return text(this, alone ? str : repr);
}

function bundle(this: Printable): Record<string, string> {
  return { "text/plain": text(this, repr) };
}

/** @stdlib's arrays of other dtypes go on as they were. */
function text(value: Printable, write: (value: Printable) => string): string {
  return isNDArray(value) && !(value.dtype in BUFFERS) ? String(value) : write(value);
}

for (const prototype of [ndarrayConstructor.prototype as object, Tuple.prototype]) {
  Object.defineProperty(prototype, inspect, { value: inspectText, configurable: true, writable: true });
  Object.defineProperty(prototype, jupyterDisplay, { value: bundle, configurable: true, writable: true });
}
