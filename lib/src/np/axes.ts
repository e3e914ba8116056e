import { checkOptions, shapeText } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { copyOf } from "./create";
import { wrap } from "./ndarray";
import type { DType, NDArray, NestedList, Operand } from "./ndarray";
import { reshaped } from "./shape";

/**
 * A view with an axis of length 1 put in, as `np.expand_dims`.
 * @param x - an array, nested lists or a single value
 * @param options - `axis`: the position of the new axis in the result, or several; -1 is the last
 * @returns a view: writing into it writes into `x`
 * @throws RangeError when there is no such axis in the result, or it is named twice
 * @example np.shape(np.expandDims([1, 2], { axis: 0 })); // (1, 2)
 */
export function expandDims<T extends DType>(x: NDArray<T>, options: { axis: number | readonly number[] }): NDArray<T>;
export function expandDims(x: Operand, options: { axis: number | readonly number[] }): NDArray;
export function expandDims(x: Operand, options: { axis: number | readonly number[] }): NDArray {
  const array = asArray("expandDims", x);
  checkOptions("expandDims", options, ["axis"]);
  const given = [options.axis].flat() as number[];
  const room = [...array.shape, ...given.map(() => 1)];
  const axes = distinct("expandDims", given, room);
  const lengths = [...array.shape],
    steps = array.strides.slice(0, array.ndims);
  for (const axis of [...axes].sort((a, b) => a - b)) {
    lengths.splice(axis, 0, 1);
    steps.splice(axis, 0, 0);
  }
  return wrap(array.dtype, array.data, lengths, steps, array.offset);
}

/**
 * A view without the axes of length 1, as `np.squeeze`.
 * @param x - an array, nested lists or a single value
 * @param options - `axis`: which of them are left out, one or several; all by default
 * @returns a view: writing into it writes into `x`
 * @throws RangeError when there is no such axis, or its length is not 1
 * @example np.squeeze([[[1], [2]]]); // array([1., 2.])
 */
export function squeeze<T extends DType>(x: NDArray<T>, options?: { axis?: number | readonly number[] }): NDArray<T>;
export function squeeze(x: Operand, options?: { axis?: number | readonly number[] }): NDArray;
export function squeeze(x: Operand, options: { axis?: number | readonly number[] } = {}): NDArray {
  const array = asArray("squeeze", x);
  checkOptions("squeeze", options, ["axis"]);
  const { shape, strides } = array;
  const gone = goneAxes(array, options.axis);
  const left = shape.map((_, k) => k).filter((k) => !gone.includes(k));
  return wrap(
    array.dtype,
    array.data,
    left.map((k) => shape[k]),
    left.map((k) => strides[k]),
    array.offset,
  );
}

function goneAxes({ shape }: NDArray, given: number | readonly number[] | undefined): number[] {
  if (given === undefined) return shape.map((_, k) => k).filter((k) => shape[k] === 1);
  if (shape.length === 0 && (given === 0 || given === -1)) return [];
  const axes = distinct("squeeze", [given].flat() as number[], shape);
  const long = axes.find((axis) => shape[axis] !== 1);
  if (long === undefined) return axes;
  throw new RangeError(`squeeze: axis ${long} of shape ${shapeText(shape)}: wanted an axis of length 1`);
}

function distinct(caller: string, given: readonly number[], shape: readonly number[]): number[] {
  const axes = given.map((axis) => normalizeAxis(caller, axis, shape));
  if (new Set(axes).size === axes.length) return axes;
  throw new RangeError(`${caller}: axes ${shapeText(given)}: wanted each axis once`);
}

/**
 * All elements in one row, row after row, a copy, as `np.ndarray.flatten`.
 * @param x - an array, nested lists or a single value
 * @returns (size,), an array of its own
 * @remarks A function, where NumPy has a method.
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.flatten([[1, 2], [3, 4]]); // array([1., 2., 3., 4.])
 */
export function flatten<T extends DType>(x: NDArray<T>): NDArray<T>;
export function flatten(x: NestedList | number | boolean): NDArray;
export function flatten(x: Operand): NDArray {
  const array = copyOf("flatten", asArray("flatten", x));
  return reshaped("flatten", array, [array.length]);
}

/**
 * All elements in one row, row after row, as `np.ravel`: a view if they are in that order in memory, else a copy.
 * @param x - an array, nested lists or a single value
 * @returns (size,)
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.ravel([[1, 2], [3, 4]]); // array([1., 2., 3., 4.])
 */
export function ravel<T extends DType>(x: NDArray<T>): NDArray<T>;
export function ravel(x: NestedList | number | boolean): NDArray;
export function ravel(x: Operand): NDArray {
  const array = asArray("ravel", x);
  return reshaped("ravel", array, [array.length]);
}
