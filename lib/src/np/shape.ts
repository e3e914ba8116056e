import { checkOptions, shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { assign } from "./cast";
import { checkShape, copyOf, readLengths } from "./create";
import type { Shape } from "./create";
import { promoteAll } from "./dtypes";
import { allocate, isRowMajor, sizeOf, wrap } from "./ndarray";
import type { DType, NDArray, NestedList, Operand } from "./ndarray";
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
 * @remarks Shares memory only where the elements stand in row-major order; NumPy finds a few more cases.
 * @throws RangeError when the sizes differ
 * @example np.reshape(np.arange(4), [2, -1]); // array([[0, 1], [2, 3]])
 */
export function reshape<T extends DType>(x: NDArray<T>, newShape: Shape): NDArray<T>;
export function reshape(x: NestedList, newShape: Shape): NDArray;
export function reshape(x: NDArray | NestedList, newShape: Shape): NDArray {
  return reshaped("reshape", asArray("reshape", x), newShape);
}

/** The work of reshape, in the name of whoever the user called. */
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
export function transpose(x: NestedList, axes?: readonly number[]): NDArray;
export function transpose(x: NDArray | NestedList, axes?: readonly number[]): NDArray {
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

/**
 * Arrays one after the other along an existing axis, as `np.concatenate`.
 * @param parts - the arrays, or nested lists
 * @param options - `axis`: along which axis, 0 by default; -1 is the last
 * @returns an array of its own, of a dtype that holds all of them
 * @throws RangeError when the other axes differ or nothing is given, TypeError for what is no list of arrays
 * @example np.concatenate([[1, 2], [3]]); // array([1., 2., 3.])
 */
export function concatenate<T extends DType>(parts: readonly NDArray<T>[], options?: { axis?: number }): NDArray<T>;
export function concatenate(parts: readonly (NDArray | NestedList)[], options?: { axis?: number }): NDArray;
export function concatenate(parts: readonly (NDArray | NestedList)[], options: { axis?: number } = {}): NDArray {
  if (!Array.isArray(parts)) throw new TypeError(`concatenate: ${shortly(parts)}: wanted a list of arrays`);
  if (parts.length === 0) throw new RangeError("concatenate: []: wanted at least one array");
  checkOptions("concatenate", options, ["axis"]);
  const { axis = 0 } = options;
  const arrays = parts.map((part) => asArray("concatenate", part));
  const lengths = [...arrays[0].shape];
  const along = normalizeAxis("concatenate", axis, lengths);
  lengths[along] = 0;
  for (const part of arrays) {
    checkJoin(arrays[0].shape, part.shape, along);
    lengths[along] += part.shape[along];
  }
  const dtype = promoteAll(arrays.map((part) => part.dtype));
  const result = wrap(dtype, allocate("concatenate", dtype, sizeOf(lengths)), lengths);
  let start = result.offset;
  for (const part of arrays) {
    assign("concatenate", wrap(dtype, result.data, part.shape, result.strides, start), part.strides, part);
    start += part.shape[along] * (result.strides[along] ?? 1);
  }
  return result;
}

function checkJoin(first: readonly number[], other: readonly number[], along: number): void {
  const fits = other.length === first.length && other.every((length, k) => k === along || length === first[k]);
  if (!fits) {
    throw new RangeError(
      `concatenate: ${shapeText(first)} and ${shapeText(other)}: wanted equal lengths but on axis ${along}`,
    );
  }
}

function workOut(caller: string, x: NDArray, newShape: Shape): readonly number[] {
  const wanted = readLengths(caller, newShape);
  const open = wanted.indexOf(-1);
  if (open >= 0) {
    wanted[open] = 1;
    const rest = sizeOf(wanted.map((length) => Math.abs(length)));
    wanted[open] = rest === 0 ? 0 : x.length / rest;
  }
  const fits = wanted.every(Number.isInteger) && sizeOf(wanted) === x.length;
  if (!fits) {
    const given = shapeText(readLengths(caller, newShape));
    throw new RangeError(`${caller}: ${shapeText(x.shape)} to ${given}: wanted a shape of ${x.length} elements`);
  }
  return checkShape(caller, wanted);
}
