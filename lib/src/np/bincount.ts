import { checkOptions, checkWhole, shapeText } from "../checks";
import { asArray } from "./asArray";
import { cast } from "./cast";
import { allocate, wrap } from "./ndarray";
import type { ArrayOrLists, NDArray } from "./ndarray";

/** How much each element of x counts, and the smallest length of the result. */
export interface BincountOptions {
  readonly weights?: ArrayOrLists;
  readonly minlength?: number;
}

/**
 * How often each whole number from 0 to the largest occurs in `x`, as `np.bincount`; or, with weights, the sum of the
 * weights of each number.
 * @param x - (n,), whole numbers from 0
 * @param options - `weights`: (n,), what each place counts instead of 1; `minlength`: how many numbers are counted at
 *   least, 0 by default
 * @returns (max(max(x) + 1, minlength),), int32, or float64 with weights
 * @remarks `x` may be float64, as long as its numbers are whole.
 * @throws RangeError for a value that is not a whole number from 0, more than one axis, or weights of another length
 * @example np.bincount([0, 1, 1, 3]); // array([1, 2, 0, 1])
 */
export function bincount(x: ArrayOrLists, options?: { minlength?: number }): NDArray<"int32">;
export function bincount(x: ArrayOrLists, options: BincountOptions): NDArray<"int32" | "float64">;
export function bincount(x: ArrayOrLists, options: BincountOptions = {}): NDArray<"int32" | "float64"> {
  checkOptions("bincount", options, ["weights", "minlength"]);
  const { weights, minlength = 0 } = options;
  checkWhole("bincount", "minlength", minlength, 0);
  const numbers = oneAxis("x", x);
  numbers.forEach((number) => checkWhole("bincount", "number", number, 0));
  const length = numbers.reduce((most, number) => Math.max(most, number + 1), minlength);
  const shares = weights === undefined ? undefined : oneAxis("weights", weights);
  if (shares !== undefined && numbers.length > 0 && shares.length !== numbers.length)
    throw new RangeError(`bincount: ${shares.length} weights: wanted ${numbers.length}, one for each number`);
  // like NumPy: without elements the result is int32 even with weights
  if (shares === undefined || numbers.length === 0) {
    const counts = allocate("bincount", "int32", length);
    for (const number of numbers) counts[number]++;
    return wrap("int32", counts, [length]);
  }
  const sums = allocate("bincount", "float64", length);
  numbers.forEach((number, i) => {
    sums[number] += shares[i];
  });
  return wrap("float64", sums, [length]);
}

function oneAxis(name: string, value: ArrayOrLists): Float64Array {
  const array = asArray("bincount", value, name);
  if (array.ndims !== 1) throw new RangeError(`bincount: ${name} of shape ${shapeText(array.shape)}: wanted one axis`);
  return cast("bincount", array, "float64").data;
}
