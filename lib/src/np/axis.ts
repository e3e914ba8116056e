import { shapeText, shortly } from "../checks";
import type { NDArray } from "./ndarray";

/** An axis counted from the front, negative ones from the back. @throws RangeError when there is no such axis */
export function normalizeAxis(caller: string, axis: number, shape: readonly number[]): number {
  if (Number.isInteger(axis)) {
    const front = axis < 0 ? axis + shape.length : axis;
    if (front >= 0 && front < shape.length) return front;
  }
  const wanted =
    shape.length === 0 ? "an array with axes" : `a whole number from ${-shape.length} to ${shape.length - 1}`;
  throw new RangeError(`${caller}: axis ${shortly(axis)} of shape ${shapeText(shape)}: wanted ${wanted}`);
}

/**
 * As normalizeAxis, but undefined for axis 0 or -1 of a 0-d array, which NumPy allows as if no axis were named.
 */
export function reducedAxis(caller: string, axis: number, shape: readonly number[]): number | undefined {
  return shape.length === 0 && (axis === 0 || axis === -1) ? undefined : normalizeAxis(caller, axis, shape);
}

/** An index counted from the front, negative ones from the back. @throws RangeError past the axis's ends */
export function normalizeIndex(caller: string, index: number, axis: number, shape: readonly number[]): number {
  const length = shape[axis];
  if (Number.isInteger(index)) {
    const front = index < 0 ? index + length : index;
    if (front >= 0 && front < length) return front;
  }
  const wanted = length === 0 ? "an axis with elements" : `a whole number from ${-length} to ${length - 1}`;
  throw new RangeError(
    `${caller}: index ${shortly(index)} on axis ${axis} of shape ${shapeText(shape)}: wanted ${wanted}`,
  );
}

/** @throws RangeError if there are no elements to choose from */
export function checkSome(caller: string, count: number, x: NDArray): void {
  if (count > 0) return;
  throw new RangeError(`${caller}: an array of shape ${shapeText(x.shape)}: wanted at least one element`);
}
