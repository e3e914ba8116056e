import { checkOptions, checkWhole, got, shapeText } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { cast } from "./cast";
import { checkShape, copyOf } from "./create";
import { allocate, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, Operand } from "./ndarray";
import { reshaped } from "./shape";
import { take } from "./take";

/**
 * Each element several times, one after the other, as `np.repeat`.
 * @param x - an array, nested lists or a single value
 * @param repeats - how many times: a number, or one for each element along the axis
 * @param options - `axis`: along which axis; without it all elements in one row
 * @returns an array of its own, of the dtype of `x`
 * @throws RangeError for a count below 0, another number of counts than elements, or when there is no such axis
 * @example np.repeat([1, 2], 2); // array([1., 1., 2., 2.])
 * @example np.repeat([[1, 2]], 2, { axis: 0 }); // array([[1., 2.], [1., 2.]])
 */
export function repeat<T extends DType>(
  x: NDArray<T>,
  repeats: number | ArrayOrLists,
  options?: { axis?: number },
): NDArray<T>;
export function repeat(x: Operand, repeats: number | ArrayOrLists, options?: { axis?: number }): NDArray;
export function repeat(x: Operand, repeats: number | ArrayOrLists, options: { axis?: number } = {}): NDArray {
  checkOptions("repeat", options, ["axis"]);
  const array = asArray("repeat", x);
  const source = options.axis === undefined || array.ndims === 0 ? reshaped("repeat", array, [array.length]) : array;
  const axis = normalizeAxis("repeat", options.axis ?? 0, source.shape);
  return take(source, positions(source.shape[axis], repeats), { axis });
}

/** For each place of the result, the index of the element that it takes. */
function positions(length: number, repeats: number | ArrayOrLists): NDArray<"int32"> {
  const given = asArray("repeat", repeats, "repeats");
  const counts = cast("repeat", given, "float64").data;
  if (given.ndims > 1 || (counts.length !== 1 && counts.length !== length)) {
    throw new RangeError(`repeat: repeats of shape ${shapeText(given.shape)}: wanted a number or ${length} of them`);
  }
  counts.forEach((count) => checkWhole("repeat", "repeats", count, 0));
  const countOf = (i: number) => counts[counts.length === 1 ? 0 : i];
  let total = 0;
  for (let i = 0; i < length; i++) total += countOf(i);
  const found = allocate("repeat", "int32", total);
  for (let i = 0, start = 0; i < length; start += countOf(i++)) found.fill(i, start, start + countOf(i));
  return wrap("int32", found, [total]);
}

/**
 * The whole array several times beside and below itself, as `np.tile`.
 * @param x - an array, nested lists or a single value
 * @param reps - how many times along the last axis, or along each of the last axes
 * @returns an array of its own, of the dtype of `x`
 * @throws RangeError for a count below 0
 * @example np.tile([1, 2], 2); // array([1., 2., 1., 2.])
 * @example np.tile([1, 2], [2, 1]); // array([[1., 2.], [1., 2.]])
 */
export function tile<T extends DType>(x: NDArray<T>, reps: number | readonly number[]): NDArray<T>;
export function tile(x: Operand, reps: number | readonly number[]): NDArray;
export function tile(x: Operand, reps: number | readonly number[]): NDArray {
  const array = asArray("tile", x);
  if (typeof reps !== "number" && !Array.isArray(reps))
    throw new TypeError(`${got("tile", "reps", reps)}: wanted a number or a list of numbers`);
  const counts = checkShape("tile", reps, "reps");
  const lead = Math.max(array.ndims, counts.length);
  const times = leading(counts, lead, 1),
    lengths = leading(array.shape, lead, 1),
    steps = leading(array.strides.slice(0, array.ndims), lead, 0);
  const pairs = (first: (k: number) => number, second: readonly number[]) => second.flatMap((s, k) => [first(k), s]);
  const spread = wrap(
    array.dtype,
    array.data,
    pairs((k) => times[k], lengths),
    pairs(() => 0, steps),
    array.offset,
  );
  return reshaped(
    "tile",
    copyOf("tile", spread),
    lengths.map((length, k) => length * times[k]),
  );
}

function leading(values: readonly number[], count: number, fill: number): number[] {
  return [...new Array<number>(count - values.length).fill(fill), ...values];
}
