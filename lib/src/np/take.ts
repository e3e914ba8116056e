import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { pick } from "./fancy";
import type { FancyIndex } from "./fancy";
import { gather } from "./gather";
import { allocate, wrap } from "./ndarray";
import type { DType, NDArray, ArrayOrLists } from "./ndarray";
import { reshaped } from "./shape";

/**
 * The parts of `x` at `indices` along one axis, or of all its elements in row-major order when no axis is given, as
 * `np.take`, in a fresh array of the same dtype.
 * @param x - an array, or nested lists
 * @param indices - a whole number, or an array or nested lists of those; below 0 from the back
 * @param options - `axis`: along which axis
 * @returns a fresh array; in its shape the axis is replaced by the shape of `indices`
 * @throws RangeError for an index past the end
 * @example np.take(np.array([[0, 0], [1, 1], [2, 2]]), [0, 2], { axis: 0 }); // array([[0., 0.], [2., 2.]])
 */
export function take<T extends DType>(x: NDArray<T>, indices: FancyIndex, options?: { axis?: number }): NDArray<T>;
export function take(x: ArrayOrLists, indices: FancyIndex, options?: { axis?: number }): NDArray;
export function take(from: ArrayOrLists, indices: FancyIndex, options: { axis?: number } = {}): NDArray {
  checkOptions("take", options, ["axis"]);
  const { axis } = options;
  const x = asArray("take", from),
    positions = asArray("take", indices, "indices");
  if (positions.dtype === "bool") throw new TypeError("take: bool indices: wanted whole numbers (np.at takes masks)");
  if (axis === undefined) {
    const flat = reshaped("take", x, [x.length]);
    return gather("take", flat, pick("take", flat, [positions]));
  }
  const along = normalizeAxis("take", axis, x.shape);
  const before = x.shape.slice(0, along);
  // like NumPy: if there are no rows, the indices are not checked
  if (before.includes(0)) {
    const lengths = [...before, ...positions.shape, ...x.shape.slice(along + 1)];
    return wrap(x.dtype, allocate("take", x.dtype, 0), lengths);
  }
  return gather("take", x, pick("take", x, [...before.map(() => ":"), positions]));
}
