import { shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { checkShape, copyOf, readLengths } from "./create";
import type { Shape } from "./create";
import { isRowMajor, sizeOf, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, Operand } from "./ndarray";
import { tuple } from "./tuple";

/**
 * The lengths of all axes, as `np.shape`; a tuple, which prints as Python's.
 * @param x - an array, nested lists or a single value
 * @returns the lengths as a tuple, empty for a single value
 * @throws RangeError for ragged lists
 * @example np.shape(np.zeros(10)); // (10,)
 */
export function shape(x: Operand): readonly number[] {
  return tuple(...asArray("shape", x).shape);
}

/**
 * The same elements in row-major order under another shape, as `np.reshape`; one length may be -1 and is worked out.
 * @param x - an array, or nested lists
 * @param newShape - a length, or the lengths of all axes, one of which may be -1
 * @returns an array of that shape and the dtype of `x`
 * @remarks A view only if the elements are in row-major order in memory; NumPy gives a view in a few more cases.
 * @throws RangeError when the sizes differ
 * @example np.reshape(np.arange(4), [2, -1]); // array([[0, 1], [2, 3]])
 */
export function reshape<T extends DType>(x: NDArray<T>, newShape: Shape): NDArray<T>;
export function reshape(x: ArrayOrLists, newShape: Shape): NDArray;
export function reshape(x: ArrayOrLists, newShape: Shape): NDArray {
  return reshaped("reshape", asArray("reshape", x), newShape);
}

/** Does the work of reshape; error messages begin with `caller`. */
export function reshaped<T extends DType>(caller: string, x: NDArray<T>, newShape: Shape): NDArray<T> {
  const lengths = workOut(caller, x, newShape);
  const source = isRowMajor(x) ? x : copyOf(caller, x);
  return wrap(source.dtype, source.data, lengths, undefined, source.offset);
}

/**
 * A view with the axes in another order, reversed when none is given, as `np.transpose`.
 * @param x - an array, or nested lists
 * @param axes - which axis of `x` comes first, second ...; all in reverse order by default
 * @returns a view: writing into it writes into `x`
 * @throws RangeError when `axes` does not name every axis once
 * @example np.transpose(np.array([[1, 2], [3, 4]])); // array([[1., 3.], [2., 4.]])
 */
export function transpose<T extends DType>(x: NDArray<T>, axes?: readonly number[]): NDArray<T>;
export function transpose(x: ArrayOrLists, axes?: readonly number[]): NDArray;
export function transpose(x: ArrayOrLists, axes?: readonly number[]): NDArray {
  const { dtype, data, shape: from, strides: steps, offset } = asArray("transpose", x);
  if (axes !== undefined && !Array.isArray(axes))
    throw new TypeError(`transpose: axes = ${shortly(axes)}: wanted a list of axes`);
  const order =
    axes === undefined
      ? from.map((_, k) => from.length - 1 - k)
      : axes.map((axis) => normalizeAxis("transpose", axis, from));
  if (new Set(order).size !== from.length || order.length !== from.length) {
    throw new RangeError(`transpose: axes ${shapeText(axes ?? [])} of shape ${shapeText(from)}: wanted each axis once`);
  }
  return wrap(
    dtype,
    data,
    order.map((k) => from[k]),
    order.map((k) => steps[k]),
    offset,
  );
}

function workOut(caller: string, x: NDArray, newShape: Shape): readonly number[] {
  const wanted = readLengths(caller, newShape);
  const open = wanted.indexOf(-1);
  if (open >= 0) {
    // if another length is 0, any open length would do: 0 / 0 is nan, which is refused below
    wanted[open] = 1;
    wanted[open] = x.length / sizeOf(wanted.map(Math.abs));
  }
  const fits = sizeOf(wanted) === x.length && wanted.every(Number.isInteger);
  if (!fits) {
    const given = shapeText(readLengths(caller, newShape));
    throw new RangeError(`${caller}: ${shapeText(x.shape)} to ${given}: wanted a shape of ${x.length} elements`);
  }
  return checkShape(caller, wanted);
}
