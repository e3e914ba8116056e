import { shapeText } from "../checks";
import { shapeOf, stridesOf } from "./ndarray";
import type { NDArray } from "./ndarray";

/**
 * The shape to which arrays are broadcast: axes are matched from the last, and a length of 1 is stretched.
 * @throws RangeError when two lengths differ and neither is 1
 */
export function broadcastShapes(caller: string, shapes: readonly (readonly number[])[]): number[] {
  const result = new Array<number>(Math.max(...shapes.map((shape) => shape.length))).fill(1);
  for (const shape of shapes) {
    const lead = result.length - shape.length;
    for (let axis = 0; axis < shape.length; axis++) {
      const length = shape[axis],
        known = result[lead + axis];
      if (known === 1) result[lead + axis] = length;
      else if (length !== 1 && length !== known) {
        throw new RangeError(
          `${caller}: ${shapes.map(shapeText).join(" and ")}: wanted equal lengths or 1, not ${known} and ${length}`,
        );
      }
    }
  }
  return result;
}

/** The strides that make `x` read as an array of `shape`: 0 along the axes that it is stretched over. */
export function broadcastStrides(x: NDArray, shape: readonly number[]): number[] {
  const own = shapeOf(x),
    strides = stridesOf(x);
  const lead = shape.length - own.length;
  return shape.map((_, axis) => (axis < lead || own[axis - lead] === 1 ? 0 : strides[axis - lead]));
}
