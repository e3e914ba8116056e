import { shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeIndex } from "./axis";
import { wrap } from "./ndarray";
import type { DType, NDArray, ArrayOrLists } from "./ndarray";

/**
 * A new axis of length 1 among the indices of `np.slice`, `np.at` and `np.set`, as `np.newaxis`: it is null, as NumPy's
 * is None.
 */
export const newaxis = null;

/**
 * A whole number, which removes its axis; "start:stop:step" as within Python's brackets; "..." for all axes without an
 * index; or `np.newaxis`.
 */
export type SliceIndex = number | string | null;

/**
 * A view of part of an array, as Python's `a[i, start:stop:step]`; axes that are not named are taken whole.
 * @param x - an array, or nested lists
 * @param indices - for each axis a whole number, which removes the axis, or "start:stop:step"; negative numbers
 *   count from the end; "..." once for the axes between; `np.newaxis` for a new axis of length 1
 * @returns a view: writing into it writes into `x`
 * @throws RangeError for an index past the end, a step of 0, or more indices than axes
 * @example np.slice(np.array([[1, 2], [3, 4]]), ":", 1); // array([2., 4.])
 * @example np.slice(np.arange(4), "::-1"); // array([3, 2, 1, 0])
 * @example np.slice(np.arange(2), ":", np.newaxis); // array([[0], [1]])
 */
export function slice<T extends DType>(x: NDArray<T>, ...indices: SliceIndex[]): NDArray<T>;
export function slice(x: ArrayOrLists, ...indices: SliceIndex[]): NDArray;
export function slice(x: ArrayOrLists, ...indices: SliceIndex[]): NDArray {
  return view("slice", asArray("slice", x), indices);
}

/** The view that `indices` name; error messages begin with `caller`. */
export function view<T extends DType>(caller: string, x: NDArray<T>, indices: readonly SliceIndex[]): NDArray<T> {
  const from = x.shape,
    steps = x.strides;
  const given = expanded(caller, from, indices, axesOfSlice);
  const shape: number[] = [],
    strides: number[] = [];
  let offset = x.offset,
    axis = 0;
  for (const index of given) {
    if (index === null) {
      shape.push(1);
      strides.push(0);
    } else if (typeof index === "number") {
      offset += normalizeIndex(caller, index, axis, from) * steps[axis];
      axis++;
    } else {
      const { start, step, count } = parseSlice(caller, index, from[axis]);
      shape.push(count);
      strides.push(step * steps[axis]);
      // an empty part may start past the end, where there is no element
      if (count > 0) offset += start * steps[axis];
      axis++;
    }
  }
  return wrap(x.dtype, x.data, shape, strides, offset);
}

/** How many axes an index covers. */
function axesOfSlice(index: SliceIndex): number {
  return index === null ? 0 : 1;
}

/**
 * The indices, with ":" added for every axis that has no index: in place of "...", or at the end.
 * @throws RangeError when there are more indices than axes, or more than one "..."
 */
export function expanded<Index>(
  caller: string,
  shape: readonly number[],
  indices: readonly Index[],
  axesOf: (index: Index) => number,
): readonly (Index | ":")[] {
  let named = 0,
    dots = -1;
  for (let k = 0; k < indices.length; k++) {
    const index: unknown = indices[k];
    if (index !== "...") named += axesOf(indices[k]);
    else if (dots < 0) dots = k;
    else throw new RangeError(`${caller}: "..." twice among the indices: wanted it once`);
  }
  if (named > shape.length) {
    throw new RangeError(`${caller}: ${named} indices for shape ${shapeText(shape)}: wanted at most ${shape.length}`);
  }
  if (dots < 0 && named === shape.length) return indices;
  const whole = new Array<":">(shape.length - named).fill(":");
  return dots < 0 ? [...indices, ...whole] : [...indices.slice(0, dots), ...whole, ...indices.slice(dots + 1)];
}

const PATTERN = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?$/;

/** Python's slice(start, stop, step).indices(length). */
export function parseSlice(
  caller: string,
  text: string,
  length: number,
): { start: number; step: number; count: number } {
  const parts = typeof text === "string" ? PATTERN.exec(text) : null;
  if (parts === null)
    throw new TypeError(
      `${caller}: index ${shortly(text)}: wanted a whole number, "start:stop:step", "..." or np.newaxis`,
    );
  const step = parts[3] === undefined ? 1 : Number(parts[3]);
  if (step === 0) throw new RangeError(`${caller}: index "${text}": wanted a step other than 0`);
  const low = step > 0 ? 0 : -1,
    high = step > 0 ? length : length - 1;
  const clip = (given: string | undefined, fallback: number) => {
    if (given === undefined) return fallback;
    const position = Number(given);
    return Math.min(Math.max(position < 0 ? position + length : position, low), high);
  };
  const start = clip(parts[1], step > 0 ? low : high);
  const stop = clip(parts[2], step > 0 ? high : low);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}
