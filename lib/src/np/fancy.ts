import { shapeText } from "../checks";
import { asArray } from "./asArray";
import { normalizeIndex } from "./axis";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { cast } from "./cast";
import { allocate, isNDArray, rowMajorStrides, sizeOf, wrap } from "./ndarray";
import type { DType, NDArray, NestedList } from "./ndarray";
import { checkCount } from "./slice";
import { positionsOf } from "./walk";

/** An index array: whole numbers that pick elements, or a bool mask over as many axes as it has. */
export type FancyIndex = NDArray | NestedList | number;

/** Where the elements stand that index arrays pick: the start of each pick, and the axes left whole after them. */
export interface Picked {
  readonly starts: Int32Array;
  readonly shape: readonly number[];
  readonly restShape: readonly number[];
  readonly restStrides: readonly number[];
}

/** Resolves `x[i, j, ...]` for index arrays that are broadcast together. @throws RangeError past an axis's end */
export function pick(caller: string, x: NDArray, indices: readonly FancyIndex[]): Picked {
  const arrays = indices.flatMap((index) => integerIndices(caller, x, asIndex(caller, index)));
  const own = x.shape,
    strides = x.strides;
  checkCount(caller, arrays.length, own);
  const shape = broadcastShapes(
    caller,
    arrays.map((array) => array.shape),
  );
  const starts = new Int32Array(sizeOf(shape)).fill(x.offset);
  arrays.forEach((array, axis) => {
    const spread = broadcast(caller, array, shape);
    for (let i = 0; i < starts.length; i++) starts[i] += normalizeIndex(caller, spread[i], axis, own) * strides[axis];
  });
  return { starts, shape, restShape: own.slice(arrays.length), restStrides: strides.slice(arrays.length) };
}

/** The picked elements in a fresh array. */
export function gather<T extends DType>(
  caller: string,
  x: NDArray<T>,
  { starts, shape, restShape, restStrides }: Picked,
): NDArray<T> {
  const rest = sizeOf(restShape);
  const data = allocate(caller, x.dtype, starts.length * rest),
    from = x.data;
  if (restStrides.length > 0 && sameSteps(restStrides, rowMajorStrides(restShape))) {
    starts.forEach((start, i) => data.set(from.subarray(start, start + rest), i * rest));
  } else {
    const places = positionsOf(restShape, restStrides, 0);
    starts.forEach((start, i) =>
      places.forEach((place, j) => {
        data[i * rest + j] = from[start + place];
      }),
    );
  }
  return wrap(x.dtype, data, [...shape, ...restShape]);
}

/** Writes row-major values over the picked elements; where one is picked twice, the last value stays. */
export function scatter(x: NDArray, { starts, restShape, restStrides }: Picked, values: NDArray["data"]): void {
  const places = positionsOf(restShape, restStrides, 0),
    to = x.data;
  let next = 0;
  for (const start of starts) for (const place of places) to[start + place] = values[next++];
}

function sameSteps(a: readonly number[], b: readonly number[]): boolean {
  return a.every((step, axis) => step === b[axis]);
}

function asIndex(caller: string, index: FancyIndex): NDArray {
  const array = asArray(caller, index);
  return array.length === 0 && !isNDArray(index) ? wrap("int32", allocate(caller, "int32", 0), array.shape) : array;
}

/** A mask becomes the places of its true elements, one index array an axis. */
function integerIndices(caller: string, x: NDArray, index: NDArray): NDArray[] {
  if (index.dtype !== "bool") return [index];
  const lengths = index.shape;
  if (lengths.length === 0) throw new RangeError(`${caller}: a mask of shape (): wanted a mask with axes`);
  if (!lengths.every((length, axis) => length === x.shape[axis])) {
    throw new RangeError(
      `${caller}: a mask of shape ${shapeText(lengths)} over shape ${shapeText(x.shape)}: wanted the lengths of its axes`,
    );
  }
  const flags = cast(caller, index, "bool").data;
  const places: number[][] = lengths.map(() => []);
  for (let i = 0; i < flags.length; i++) {
    if (flags[i] === 0) continue;
    for (let axis = lengths.length - 1, rest = i; axis >= 0; rest = Math.floor(rest / lengths[axis]), axis--) {
      places[axis].push(rest % lengths[axis]);
    }
  }
  return places.map((place) => wrap("int32", Int32Array.from(place), [place.length]));
}

function broadcast(caller: string, x: NDArray, shape: readonly number[]): Float64Array {
  const stretched = wrap(x.dtype, x.data, shape, broadcastStrides(x, shape), x.offset);
  return cast(caller, stretched, "float64").data;
}
