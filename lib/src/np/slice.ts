import { shapeText, shortly } from "../checks";
import { normalizeIndex } from "./axis";
import { checkArray, wrap } from "./ndarray";
import type { DType, NDArray } from "./ndarray";

/** A whole number, which takes its axis away, or "start:stop:step" as within Python's brackets. */
export type SliceIndex = number | string;

/**
 * A view of part of an array, as Python's `a[i, start:stop:step]`; axes that are not named are taken whole.
 * @param x - an array
 * @param indices - for each axis a whole number, which takes the axis away, or "start:stop:step"; below 0 from the back
 * @returns a view: writing into it writes into `x`
 * @remarks No ellipsis and no new axis: `np.reshape` gives those.
 * @throws RangeError for an index past the end, a step of 0, or more indices than axes
 * @example np.slice(np.array([[1, 2], [3, 4]]), ":", 1); // array([2., 4.])
 * @example np.slice(np.arange(4), "::-1"); // array([3, 2, 1, 0])
 */
export function slice<T extends DType>(x: NDArray<T>, ...indices: SliceIndex[]): NDArray<T> {
  checkArray("slice", "x", x);
  return view("slice", x, indices);
}

/** The view that `indices` name; error messages begin with `caller`. */
export function view<T extends DType>(caller: string, x: NDArray<T>, indices: readonly SliceIndex[]): NDArray<T> {
  const from = x.shape,
    steps = x.strides;
  checkCount(caller, indices.length, from);
  const shape: number[] = [],
    strides: number[] = [];
  let offset = x.offset;
  for (let axis = 0; axis < from.length; axis++) {
    const index = axis < indices.length ? indices[axis] : ":";
    if (typeof index === "number") {
      offset += normalizeIndex(caller, index, axis, from) * steps[axis];
    } else {
      const { start, step, count } = parseSlice(caller, index, from[axis]);
      shape.push(count);
      strides.push(step * steps[axis]);
      // an empty part may start past the end, where no element stands
      if (count > 0) offset += start * steps[axis];
    }
  }
  return wrap(x.dtype, x.data, shape, strides, offset);
}

/** @throws RangeError when there are more indices than axes */
export function checkCount(caller: string, count: number, shape: readonly number[]): void {
  if (count <= shape.length) return;
  throw new RangeError(`${caller}: ${count} indices for shape ${shapeText(shape)}: wanted at most ${shape.length}`);
}

const PATTERN = /^\s*(-?\d+)?\s*:\s*(-?\d+)?\s*(?::\s*(-?\d+)?\s*)?$/;

/** Python's slice(start, stop, step).indices(length). */
function parseSlice(caller: string, text: string, length: number): { start: number; step: number; count: number } {
  const parts = typeof text === "string" ? PATTERN.exec(text) : null;
  if (parts === null)
    throw new TypeError(`${caller}: index ${shortly(text)}: wanted a whole number or "start:stop:step"`);
  const step = parts[3] === undefined ? 1 : Number(parts[3]);
  if (step === 0) throw new RangeError(`${caller}: index "${text}": wanted a step other than 0`);
  const low = step > 0 ? 0 : -1,
    high = step > 0 ? length : length - 1;
  const clip = (given: string | undefined, fallback: number) => {
    if (given === undefined) return fallback;
    const place = Number(given);
    return Math.min(Math.max(place < 0 ? place + length : place, low), high);
  };
  const start = clip(parts[1], step > 0 ? low : high);
  const stop = clip(parts[2], step > 0 ? high : low);
  return { start, step, count: Math.max(0, Math.ceil((stop - start) / step)) };
}
