import { cast } from "./cast";
import { copyOf } from "./create";
import { allocateUnfilled, rowMajorStrides, sizeOf, wrap } from "./ndarray";
import type { DType, NDArray } from "./ndarray";
import { transpose } from "./shape";
import { positionsOf } from "./walk";

/**
 * What index arrays pick: for each pick the index of its first element in `data`, and the lengths and strides of the
 * other axes, which are taken whole or in slices. In the result, `lead` of the other axes come before the axes of the
 * picks, as in NumPy.
 */
export interface Picked {
  readonly starts: Int32Array;
  readonly shape: readonly number[];
  readonly restShape: readonly number[];
  readonly restStrides: readonly number[];
  readonly lead: number;
}

/** The picked elements in a fresh array, or in one whose elements are all of `data`. */
export function gather<T extends DType>(
  caller: string,
  x: NDArray<T>,
  picked: Picked,
  data = allocateUnfilled(caller, x.dtype, picked.starts.length * sizeOf(picked.restShape)),
): NDArray<T> {
  const { starts, shape, restShape, restStrides, lead } = picked;
  const rest = sizeOf(restShape),
    from = x.data;
  if (restStrides.length > 0 && sameSteps(restStrides, rowMajorStrides(restShape))) {
    for (let i = 0; i < starts.length; i++) data.set(from.subarray(starts[i], starts[i] + rest), i * rest);
  } else {
    const positions = positionsOf(restShape, restStrides, 0);
    starts.forEach((start, i) =>
      positions.forEach((position, j) => {
        data[i * rest + j] = from[start + position];
      }),
    );
  }
  const result = wrap(x.dtype, data, [...shape, ...restShape]);
  if (lead === 0) return result;
  const [own, before, after] = axisGroups(0, shape.length, lead, restShape.length);
  return copyOf(caller, transpose(result, [...before, ...own, ...after]));
}

/** The shape of what is picked. */
export function shapeOf({ shape, restShape, lead }: Picked): number[] {
  return [...restShape.slice(0, lead), ...shape, ...restShape.slice(lead)];
}

/**
 * Overwrites the picked elements by `values`, which must have the shape of what is picked. If an element is picked
 * twice, the last value stays.
 */
export function scatter(caller: string, x: NDArray, picked: Picked, values: NDArray): void {
  const { starts, shape, restShape, restStrides, lead } = picked;
  const positions = positionsOf(restShape, restStrides, 0),
    to = x.data;
  const [own, before, after] = axisGroups(lead, shape.length, lead, restShape.length);
  const ordered = lead === 0 ? values : transpose(values, [...own, ...before, ...after]);
  const { data } = cast(caller, ordered, x.dtype);
  let next = 0;
  for (let i = 0; i < starts.length; i++) {
    for (let j = 0; j < positions.length; j++) to[starts[i] + positions[j]] = data[next++];
  }
}

/**
 * The axes of the picks, and those before and after them. In the memory of a gathered array the axes of the picks come
 * first; in its shape `lead` others come before them. `first` is the first axis of the picks.
 */
function axisGroups(first: number, count: number, lead: number, rest: number): [number[], number[], number[]] {
  const range = (from: number, length: number) => Array.from({ length }, (_, i) => from + i);
  return [range(first, count), range(first === 0 ? count : 0, lead), range(count + lead, rest - lead)];
}

function sameSteps(a: readonly number[], b: readonly number[]): boolean {
  return a.every((step, axis) => step === b[axis]);
}
