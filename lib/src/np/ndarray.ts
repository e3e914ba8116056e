// Past 250 lines because the array type and all that looks inside of an array are here.
import ndarrayConstructor from "@stdlib/ndarray/base/ctor";
import { got } from "../checks";
import { host } from "../platform";

/** The kinds of element that an array may hold. */
export type DType = "float64" | "float32" | "int32" | "bool";

/** The typed array behind each dtype; bool is one byte an element, 0 or 1. */
export interface Buffers {
  float64: Float64Array;
  float32: Float32Array;
  int32: Int32Array;
  bool: Uint8Array;
}

/** The constructors of these. */
export const BUFFERS = {
  float64: Float64Array,
  float32: Float32Array,
  int32: Int32Array,
  bool: Uint8Array,
} as const satisfies Record<DType, unknown>;

/**
 * An n-dimensional array: an instance of @stdlib's ndarray whose buffer is ordinary JavaScript memory.
 * Element `[i, j]` is `data[offset + i * strides[0] + j * strides[1]]`.
 */
export interface NDArray<T extends DType = DType> {
  /** The memory with the elements. A view shares it with the array that it shows, so it may hold more than the view. */
  readonly data: Buffers[T];
  /** The kind of element: "float64", "float32", "int32" or "bool". */
  readonly dtype: T;
  /** The length of each axis. */
  readonly shape: readonly number[];
  /** For each axis, the distance in `data` from one element to the next. */
  readonly strides: readonly number[];
  /** The index of the first element in `data`. */
  readonly offset: number;
  /** How many axes there are. */
  readonly ndims: number;
  /** How many axes there are, by NumPy's name. */
  readonly ndim: number;
  /** How many elements there are. */
  readonly length: number;
  /** How many elements there are, by NumPy's name. */
  readonly size: number;
  /** A view with the axes in reverse order, as NumPy's `x.T`. */
  readonly T: NDArray<T>;
  /** Lists in lists of the elements, as NumPy's `x.tolist()`; of a 0-d array its value. */
  tolist(this: NDArray<"bool">): ListedBooleans;
  tolist(): ListedNumbers;
  /** What `JSON.stringify` writes: the lists. */
  toJSON(): unknown;
  /** What Python's `print` writes. */
  toString(): string;
  /** Numbers (booleans of a bool array) if there is one axis, else rows, which are views. */
  [Symbol.iterator](): IterableIterator<NumberOrRow<T>>;
  /** Brackets do not read an element: `x[0]` throws an error that says what to write. */
  [index: number]: NotAnElement<"np.at(x, 0) or np.slice(x, 0) to read, np.set(x, [0], value) to write">;
}

/**
 * The type of `x[0]`. Arithmetic, number parameters and assignment refuse it; the compiler's
 * message names what to write instead.
 */
export interface NotAnElement<Instead extends string> {
  /** The code to write in place of brackets. */
  readonly instead: Instead;
  [index: number]: NotAnElement<Instead>;
}

/**
 * What iteration gives: numbers (booleans of a bool array) if the array has one axis, else rows. The types do not know
 * how many axes there are, so a value of this type can be used as either.
 */
export type NumberOrRow<T extends DType> = [T] extends ["bool"] ? boolean & NDArray<T> : number & NDArray<T>;

/**
 * The type of the result of a function of single values, where X is the union of their types: a number, or a boolean if
 * T is "bool". If X includes items of an iteration, which may be rows, the result may be a row too, with dtype T.
 */
export type SameKind<X, T extends DType> = [Extract<X, NDArray>] extends [never]
  ? [T] extends ["bool"]
    ? boolean
    : number
  : NumberOrRow<T>;

/** The dtype of arithmetic with rows: float64 of floats, else unknown. */
export type RowDType<X> = [Extract<X, NDArray>] extends [NDArray<"float64" | "float32">] ? "float64" : DType;

/**
 * The result of `tolist`: numbers in as many nested lists as the array has axes. The types do not know how many, so a
 * value of this type can be used as a number and as a list.
 */
export type ListedNumbers = number & ListedNumbers[];

/** The same for a bool array. */
export type ListedBooleans = boolean & ListedBooleans[];

/** JavaScript's typed arrays of numbers, but for those of bigints. */
export type TypedValues =
  | Float64Array
  | Float32Array
  | Int32Array
  | Int16Array
  | Int8Array
  | Uint32Array
  | Uint16Array
  | Uint8Array
  | Uint8ClampedArray;

/**
 * Lists in lists, all of one length at each depth, holding numbers, booleans, typed arrays or whole arrays; a typed
 * array is such a list too.
 */
export type NestedList = readonly (number | boolean | NDArray | NestedList)[] | TypedValues;

/** An array, or nested lists that are read as an array of at least one axis. */
export type ArrayOrLists = NDArray | NestedList;

/** Lists in lists of one kind of value. */
export type Nested<Item> = readonly (Item | Nested<Item>)[];

/** What a function of arrays takes: an array, a single value, or nested lists of values. */
export type Operand = NDArray | NestedList | number | boolean;

/** Rows one after the other: the strides of a fresh array of this shape. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= shape[axis];
  }
  return strides;
}

/**
 * @stdlib's ndarray with a prototype of our own, because toString and toJSON of @stdlib's prototype cannot be replaced.
 * members.ts, inspect.ts and brackets.ts write to that prototype.
 */
class OwnArray extends ndarrayConstructor {
  readonly #shape: readonly number[];
  readonly #strides: readonly number[];
  readonly #rowMajor: boolean;

  constructor(
    dtype: DType,
    data: Buffers[DType],
    shape: readonly number[],
    strides: readonly number[],
    offset: number,
    rowMajor = hasRowMajorStrides(shape, strides),
  ) {
    // @stdlib's type knows neither our dtype "bool" nor readonly lists; it keeps the lists and changes nothing in them
    super(dtype as "uint8", data, shape as number[], strides as number[], offset, "row-major");
    this.#shape = shape;
    this.#strides = strides;
    this.#rowMajor = rowMajor;
  }

  static shapeOf(x: object): readonly number[] | undefined {
    return #shape in x ? x.#shape : undefined;
  }

  static stridesOf(x: object): readonly number[] | undefined {
    return #strides in x ? x.#strides : undefined;
  }

  static isRowMajor(x: object): boolean | undefined {
    return #rowMajor in x ? x.#rowMajor : undefined;
  }
}

export const prototypes = { own: OwnArray.prototype as object, stdlib: ndarrayConstructor.prototype as object };

/** Wraps a buffer without copying it. */
export function wrap<T extends DType>(
  dtype: T,
  data: Buffers[T],
  shape: readonly number[],
  strides?: readonly number[],
  offset = 0,
): NDArray<T> {
  const rowMajor = strides === undefined ? true : undefined;
  // @stdlib wants one stride for a zero-dimensional array
  const own = shape.length === 0 ? [0] : strides === undefined ? rowMajorStrides(shape) : [...strides];
  // @stdlib's type does not know the members that members.ts adds
  return new OwnArray(dtype, data, [...shape], own, offset, rowMajor) as unknown as NDArray<T>;
}

/** Wraps a buffer as an array of the shape of `x`, in row-major order; `x` is in row-major order too. */
export function wrapLike<T extends DType>(x: NDArray, dtype: T, data: Buffers[T]): NDArray<T> {
  return new OwnArray(dtype, data, shapeOf(x), stridesOf(x), 0, true) as unknown as NDArray<T>;
}

/** The shape of `x`, not to be changed: the property `shape` makes a copy at each call. */
export function shapeOf(x: NDArray): readonly number[] {
  return OwnArray.shapeOf(x) ?? x.shape;
}

/** The strides of `x`, not to be changed: the property `strides` makes a copy at each call. */
export function stridesOf(x: NDArray): readonly number[] {
  return OwnArray.stridesOf(x) ?? x.strides;
}

/** Whether a value is one of @stdlib's arrays of a dtype that this library knows, from this copy of it or another. */
export function isNDArray(value: unknown): value is NDArray {
  if (value instanceof OwnArray) return true;
  if (typeof value !== "object" || value === null || !("dtype" in value && "data" in value)) return false;
  const { dtype, data } = value;
  const kind = typeof dtype === "string" && Object.hasOwn(BUFFERS, dtype) ? BUFFERS[dtype as DType] : undefined;
  if (kind === undefined || tagOf(data) !== kind.name) return false;
  const { shape, strides, offset } = value as Record<string, unknown>;
  return Array.isArray(shape) && Array.isArray(strides) && typeof offset === "number";
}

/** Whether a value is one of JavaScript's typed arrays of numbers: no DataView, and none of bigints. */
export function isTypedValues(value: unknown): value is TypedValues {
  const tag = ArrayBuffer.isView(value) ? tagOf(value) : undefined;
  return tag !== undefined && tag !== "DataView" && !tag.startsWith("Big");
}

/** The kind of typed array, told without instanceof: it may come from another realm. */
function tagOf(value: unknown): string | undefined {
  const tag: unknown = (value as { [Symbol.toStringTag]?: unknown } | null | undefined)?.[Symbol.toStringTag];
  return typeof tag === "string" ? tag : undefined;
}

/** @throws TypeError, in the caller's name, unless the value is an array; lists are refused */
export function checkArray(caller: string, name: string, value: unknown): asserts value is NDArray {
  if (!isNDArray(value)) throw new TypeError(`${got(caller, name, value)}: wanted an array, as np.array makes`);
}

/** @throws TypeError, in the caller's name, unless it is a dtype of this library */
export function checkDType(caller: string, dtype: unknown): void {
  if (typeof dtype === "string" && Object.hasOwn(BUFFERS, dtype)) return;
  throw new TypeError(`${got(caller, "dtype", dtype)}: wanted one of ${Object.keys(BUFFERS).join(", ")}`);
}

/** A fresh buffer of zeros. @throws RangeError, in the caller's name, when there is no room for it */
export function allocate<T extends DType>(caller: string, dtype: T, length: number): Buffers[T] {
  // TypeScript cannot see that BUFFERS[dtype] makes Buffers[dtype] for a dtype that it does not know
  const kind = BUFFERS[dtype] as unknown as new (length: number) => Buffers[T];
  try {
    return new kind(length);
  } catch {
    throw noRoom(caller, dtype, length);
  }
}

/** From this size on it pays to leave memory as it is: a smaller buffer is quicker made by JavaScript itself. */
const UNFILLED_BYTES = 8192;
/** The largest buffer that every host can make in this way. */
const MOST_UNFILLED_BYTES = 2 ** 30;

/**
 * A fresh buffer that holds anything. The caller writes each element before anybody can see the buffer, also where it
 * ends in an error.
 * @throws RangeError, in the caller's name, when there is no room for it
 */
export function allocateUnfilled<T extends DType>(caller: string, dtype: T, length: number): Buffers[T] {
  const kind = BUFFERS[dtype];
  const bytes = length * kind.BYTES_PER_ELEMENT;
  if (!(bytes >= UNFILLED_BYTES && bytes <= MOST_UNFILLED_BYTES)) return allocate(caller, dtype, length);
  try {
    return new kind(host.bytes.unfilled(bytes)) as Buffers[T];
  } catch {
    throw noRoom(caller, dtype, length);
  }
}

function noRoom(caller: string, dtype: DType, length: number): RangeError {
  return new RangeError(`${caller}: ${length} elements of ${dtype}: wanted as many as there is room for`);
}

/** How many elements an array of this shape holds. */
export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (const length of shape) size *= length;
  return size;
}

/** Whether the elements are contiguous in row-major order, so that a plain loop reaches them. */
export function isRowMajor(x: NDArray): boolean {
  return OwnArray.isRowMajor(x) ?? hasRowMajorStrides(x.shape, x.strides);
}

/** Whether it is an array of float64 in row-major order, which a loop can read as it is. */
export function isPlain(x: Operand | null): x is NDArray<"float64"> {
  return typeof x === "object" && x !== null && OwnArray.isRowMajor(x) === true && (x as NDArray).dtype === "float64";
}

function hasRowMajorStrides(shape: readonly number[], strides: readonly number[]): boolean {
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    if (shape[axis] !== 1 && strides[axis] !== step) return false;
    step *= shape[axis];
  }
  return true;
}
