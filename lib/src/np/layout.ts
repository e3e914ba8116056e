import { broadcastStrides } from "./broadcast";
import { allocate, wrap } from "./ndarray";
import type { NDArray } from "./ndarray";

/**
 * A fresh float64 array of the shape of the first array, with the memory order that NumPy gives the result of an
 * operation on these arrays. The order of a later sum depends on it.
 */
export function inOrderOf(caller: string, arrays: readonly NDArray[]): NDArray<"float64"> {
  const [{ shape, length }] = arrays;
  const strides = arrays.map((x) => broadcastStrides(x, shape).map(Math.abs));
  const own = new Array<number>(shape.length);
  let step = 1;
  for (const axis of fastestFirst(strides, shape.length)) {
    own[axis] = step;
    step *= shape[axis];
  }
  return wrap("float64", allocate(caller, "float64", length), shape, own);
}

/** NumPy's order of the axes: an insertion sort, in which row-major order wins where the arrays disagree. */
function fastestFirst(strides: readonly (readonly number[])[], count: number): number[] {
  const order: number[] = [];
  for (let axis = count - 1; axis >= 0; axis--) {
    let position = order.length;
    for (let i = order.length - 1; i >= 0; i--) {
      const both = strides.filter((own) => own[axis] !== 0 && own[order[i]] !== 0);
      if (both.length === 0) continue;
      if (both.some((own) => own[order[i]] <= own[axis])) break;
      position = i;
    }
    order.splice(position, 0, axis);
  }
  return order;
}
