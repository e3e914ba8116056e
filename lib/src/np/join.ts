import { checkOptions, shapeText, shortly } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { assign } from "./cast";
import { promoteAll } from "./dtypes";
import { allocateUnfilled, sizeOf, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, Operand } from "./ndarray";
import { sameShape } from "./out";
import { reshaped } from "./shape";

/** Arrays, nested lists or, where NumPy takes them, single values. */
type Parts = readonly Operand[];

/**
 * Arrays one after the other along an existing axis, as `np.concatenate`.
 * @param parts - the arrays, or nested lists
 * @param options - `axis`: along which axis, 0 by default; -1 is the last
 * @returns a fresh array of a dtype that holds all of them
 * @throws RangeError when the other axes differ or nothing is given, TypeError if the argument is not a list of arrays
 * @example np.concatenate([[1, 2], [3]]); // array([1., 2., 3.])
 */
export function concatenate<T extends DType>(parts: readonly NDArray<T>[], options?: { axis?: number }): NDArray<T>;
export function concatenate(parts: readonly ArrayOrLists[], options?: { axis?: number }): NDArray;
export function concatenate(parts: readonly ArrayOrLists[], options: { axis?: number } = {}): NDArray {
  const arrays = readParts("concatenate", parts);
  checkOptions("concatenate", options, ["axis"]);
  const { axis = 0 } = options;
  return joined("concatenate", arrays, normalizeAxis("concatenate", axis, arrays[0].shape));
}

/**
 * Arrays of one shape along a new axis, as `np.stack`.
 * @param parts - the arrays, or nested lists
 * @param options - `axis`: the position of the new axis in the result, 0 by default; -1 is the last
 * @returns a fresh array of a dtype that holds all of them
 * @throws RangeError when the shapes differ or nothing is given, TypeError if the argument is not a list of arrays
 * @example np.stack([[1, 2], [3, 4]], { axis: 1 }); // array([[1., 3.], [2., 4.]])
 */
export function stack<T extends DType>(parts: readonly NDArray<T>[], options?: { axis?: number }): NDArray<T>;
export function stack(parts: Parts, options?: { axis?: number }): NDArray;
export function stack(parts: Parts, options: { axis?: number } = {}): NDArray {
  const arrays = readParts("stack", parts);
  checkOptions("stack", options, ["axis"]);
  const [{ shape }] = arrays;
  const other = arrays.find((part) => !sameShape(part.shape, shape));
  if (other !== undefined)
    throw new RangeError(`stack: ${shapeText(shape)} and ${shapeText(other.shape)}: wanted one shape`);
  const { axis = 0 } = options;
  const along = normalizeAxis("stack", axis, [...shape, 1]);
  const lengths = [...shape.slice(0, along), 1, ...shape.slice(along)];
  return joined(
    "stack",
    arrays.map((part) => reshaped("stack", part, lengths)),
    along,
  );
}

/**
 * Arrays one below the other, as `np.vstack`: along axis 0, where (n,) counts as (1,n).
 * @param parts - the arrays, or nested lists
 * @returns an array of its own, of at least two axes and a dtype that holds all of them
 * @throws RangeError when the other axes differ or nothing is given, TypeError if the argument is not a list of arrays
 * @example np.vstack([[1, 2], [3, 4]]); // array([[1., 2.], [3., 4.]])
 */
export function vstack<T extends DType>(parts: readonly NDArray<T>[]): NDArray<T>;
export function vstack(parts: Parts): NDArray;
export function vstack(parts: Parts): NDArray {
  const rows = readParts("vstack", parts).map((part) =>
    part.ndims < 2 ? reshaped("vstack", part, [1, part.length]) : part,
  );
  return joined("vstack", rows, 0);
}

/**
 * Arrays beside each other, as `np.hstack`: along axis 1, or 0 where they have only one.
 * @param parts - the arrays, or nested lists
 * @returns a fresh array of a dtype that holds all of them
 * @throws RangeError when the other axes differ or nothing is given, TypeError if the argument is not a list of arrays
 * @example np.hstack([[1, 2], [3]]); // array([1., 2., 3.])
 */
export function hstack<T extends DType>(parts: readonly NDArray<T>[]): NDArray<T>;
export function hstack(parts: Parts): NDArray;
export function hstack(parts: Parts): NDArray {
  const arrays = readParts("hstack", parts).map((part) => (part.ndims === 0 ? reshaped("hstack", part, [1]) : part));
  return joined("hstack", arrays, arrays[0].ndims === 1 ? 0 : 1);
}

function readParts(caller: string, parts: Parts): NDArray[] {
  if (!Array.isArray(parts)) throw new TypeError(`${caller}: parts = ${shortly(parts)}: wanted a list of arrays`);
  if (parts.length === 0) throw new RangeError(`${caller}: parts = []: wanted at least one array`);
  return (parts as Parts).map((part, i) => asArray(caller, part, `parts[${i}]`));
}

/** Arrays one after the other along an axis that is counted from the front. */
function joined(caller: string, arrays: readonly NDArray[], along: number): NDArray {
  const lengths = [...arrays[0].shape];
  lengths[along] = 0;
  for (const part of arrays) {
    checkJoin(caller, arrays[0].shape, part.shape, along);
    lengths[along] += part.shape[along];
  }
  const dtype = promoteAll(arrays.map((part) => part.dtype));
  const result = wrap(dtype, allocateUnfilled(caller, dtype, sizeOf(lengths)), lengths);
  let start = result.offset;
  for (const part of arrays) {
    assign(caller, wrap(dtype, result.data, part.shape, result.strides, start), part.strides, part);
    start += part.shape[along] * (result.strides[along] ?? 1);
  }
  return result;
}

function checkJoin(caller: string, first: readonly number[], other: readonly number[], along: number): void {
  const fits =
    along < first.length &&
    other.length === first.length &&
    other.every((length, k) => k === along || length === first[k]);
  if (fits) return;
  throw new RangeError(
    `${caller}: ${shapeText(first)} and ${shapeText(other)}: wanted equal lengths but on axis ${along}`,
  );
}
