import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { allocate } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, NestedList } from "./ndarray";
import { rowsAlong } from "./rows";
import { reshaped } from "./shape";

/**
 * A copy with the values in ascending order along one axis, nan last, as `np.sort`.
 * @param x - an array, or nested lists
 * @param options - `axis`: along which axis, the last by default
 * @returns an array of the shape and dtype of `x`
 * @remarks No `kind`, and no `axis=None`: sort `np.ravel(x)`.
 * @throws RangeError when there is no such axis
 * @example np.sort([3, 1, 2]); // array([1., 2., 3.])
 */
export function sort<T extends DType>(x: NDArray<T>, options?: { axis?: number }): NDArray<T>;
export function sort(x: NestedList, options?: { axis?: number }): NDArray;
export function sort(x: ArrayOrLists, options: { axis?: number } = {}): NDArray {
  const array = asArray("sort", x);
  const rows = rowsAlong("sort", array, readAxis("sort", array, options));
  for (let i = 0; i < rows.count; i++) rows.data.subarray(i * rows.length, (i + 1) * rows.length).sort();
  return rows.array(array.dtype, rows.data);
}

/**
 * The places that put the values into ascending order along one axis, nan last, as `np.argsort`.
 * @param x - an array, or nested lists
 * @param options - `axis`: along which axis, the last by default
 * @returns an int32 array of the shape of `x`
 * @remarks Equal values keep their order, as with NumPy's `kind="stable"`. No `axis=None`: use `np.ravel(x)`.
 * @throws RangeError when there is no such axis
 * @example np.argsort([30, 10, 20]); // array([1, 2, 0])
 */
export function argsort(x: ArrayOrLists, options: { axis?: number } = {}): NDArray<"int32"> {
  const given = asArray("argsort", x);
  // unlike sort, NumPy's argsort takes a single value, for an axis of length 1
  const array = given.ndims === 0 ? reshaped("argsort", given, [1]) : given;
  const rows = rowsAlong("argsort", array, readAxis("argsort", array, options));
  const positions = allocate("argsort", "int32", rows.data.length);
  for (let i = 0; i < rows.count; i++) {
    const row = positions.subarray(i * rows.length, (i + 1) * rows.length);
    orderOf(rows.data.subarray(i * rows.length, (i + 1) * rows.length), row);
  }
  return rows.array("int32", positions);
}

/** Fills `positions` with the indices that sort the values (see argsort): equal ones keep their order, nan last. */
export function orderOf(values: NDArray["data"], positions: Int32Array): void {
  for (let i = 0; i < positions.length; i++) positions[i] = i;
  positions.sort((i, j) => {
    const a = values[i],
      b = values[j];
    if (a < b) return -1;
    if (a > b) return 1;
    return a === b ? 0 : Number(a !== a) - Number(b !== b);
  });
}

function readAxis(caller: string, x: NDArray, options: { axis?: number }): number {
  checkOptions(caller, options, ["axis"]);
  const { axis = -1 } = options;
  return normalizeAxis(caller, axis, x.shape);
}
