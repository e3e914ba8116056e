import { shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeIndex } from "./axis";
import { broadcastStrides } from "./broadcast";
import { assign, cast } from "./cast";
import { isSlice, pick } from "./fancy";
import type { FancyIndex, Index } from "./fancy";
import { gather, scatter, shapeOf } from "./gather";
import { checkArray, isNDArray, sizeOf, wrap } from "./ndarray";
import type { DType, NDArray, ArrayOrLists, Nested, Operand } from "./ndarray";
import { sameShape } from "./out";
import { view } from "./slice";
import type { SliceIndex } from "./slice";
import { walk } from "./walk";

/**
 * An element as a number, or a fresh array of what index arrays and masks pick, as Python's `a[2, 1]` and `a[i, j]`.
 * @param x - an array, or nested lists
 * @param indices - a whole number for each axis; index arrays, broadcast to one shape; masks, each over as many axes as
 *   it has; and beside them "start:stop:step", "..." and `np.newaxis`
 * @returns a number (a boolean of a bool array) if all indices are numbers; a fresh array if one is an array; else a
 *   view
 * @remarks Numbers must name every axis (`np.slice` gives rows). Indices may be float64, as long as they are whole.
 * @throws RangeError for an index past the end, or a mask whose shape is not that of the axes it covers
 * @example np.at(np.array([[1, 2], [3, 4]]), 1, 0); // 3.0
 * @example np.at(np.array([[1, 2], [3, 4]]), [0, 1], [1, 0]); // array([2., 3.])
 * @example np.at(np.array([[1, 2], [3, 4]]), ":", [1, 0]); // array([[2., 1.], [4., 3.]])
 * @example np.at(np.arange(4), np.greater(np.arange(4), 1)); // array([2, 3])
 */
export function at(x: NDArray<"bool"> | Nested<boolean>, ...indices: number[]): boolean;
export function at(x: ArrayOrLists, ...indices: number[]): number;
export function at<T extends DType>(x: NDArray<T>, ...indices: Index[]): NDArray<T>;
export function at(x: ArrayOrLists, ...indices: Index[]): NDArray;
export function at(x: ArrayOrLists, ...indices: Index[]): number | boolean | NDArray {
  if (indices.every((index) => typeof index === "number")) return element(x, indices as number[]);
  const from = asArray("at", x);
  const basic = indices.every((index) => typeof index === "number" || isSlice(index));
  return basic ? view("at", from, indices as SliceIndex[]) : gather("at", from, pick("at", from, indices));
}

/**
 * Writes one value or an array's values, broadcast, into the part that the indices name, as Python's `a[i, j] = v`: a
 * float loses its fraction in an int32.
 * @param x - the array to write into
 * @param indices - a list of what `np.at` takes: numbers, slices as "start:stop:step", index arrays, masks
 * @param value - a number, or an array or nested lists that broadcast to the part
 * @remarks nan, inf and numbers beyond 32 bits are refused in an int32.
 * @throws RangeError for an index past the end, or values that do not broadcast to the part
 * @example np.set(a, [2, 1], 5); // a[2, 1] = 5
 * @example np.set(a, [":", 0], [1, 2, 3]); // a[:, 0] = [1, 2, 3]
 * @example np.set(x, [np.less(x, 0)], 0); // x[x < 0] = 0
 */
export function set(x: NDArray, indices: readonly Index[], value: Operand): void {
  checkArray("set", "x", x);
  if (!Array.isArray(indices)) throw new TypeError(`set: indices = ${shortly(indices)}: wanted a list of indices`);
  const given = indices as readonly Index[];
  if (x.dtype === "float64" && typeof value === "number") {
    if (given.length === x.ndims && given.every((index) => typeof index === "number")) {
      x.data[positionOf("set", x, given)] = value;
      return;
    }
    if (given.length === 1 && isMaskOf(given[0], x)) {
      setWhere(x as NDArray<"float64">, given[0] as NDArray<"bool">, value);
      return;
    }
  }
  const source = asArray("set", value, "value");
  if (given.every((index) => typeof index === "number" || isSlice(index))) {
    const part = view("set", x, given as SliceIndex[]);
    // like NumPy: leading axes of length 1 are dropped if the values are an array, but not if they are a list
    const most = part.ndims === 0 || !isNDArray(value) ? part.ndims : Infinity;
    checkAxes(source, most, part.shape);
    write(part, source, x);
  } else {
    const picked = pick("set", x, given);
    if (given.length === 1 && isWholeMask(given[0], x)) checkAxes(source, 1, shapeOf(picked));
    scatter("set", x, picked, stretch(source, shapeOf(picked)));
  }
}

/** The index in the memory of one element. The indices must be as many as the axes. */
function positionOf(caller: string, x: NDArray, indices: readonly number[]): number {
  const shape = x.shape,
    strides = x.strides;
  let position = x.offset;
  for (let axis = 0; axis < shape.length; axis++)
    position += normalizeIndex(caller, indices[axis], axis, shape) * strides[axis];
  return position;
}

/** Whether an index is a mask of the array's shape, in memory of its own. */
function isMaskOf(index: Index, x: NDArray): boolean {
  if (!isNDArray(index) || index.dtype !== "bool" || index.data.buffer === x.data.buffer) return false;
  return x.ndims > 0 && sameShape(index.shape, x.shape);
}

/** Writes one number wherever a mask is true, without making index arrays of the mask. */
function setWhere(x: NDArray<"float64">, mask: NDArray<"bool">, value: number): void {
  const to = x.data,
    flags = mask.data;
  walk(x.shape, [x.strides, mask.strides], [x.offset, mask.offset], (count, at, step) => {
    for (let i = 0, p = at[0], q = at[1]; i < count; i++, p += step[0], q += step[1]) if (flags[q] !== 0) to[p] = value;
  });
}

/** Whether an index is a mask over all axes of the array: with such a mask NumPy allows at most one axis of values. */
function isWholeMask(index: Index, x: NDArray): boolean {
  const mask = asArray("set", index as FancyIndex, "index");
  return mask.dtype === "bool" && mask.ndims === x.ndims && x.ndims > 0;
}

function checkAxes({ ndims, shape }: NDArray, most: number, part: readonly number[]): void {
  if (ndims <= most) return;
  throw new RangeError(
    `set: values of shape ${shapeText(shape)} into shape ${shapeText(part)}: ` +
      (most === 0 ? "wanted a single value" : `wanted at most ${most} ${most === 1 ? "axis" : "axes"}`),
  );
}

function element(given: ArrayOrLists, indices: readonly number[]): number | boolean {
  // the quickest check for an array: the whole read takes about 40 ns
  const x = (given as NDArray | null | undefined)?.strides === undefined ? asArray("at", given) : (given as NDArray);
  if (indices.length !== x.ndims) {
    throw new RangeError(`at: ${indices.length} indices for shape ${shapeText(x.shape)}: wanted ${x.ndims}`);
  }
  const value = x.data[positionOf("at", x, indices)];
  return x.dtype === "bool" ? value !== 0 : value;
}

function write(part: NDArray, source: NDArray, x: NDArray): void {
  // the values may be another part of the same memory: a copy is taken first
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
