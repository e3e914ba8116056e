import { shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeIndex } from "./axis";
import { broadcastStrides } from "./broadcast";
import { assign, cast } from "./cast";
import { gather, pick, scatter } from "./fancy";
import type { FancyIndex } from "./fancy";
import { checkArray, sizeOf, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";
import { view } from "./slice";

/**
 * An element as a number, or a fresh array of what index arrays and masks pick, as Python's `a[2, 1]` and `a[i, j]`.
 * @param x - an array
 * @param indices - a whole number for each axis; index arrays, broadcast to one shape; or a mask of the shape of `x`
 * @returns a number where all indices are numbers, else an array of its own
 * @remarks Numbers must name every axis (`np.slice` gives rows); slices and index arrays do not mix. Indices may be
 * float64, as long as they are whole.
 * @throws RangeError for an index past the end
 * @example np.at(np.array([[1, 2], [3, 4]]), 1, 0); // 3.0
 * @example np.at(np.array([[1, 2], [3, 4]]), [0, 1], [1, 0]); // array([2., 3.])
 * @example np.at(np.arange(4), np.greater(np.arange(4), 1)); // array([2, 3])
 */
export function at(x: NDArray, ...indices: number[]): number;
export function at<T extends DType>(x: NDArray<T>, ...indices: FancyIndex[]): NDArray<T>;
export function at(x: NDArray, ...indices: FancyIndex[]): number | NDArray {
  if (indices.every((index) => typeof index === "number")) return element(x, indices as number[]);
  checkArray("at", "x", x);
  return gather("at", x, pick("at", x, indices));
}

/**
 * Writes one value or an array's values, broadcast, into the part that the indices name, as Python's `a[i, j] = v`: a
 * float loses its fraction in an int32.
 * @param x - the array to write into
 * @param indices - for each axis a number, a slice as "start:stop:step" or an index array; or one mask
 * @param value - a number, or an array or nested lists that broadcast to the part
 * @remarks nan, inf and what is beyond 32 bits are refused in an int32. Slices and index arrays do not mix.
 * @throws RangeError for an index past the end, or values that do not broadcast to the part
 * @example np.set(a, [2, 1], 5); // a[2, 1] = 5
 * @example np.set(a, [":", 0], [1, 2, 3]); // a[:, 0] = [1, 2, 3]
 * @example np.set(x, [np.less(x, 0)], 0); // x[x < 0] = 0
 */
export function set(x: NDArray, indices: readonly (FancyIndex | string)[], value: Operand): void {
  checkArray("set", "x", x);
  if (!Array.isArray(indices)) throw new TypeError(`set: indices = ${shortly(indices)}: wanted a list of indices`);
  const plain = indices.filter((index) => typeof index === "number" || typeof index === "string");
  const source = asArray("set", value);
  if (plain.length === indices.length) {
    write(view("set", x, plain), source, x);
  } else if (indices.some((index) => typeof index === "string")) {
    throw new TypeError("set: slices and index arrays together: wanted one kind or the other");
  } else {
    const picked = pick("set", x, indices as FancyIndex[]);
    const part = [...picked.shape, ...picked.restShape];
    scatter(x, picked, cast("set", stretch(source, part), x.dtype).data);
  }
}

function element(x: NDArray, indices: readonly number[]): number {
  // the quickest look: an element is read in 40 ns
  if ((x as NDArray | null | undefined)?.strides === undefined) checkArray("at", "x", x);
  const shape = x.shape,
    strides = x.strides;
  if (indices.length !== shape.length) {
    throw new RangeError(`at: ${indices.length} indices for shape ${shapeText(shape)}: wanted ${shape.length}`);
  }
  let place = x.offset;
  for (let axis = 0; axis < shape.length; axis++)
    place += normalizeIndex("at", indices[axis], axis, shape) * strides[axis];
  return x.data[place];
}

function write(part: NDArray, source: NDArray, x: NDArray): void {
  // a part may be overwritten with another part of the same memory
  const safe = source.data.buffer === x.data.buffer ? cast("set", source, source.dtype) : source;
  assign("set", part, stretch(safe, part.shape).strides, safe);
}

/** Broadcast to the part; lengths of 1 that the part has no axes for are dropped. */
function stretch(source: NDArray, part: readonly number[]): NDArray {
  const spare = Math.max(0, source.ndims - part.length);
  const { shape, strides } = source;
  const trimmed = wrap(
    source.dtype,
    source.data,
    shape.slice(spare),
    strides.slice(spare, shape.length),
    source.offset,
  );
  const fits =
    sizeOf(shape.slice(0, spare)) === 1 &&
    trimmed.shape.every((length, axis) => length === 1 || length === part[axis + part.length - trimmed.ndims]);
  if (!fits) {
    throw new RangeError(
      `set: values of shape ${shapeText(shape)} into shape ${shapeText(part)}: wanted values that broadcast to it`,
    );
  }
  return wrap(source.dtype, source.data, part, broadcastStrides(trimmed, part), source.offset);
}
