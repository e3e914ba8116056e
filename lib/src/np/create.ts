import { checkOptions, checkWhole, got, shapeText } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { assign, cast } from "./cast";
import { allocate, checkDType, isNDArray, sizeOf, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, Nested, NestedList, Operand, TypedValues } from "./ndarray";
import { sameShape } from "./out";

/** A length, or the lengths of all axes. */
export type Shape = number | readonly number[];

/**
 * A fresh array of the values of nested lists, as `np.array`. Numbers become float64, booleans bool; an
 * array keeps its dtype; `dtype` says otherwise.
 * @param value - nested lists of one length at each depth, an array, a typed array or a single value
 * @param options - `dtype`: "float64", "float32", "int32" or "bool"
 * @returns a fresh array, which shares no memory with `value`
 * @remarks Whole numbers are float64 too: JavaScript has one kind of number. Write `{ dtype: "int32" }` for integers.
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.array([[1, 2], [3, 4]]); // array([[1., 2.], [3., 4.]])
 * @example np.array([3, 0, 1], { dtype: "int32" }); // array([3, 0, 1])
 */
export function array<T extends DType>(value: NDArray<T>): NDArray<T>;
export function array<T extends DType>(value: ArrayOrLists | number | boolean, options: { dtype: T }): NDArray<T>;
export function array(value: Nested<number | TypedValues> | TypedValues | number): NDArray<"float64">;
export function array(value: Nested<boolean> | boolean): NDArray<"bool">;
export function array(value: NestedList): NDArray;
export function array(value: ArrayOrLists | number | boolean, options?: { dtype?: DType }): NDArray {
  const given = readDType("array", options);
  const source = asArray("array", value, "value");
  const dtype = given ?? source.dtype;
  return source.dtype === dtype && !isNDArray(value) ? source : cast("array", source, dtype);
}

/**
 * Zeros, as `np.zeros`.
 * @param shape - a length, or the lengths of all axes
 * @param options - `dtype`: "float64" unless it says "float32", "int32" or "bool"
 * @returns an array of that shape
 * @throws RangeError for a length that is no whole number from 0
 * @example np.zeros([2, 2]); // array([[0., 0.], [0., 0.]])
 */
export function zeros<T extends DType = "float64">(shape: Shape, options?: { dtype?: T }): NDArray<T> {
  return filled("zeros", shape, 0, readDType("zeros", options) ?? ("float64" as T));
}

/**
 * Ones, as `np.ones`.
 * @param shape - a length, or the lengths of all axes
 * @param options - `dtype`: "float64" unless it says "float32", "int32" or "bool"
 * @returns an array of that shape
 * @throws RangeError for a length that is no whole number from 0
 * @example np.ones(3); // array([1., 1., 1.])
 */
export function ones<T extends DType = "float64">(shape: Shape, options?: { dtype?: T }): NDArray<T> {
  return filled("ones", shape, 1, readDType("ones", options) ?? ("float64" as T));
}

/**
 * An array to be filled, as `np.empty`.
 * @param shape - a length, or the lengths of all axes
 * @param options - `dtype`: "float64" unless it says "float32", "int32" or "bool"
 * @returns an array of that shape
 * @remarks Zeros; NumPy's holds whatever was in its memory.
 * @throws RangeError for a length that is no whole number from 0
 * @example np.shape(np.empty([2, 3])); // (2, 3)
 */
export function empty<T extends DType = "float64">(shape: Shape, options?: { dtype?: T }): NDArray<T> {
  return filled("empty", shape, 0, readDType("empty", options) ?? ("float64" as T));
}

/**
 * One value everywhere, or values that are broadcast, as `np.full`.
 * @param shape - a length, or the lengths of all axes
 * @param value - what each element is: a number, or an array or nested lists that broadcast to the shape
 * @param options - `dtype`: "float64" unless it says "float32", "int32" or "bool"
 * @returns an array of that shape
 * @remarks float64 unless a dtype is given, also of a whole number.
 * @throws RangeError for a length that is no whole number from 0, or values that do not broadcast to the shape
 * @example np.full(2, 0.5); // array([0.5, 0.5])
 */
export function full<T extends DType = "float64">(shape: Shape, value: Operand, options?: { dtype?: T }): NDArray<T> {
  return filled("full", shape, value, readDType("full", options) ?? ("float64" as T));
}

/**
 * A row-major copy that shares nothing with `x`, as `np.copy`.
 * @param x - an array, or nested lists
 * @returns an array of the same shape, dtype and values
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.copy(np.arange(3)); // array([0, 1, 2])
 */
export function copy<T extends DType>(x: NDArray<T>): NDArray<T>;
export function copy(x: ArrayOrLists): NDArray;
export function copy(x: ArrayOrLists): NDArray {
  return copyOf("copy", asArray("copy", x));
}

/** A row-major copy; error messages begin with `caller`. */
export function copyOf<T extends DType>(caller: string, x: NDArray<T>): NDArray<T> {
  return cast(caller, x, x.dtype);
}

/** The lengths of all axes, checked. */
export function checkShape(caller: string, shape: Shape, name = "shape"): readonly number[] {
  const lengths = readLengths(caller, shape, name);
  for (const length of lengths) checkWhole(caller, "length", length, 0);
  return lengths;
}

/** A length or a list of lengths as a list, nothing but its kind checked. */
export function readLengths(caller: string, shape: Shape, name = "shape"): number[] {
  if (typeof shape === "number") return [shape];
  if (Array.isArray(shape)) return [...(shape as readonly number[])];
  throw new TypeError(`${got(caller, name, shape)}: wanted a length or a list of lengths`);
}

const NAMES = ["dtype"];

/** The dtype that options name, checked; undefined where they name none. */
export function readDType<T extends DType>(caller: string, options: { dtype?: T } | undefined): T | undefined {
  if (options === undefined) return undefined;
  checkOptions(caller, options, NAMES);
  if (options.dtype !== undefined) checkDType(caller, options.dtype);
  return options.dtype;
}

/** A fresh array of one value, or of values that broadcast to its shape. */
export function filled<T extends DType>(caller: string, shape: Shape, value: Operand, dtype: T): NDArray<T> {
  const lengths = checkShape(caller, shape);
  const result = wrap(dtype, allocate(caller, dtype, sizeOf(lengths)), lengths);
  if (Object.is(value, 0)) return result; // -0 has to be written
  const source = cast(caller, asArray(caller, value, "value"), dtype);
  if (source.ndims === 0) result.data.fill(source.data[0]);
  else assign(caller, result, stretched(caller, source, lengths), source);
  return result;
}

function stretched(caller: string, source: NDArray, shape: readonly number[]): number[] {
  const fits = sameShape(broadcastShapes(caller, [source.shape, shape]), shape);
  if (fits) return broadcastStrides(source, shape);
  throw new RangeError(
    `${caller}: values of shape ${shapeText(source.shape)} into shape ${shapeText(shape)}: ` +
      "wanted values that broadcast to it",
  );
}
