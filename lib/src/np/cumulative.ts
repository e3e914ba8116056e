import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { asFloat64, cast } from "./cast";
import type { NDArray, Operand } from "./ndarray";
import { checkOutKind, deliver } from "./out";
import { rowsAlong } from "./rows";
import { reshaped } from "./shape";

/**
 * A running total or product: for each element, the result of all elements up to it, along `axis` or, if no axis is
 * named, over the whole array in row-major order.
 */
export interface Accumulation {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: along which axis, -1 is the last; all elements in one row where none is named; `out`: an
   *   array of the result's shape that receives it
   * @returns float64 of floats, else int32; of the shape of `x` with an axis, without one (size,)
   */
  <O extends NDArray>(x: Operand, options: { axis?: number; out: O }): O;
  (x: NDArray<"float64" | "float32">, options?: { axis?: number }): NDArray<"float64">;
  (x: Operand, options?: { axis?: number }): NDArray;
}

/**
 * The running total, as `np.cumsum`.
 * @throws RangeError when there is no such axis, or a sum of int32 does not fit
 * @example np.cumsum([1, 2, 3]); // array([1., 3., 6.])
 */
export const cumsum = accumulation("cumsum", (total, value) => total + value);
/**
 * The running product, as `np.cumprod`.
 * @throws RangeError when there is no such axis, or a product of int32 does not fit
 * @example np.cumprod([1, 2, 3]); // array([1., 2., 6.])
 */
export const cumprod = accumulation("cumprod", (total, value) => total * value);

function accumulation(caller: string, join: (total: number, value: number) => number): Accumulation {
  return ((operand: Operand, options: { axis?: number; out?: NDArray } = {}): NDArray => {
    checkOptions(caller, options, ["axis", "out"]);
    const x = asArray(caller, operand);
    const out = checkOutKind(caller, options.out);
    const axis = readAxis(caller, options.axis, x);
    const source = axis === undefined ? reshaped(caller, x, [x.length]) : x;
    const rows = rowsAlong(caller, asFloat64(source), axis ?? 0);
    for (let start = 0; start < rows.data.length; start += rows.length) {
      for (let i = start + 1; i < start + rows.length; i++) rows.data[i] = join(rows.data[i - 1], rows.data[i]);
    }
    const result = rows.array("float64", rows.data);
    const isFloat = x.dtype === "float64" || x.dtype === "float32";
    return deliver(caller, isFloat ? result : cast(caller, result, "int32"), out, [x]);
  }) as Accumulation;
}

/** A single value has no axis, but NumPy accepts axis 0 or -1 for it. */
function readAxis(caller: string, axis: number | undefined, x: NDArray): number | undefined {
  if (axis === undefined || (x.ndims === 0 && (axis === 0 || axis === -1))) return undefined;
  return normalizeAxis(caller, axis, x.shape);
}
