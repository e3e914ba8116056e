import { shapeText } from "./ndarray";
import type { NDArray } from "./ndarray";

/** An axis counted from the front, negative ones from the back. @throws RangeError when there is no such axis */
export function normalizeAxis(caller: string, axis: number, shape: readonly number[]): number {
  const front = axis < 0 ? axis + shape.length : axis;
  if (Number.isInteger(axis) && front >= 0 && front < shape.length) return front;
  const wanted = shape.length === 0 ? "it has none" : `wanted ${-shape.length} to ${shape.length - 1}`;
  throw new RangeError(`${caller}: axis ${axis} of an array of shape ${shapeText(shape)}: ${wanted}`);
}

/** An index counted from the front, negative ones from the back. @throws RangeError past the axis's ends */
export function normalizeIndex(caller: string, index: number, axis: number, shape: readonly number[]): number {
  const front = index < 0 ? index + shape[axis] : index;
  if (Number.isInteger(index) && front >= 0 && front < shape[axis]) return front;
  if (!Number.isInteger(index)) throw new RangeError(`${caller}: index ${index} on axis ${axis}: wanted a whole number`);
  throw new RangeError(
    `${caller}: index ${index} on axis ${axis} of an array of shape ${shapeText(shape)}: it holds ${shape[axis]}`);
}

/** @throws RangeError when there are none of the elements of x that a function chooses from */
export function checkSome(caller: string, count: number, x: NDArray): void {
  if (count > 0) return;
  throw new RangeError(`${caller}: an empty array of shape ${shapeText(x.shape)}: wanted at least one element`);
}
