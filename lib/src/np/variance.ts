import { checkFinite } from "../checks";
import { asArray } from "./asArray";
import { apply2 } from "./elementwise";
import { inOrderOf } from "./layout";
import * as loops from "./loops";
import type { NDArray, Operand } from "./ndarray";
import { deliver } from "./out";
import { meansAlong, SUM } from "./reduce";
import { planAxes, reduceAlong } from "./reduction";
import type { AxisOptions } from "./signatures";

/** The spread of all elements a number; along `axis` an array of float64. */
export interface Spread {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1;
   *   `ddof`: what is taken off the number of elements before dividing by it, 0 by default; `out`: an array of the
   *   result's shape that receives it
   * @returns a number where the options name neither axis, keepdims nor out, else a float64 array
   */
  (x: Operand, options?: { ddof?: number }): number;
  <O extends NDArray>(x: Operand, options: AxisOptions & { ddof?: number; out: O }): O;
  (x: Operand, options: AxisOptions & { ddof?: number }): NDArray<"float64">;
}

type SpreadOptions = AxisOptions & { readonly ddof?: number };

/**
 * The variance, the mean of the squared distances from the mean, as `np.var`: sum((x - mean)^2) / (n - ddof).
 * @remarks An empty array is refused, where NumPy warns and gives nan. Along several axes of a view, and
 * with `out`, the last bits may differ.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.var([1, 2, 3, 4]); // 1.25
 */
export const variance = ((x: Operand, options?: SpreadOptions) => spread("var", x, options, (v) => v)) as Spread;
/**
 * The standard deviation, the square root of the variance, as `np.std`: sqrt(sum((x - mean)^2) / (n - ddof)).
 * @remarks An empty array is refused, where NumPy warns and gives nan. Along several axes of a view, and
 * with `out`, the last bits may differ.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.std([[1, 2], [3, 6]], { axis: 1 }); // array([0.5, 1.5])
 */
export const std = ((x: Operand, options?: SpreadOptions) => spread("std", x, options, Math.sqrt)) as Spread;

const NAMES = ["axis", "keepdims", "ddof", "out"];

function spread(
  caller: string,
  operand: Operand,
  options: SpreadOptions | undefined,
  finish: (variance: number) => number,
): number | NDArray {
  const x = asArray(caller, operand);
  planAxes(caller, x.shape, options, NAMES);
  const { axis, keepdims, ddof = 0, out } = options ?? {};
  checkFinite(caller, "ddof", ddof);
  const means = meansAlong(caller, x, { axis, keepdims: true });
  const squares = inOrderOf(caller, [x]);
  apply2(caller, loops.subtract, () => "float64", x, means, squares);
  for (let i = 0; i < squares.data.length; i++) squares.data[i] *= squares.data[i];
  const totals = reduceAlong(caller, SUM, squares, { axis, keepdims });
  const count = Math.max(x.length / totals.length - ddof, 0);
  for (let i = 0; i < totals.data.length; i++) totals.data[i] = finish(totals.data[i] / count);
  return isWhole(options) ? totals.data[0] : deliver(caller, totals, out, [x]);
}

/** Whether the options leave the shape of the result to be that of a single value. */
export function isWhole(options: AxisOptions | undefined): boolean {
  return options === undefined || !("axis" in options || "keepdims" in options || "out" in options);
}
