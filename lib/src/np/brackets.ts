import { shapeText } from "../checks";
import { isNDArray, prototypes } from "./ndarray";
import type { NDArray } from "./ndarray";

// JavaScript's brackets do not read an element: `x[0]` would be undefined, and `x[0] = 5` would write nothing. Getters
// and setters on the prototype say so. A Proxy would catch any index, but making a small array would take 70 times as
// long.

/** The range of indices that are caught: from 0 up, and Python's -1, -2 ... for the last elements. */
const FROM_FRONT = 1000,
  FROM_BACK = 10;

function describe({ dtype, shape }: NDArray): string {
  return `${dtype === "int32" ? "an" : "a"} ${dtype} array of shape ${shapeText(shape)}`;
}

for (let i = -FROM_BACK; i < FROM_FRONT; i++) {
  Object.defineProperty(prototypes.own, String(i), {
    configurable: true,
    get(this: unknown): void {
      // a debugger that reads the prototype itself does not ask for an element
      if (!isNDArray(this)) return;
      throw new TypeError(
        `ndarray: x[${i}] of ${describe(this)}: ` +
          `wanted np.at(x, ${this.ndims > 1 ? `${i}, ...` : i}) for an element or np.slice(x, ${i}) for a part`,
      );
    },
    set(this: unknown): void {
      if (!isNDArray(this)) return;
      throw new TypeError(`ndarray: x[${i}] = ... of ${describe(this)}: wanted np.set(x, [${i}], value)`);
    },
  });
}
