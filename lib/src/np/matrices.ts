import { checkOptions, checkWhole, shapeText } from "../checks";
import { asArray } from "./asArray";
import { normalizeAxis } from "./axis";
import { copyOf, filled, readDType } from "./create";
import { allocate, checkDType, wrap } from "./ndarray";
import type { ArrayOrLists, DType, NDArray, NestedList } from "./ndarray";
import { sum } from "./reduce";
import { transpose } from "./shape";

/** No diagonal lies farther off than this. */
const WIDEST = 2 ** 31;

/** The dtype, and which diagonal is meant: 0 the main one, above it 1, 2 ..., below it -1, -2 ... */
export interface EyeOptions<T extends DType> {
  readonly k?: number;
  readonly dtype?: T;
}

/**
 * A matrix with ones on a diagonal and zeros elsewhere, as `np.eye`.
 * @param n - how many rows
 * @param m - how many columns, `n` by default
 * @param options - `k`: which diagonal, 0 by default, above the main one 1, 2 ...; `dtype`: "float64" by default
 * @returns (n,m)
 * @remarks `np.take(np.eye(10), t, { axis: 0 })` makes one-hot rows of labels.
 * @throws RangeError for a length that is no whole number from 0
 * @example np.eye(2); // array([[1., 0.], [0., 1.]])
 */
export function eye<T extends DType = "float64">(n: number, options?: EyeOptions<T>): NDArray<T>;
export function eye<T extends DType = "float64">(n: number, m?: number, options?: EyeOptions<T>): NDArray<T>;
export function eye(n: number, m?: number | EyeOptions<DType>, options?: EyeOptions<DType>): NDArray {
  const columns = typeof m === "object" || m === undefined ? n : m;
  const { k = 0, dtype = "float64" } = readEye(typeof m === "object" ? m : options);
  checkWhole("eye", "n", n, 0);
  checkWhole("eye", "m", columns, 0);
  return withDiagonal(filled("eye", [n, columns], 0, dtype), k);
}

function readEye(options: EyeOptions<DType> | undefined): EyeOptions<DType> {
  if (options === undefined) return {};
  checkOptions("eye", options, ["k", "dtype"]);
  const { k = 0, dtype = "float64" } = options;
  checkWhole("eye", "k", k, -WIDEST);
  checkDType("eye", dtype);
  return { k, dtype };
}

function withDiagonal<T extends DType>(matrix: NDArray<T>, k: number): NDArray<T> {
  const [rows, columns] = matrix.shape;
  const last = Math.min(rows, columns - k);
  for (let i = Math.max(0, -k); i < last; i++) matrix.data[i * columns + i + k] = 1;
  return matrix;
}

/**
 * The unit matrix, ones on the diagonal and zeros elsewhere, as `np.identity`.
 * @param n - how many rows and columns
 * @param options - `dtype`: "float64" unless it says "float32", "int32" or "bool"
 * @returns (n,n)
 * @throws RangeError for a length that is no whole number from 0
 * @example np.identity(2); // array([[1., 0.], [0., 1.]])
 */
export function identity<T extends DType = "float64">(n: number, options?: { dtype?: T }): NDArray<T> {
  const dtype = readDType("identity", options) ?? ("float64" as T);
  checkWhole("identity", "n", n, 0);
  return withDiagonal(filled("identity", [n, n], 0, dtype), 0);
}

/**
 * A diagonal of a matrix, or the matrix that has a vector on its diagonal, as `np.diag`.
 * @param x - (n,m), whose diagonal is taken, or (n,), which becomes one
 * @param options - `k`: which diagonal, 0 by default, above the main one 1, 2 ...
 * @returns a fresh array: of a matrix the diagonal, of (n,) a matrix of n + |k| rows and columns
 * @throws RangeError for another number of axes, or a `k` that is no whole number
 * @example np.diag([1, 2]); // array([[1., 0.], [0., 2.]])
 * @example np.diag([[1, 2], [3, 4]]); // array([1., 4.])
 */
export function diag<T extends DType>(x: NDArray<T>, options?: { k?: number }): NDArray<T>;
export function diag(x: NestedList, options?: { k?: number }): NDArray;
export function diag(x: ArrayOrLists, options: { k?: number } = {}): NDArray {
  checkOptions("diag", options, ["k"]);
  const { k = 0 } = options;
  checkWhole("diag", "k", k, -WIDEST);
  const array = asArray("diag", x);
  if (array.ndims === 2) return copyOf("diag", diagonal(array, 0, 1, k));
  if (array.ndims !== 1) throw new RangeError(`diag: shape ${shapeText(array.shape)}: wanted one or two axes`);
  const side = array.length + Math.abs(k);
  const result = wrap(array.dtype, allocate("diag", array.dtype, side * side), [side, side]);
  const line = diagonal(result, 0, 1, k);
  const { data } = copyOf("diag", array);
  for (let i = 0; i < array.length; i++) result.data[line.offset + i * line.strides[0]] = data[i];
  return result;
}

/** Which diagonal, and between which two axes. */
export interface TraceOptions {
  readonly k?: number;
  readonly axis1?: number;
  readonly axis2?: number;
}

/**
 * The sum along a diagonal, as `np.trace`.
 * @param x - (n,m), or more axes
 * @param options - `k`: which diagonal, 0 by default, NumPy's `offset`; `axis1`, `axis2`: the axes of the matrices, 0
 *   and 1 by default
 * @returns a number of a matrix, else an array of the other axes
 * @throws RangeError for fewer than two axes, or when there is no such axis
 * @example np.trace([[1, 2], [3, 4]]); // 5.0
 */
export function trace(x: ArrayOrLists, options: TraceOptions = {}): number | NDArray {
  checkOptions("trace", options, ["k", "axis1", "axis2"]);
  const { k = 0, axis1 = 0, axis2 = 1 } = options;
  checkWhole("trace", "k", k, -WIDEST);
  const array = asArray("trace", x);
  if (array.ndims < 2) throw new RangeError(`trace: shape ${shapeText(array.shape)}: wanted at least two axes`);
  const first = normalizeAxis("trace", axis1, array.shape),
    second = normalizeAxis("trace", axis2, array.shape);
  if (first === second) throw new RangeError(`trace: axis1 and axis2 are ${first}: wanted two axes`);
  const line = diagonal(array, first, second, k);
  return line.ndims === 1 ? sum(line) : sum(line, { axis: -1 });
}

/** A view of a diagonal. The diagonal is the last axis of the view; the other axes of the array come before it. */
function diagonal<T extends DType>(x: NDArray<T>, first: number, second: number, k: number): NDArray<T> {
  const rest = x.shape.map((_, axis) => axis).filter((axis) => axis !== first && axis !== second);
  const { shape, strides, offset } = transpose(x, [...rest, first, second]);
  const [rows, columns] = shape.slice(-2),
    [down, right] = strides.slice(-2);
  const length = Math.max(0, k < 0 ? Math.min(rows + k, columns) : Math.min(rows, columns - k));
  const start = length === 0 ? 0 : k < 0 ? -k * down : k * right;
  return wrap(
    x.dtype,
    x.data,
    [...shape.slice(0, -2), length],
    [...strides.slice(0, -2), down + right],
    offset + start,
  );
}
