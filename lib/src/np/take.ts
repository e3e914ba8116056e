import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis, normalizeIndex } from "./axis";
import { cast } from "./cast";
import { copyOf } from "./create";
import { gather, pick } from "./fancy";
import type { FancyIndex } from "./fancy";
import type { DType, NDArray, NestedList } from "./ndarray";
import { reshaped, transpose } from "./shape";

/**
 * The parts of `x` at `indices` along one axis, or of all its elements in row-major order when no axis is given, as
 * `np.take`, in a fresh array of the same dtype.
 * @param x - an array, or nested lists
 * @param indices - a whole number, or an array or nested lists of those; below 0 from the back
 * @param options - `axis`: along which axis
 * @returns an array of its own: `indices` stands where the axis stood in the shape
 * @throws RangeError for an index past the end
 * @example np.take(np.array([[0, 0], [1, 1], [2, 2]]), [0, 2], { axis: 0 }); // array([[0., 0.], [2., 2.]])
 */
export function take<T extends DType>(x: NDArray<T>, indices: FancyIndex, options?: { axis?: number }): NDArray<T>;
export function take(x: NestedList, indices: FancyIndex, options?: { axis?: number }): NDArray;
export function take(from: NDArray | NestedList, indices: FancyIndex, options: { axis?: number } = {}): NDArray {
  checkOptions("take", options, ["axis"]);
  const { axis } = options;
  const x = asArray("take", from),
    places = asArray("take", indices);
  if (places.dtype === "bool") throw new TypeError("take: bool indices: wanted whole numbers (np.at takes masks)");
  if (axis === undefined) {
    const flat = reshaped("take", x, [x.length]);
    return gather("take", flat, pick("take", flat, [places]));
  }
  const along = normalizeAxis("take", axis, x.shape);
  if (along === 0) return gather("take", x, pick("take", x, [places]));
  // checked here too, where the axis still has its own name
  for (const place of cast("take", places, "float64").data) normalizeIndex("take", place, along, x.shape);
  const axes = x.shape.map((_, k) => k);
  const front = transpose(x, [along, ...axes.filter((k) => k !== along)]);
  const taken = gather("take", front, pick("take", front, [places]));
  // the axes of `places` came first; they belong where the axis was
  const order = taken.shape.map((_, k) => k);
  const own = order.splice(0, places.ndims);
  order.splice(along, 0, ...own);
  return copyOf("take", transpose(taken, order));
}
