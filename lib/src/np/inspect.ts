import { shapeText } from "../checks";
import { jupyterDisplay } from "../display";
import { isNDArray, prototypes } from "./ndarray";
import type { NDArray } from "./ndarray";
import { repr, str } from "./print/text";
import type { Printable } from "./print/text";
import { Tuple } from "./tuple";

// Every way in which JavaScript makes text of an array or a tuple gives what Python writes.

/** The method by which `console.log` asks a value for its text, as Node and Deno have it. */
const inspect = Symbol.for("nodejs.util.inspect.custom");

/**
 * For the value itself `console.log` writes str, as Python's print does; for a value in a list or an object it writes
 * repr, as Python's lists do.
 */
function inspectText(this: Printable, depth: number | null, options: { depth?: number | null }): string {
  const alone = depth === null || depth === options.depth;
  return text(this, alone ? str : repr);
}

function bundle(this: Printable): Record<string, string> {
  return { "text/plain": text(this, repr) };
}

function toText(this: Printable): string {
  return text(this, str);
}

/** Templates, `+` and String ask for text; other operators and Math for a number, which an array is not. */
function primitive(this: Printable, hint: string): string {
  if (hint !== "number") return text(this, str);
  if (this instanceof Tuple) {
    throw new TypeError(`tuple: ${repr(this)} in arithmetic: wanted one of its items, as np.shape(x)[0]`);
  }
  const { dtype, shape } = this as NDArray;
  throw new TypeError(
    `ndarray: ${dtype} array of shape ${shapeText(shape)} in JavaScript's arithmetic or Math: wanted np's ` +
      "functions, as np.multiply(x, y), np.less(x, y), np.negative(x), np.exp(x), or np.at(x, 0) for an element",
  );
}

/** @stdlib's arrays of other dtypes keep @stdlib's own text. */
function text(value: Printable, write: (value: Printable) => string): string {
  if (isNDArray(value) || value instanceof Tuple) return write(value);
  return (value as object).toString();
}

function define(prototype: object, methods: Record<string | symbol, unknown>): void {
  for (const key of Reflect.ownKeys(methods)) {
    Object.defineProperty(prototype, key, { value: methods[key], configurable: true, writable: true });
  }
}

// on @stdlib's prototype too: an array made with @stdlib prints in the same way
for (const prototype of [prototypes.stdlib, Tuple.prototype]) {
  define(prototype, { [inspect]: inspectText, [jupyterDisplay]: bundle, [Symbol.toPrimitive]: primitive });
}
for (const prototype of [prototypes.own, Tuple.prototype]) define(prototype, { toString: toText });
