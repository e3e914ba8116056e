import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { reducedAxis } from "./axis";
import { pick } from "./fancy";
import type { FancyIndex } from "./fancy";
import { gather } from "./gather";
import { allocate, isRowMajor, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";
import { checkOut, checkOutKind, deliver } from "./out";
import { reshaped } from "./shape";

/**
 * The parts of `x` at `indices` along one axis, or of all its elements in row-major order when no axis is given, as
 * `np.take`, in a fresh array of the same dtype or in `out`.
 * @param x - an array, nested lists or a single value
 * @param indices - a whole number, or an array or nested lists of those; below 0 from the back
 * @param options - `axis`: along which axis; `out`: an array of the result's shape that receives the result
 * @returns a fresh array, or `out`; in its shape the axis is replaced by the shape of `indices`
 * @throws RangeError for an index past the end, or when `out` has another shape; TypeError when `out` cannot hold the
 *   result
 * @example np.take(np.array([[0, 0], [1, 1], [2, 2]]), [0, 2], { axis: 0 }); // array([[0., 0.], [2., 2.]])
 */
export function take<O extends NDArray>(x: Operand, indices: FancyIndex, options: { axis?: number; out: O }): O;
export function take<T extends DType>(x: NDArray<T>, indices: FancyIndex, options?: { axis?: number }): NDArray<T>;
export function take(x: Operand, indices: FancyIndex, options?: { axis?: number }): NDArray;
export function take(from: Operand, indices: FancyIndex, options: { axis?: number; out?: NDArray } = {}): NDArray {
  checkOptions("take", options, ["axis", "out"]);
  const out = checkOutKind("take", options.out);
  const given = asArray("take", from),
    positions = asArray("take", indices, "indices");
  if (positions.dtype === "bool") throw new TypeError("take: bool indices: wanted whole numbers (np.at takes masks)");
  const axis = options.axis === undefined ? undefined : reducedAxis("take", options.axis, given.shape);
  const x = axis === undefined ? reshaped("take", given, [given.length]) : given;
  const along = axis ?? 0;
  const before = x.shape.slice(0, along);
  const shape = [...before, ...positions.shape, ...x.shape.slice(along + 1)];
  if (out !== undefined) checkOut("take", x.dtype, shape, out, [given]);
  // like NumPy: if there are no rows, the indices are not checked
  if (before.includes(0)) return out ?? wrap(x.dtype, allocate("take", x.dtype, 0), shape);
  const picked = pick("take", x, [...before.map(() => ":"), positions]);
  if (out === undefined) return gather("take", x, picked);
  if (along > 0 || !isWhole(out, x)) return deliver("take", gather("take", x, picked), out, [given]);
  gather("take", x, picked, out.data);
  return out;
}

/** Whether the memory of `out` can receive elements of `x` one after the other while `x` is read. */
function isWhole(out: NDArray, x: NDArray): boolean {
  const { dtype, data, length } = out;
  return dtype === x.dtype && data.length === length && isRowMajor(out) && data.buffer !== x.data.buffer;
}
