import { shapeText } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { cast } from "./cast";
import { arithmeticDType } from "./dtypes";
import { allocate, sizeOf, wrap } from "./ndarray";
import type { ArrayOrLists, NDArray } from "./ndarray";
import { gridOf, multiplyInto } from "./product";
import { positionsOf } from "./walk";

/**
 * The product of matrices, as `np.matmul` and Python's `@`: (m,k) and (k,n) give (m,n). Axes before the last two are
 * broadcast, a matrix for each; (k,) is read as a row if it is the first operand and as a column if it is the second;
 * the result does not have that axis.
 * @param a - (...,m,k) or (k,); an array or nested lists
 * @param b - (...,k,n) or (k,)
 * @returns (...,m,n); (n,), (m,) or () where an operand is (k,); float64 unless both are int32 or bool
 * @remarks The product of two vectors is a 0-d array. The difference to NumPy's product is at most 1e-12 of the largest
 *   element of matmul(|a|, |b|).
 * @throws RangeError when the inner lengths differ, the axes before do not broadcast, or an operand is a single value
 * @example np.matmul([[1, 2], [3, 4]], [[1, 0], [0, 1]]); // array([[1., 2.], [3., 4.]])
 */
export function matmul(a: NDArray<"float64" | "float32">, b: ArrayOrLists): NDArray<"float64">;
export function matmul(a: ArrayOrLists, b: NDArray<"float64" | "float32">): NDArray<"float64">;
export function matmul(a: ArrayOrLists, b: ArrayOrLists): NDArray;
export function matmul(a: ArrayOrLists, b: ArrayOrLists): NDArray {
  const x = asArray("matmul", a, "a"),
    y = asArray("matmul", b, "b");
  const left = x.ndims === 1 ? withAxis(x, 0) : x,
    right = y.ndims === 1 ? withAxis(y, 1) : y;
  checkInner(x, y, left, right);
  const batch = broadcastShapes("matmul", [left.shape.slice(0, -2), right.shape.slice(0, -2)]);
  const [m, n] = [left.shape[left.ndims - 2], right.shape[right.ndims - 1]];
  const data = allocate("matmul", "float64", sizeOf(batch) * m * n);
  const lefts = matricesOf(left, batch),
    rights = matricesOf(right, batch);
  lefts.forEach((matrix, i) => multiplyInto(gridOf(matrix), gridOf(rights[i]), data, i * m * n));
  const shape = [...batch, ...(x.ndims === 1 ? [] : [m]), ...(y.ndims === 1 ? [] : [n])];
  const product = wrap("float64", data, shape),
    dtype = arithmeticDType(x.dtype, y.dtype);
  return dtype === "float64" ? product : cast("matmul", product, dtype);
}

function withAxis(x: NDArray, axis: 0 | 1): NDArray {
  const [length] = x.shape,
    [step] = x.strides;
  return axis === 0
    ? wrap(x.dtype, x.data, [1, length], [0, step], x.offset)
    : wrap(x.dtype, x.data, [length, 1], [step, 0], x.offset);
}

function checkInner(x: NDArray, y: NDArray, left: NDArray, right: NDArray): void {
  const given = `matmul: ${shapeText(x.shape)} and ${shapeText(y.shape)}`;
  if (x.ndims === 0 || y.ndims === 0) throw new RangeError(`${given}: wanted arrays with axes`);
  const inner = left.shape[left.ndims - 1],
    met = right.shape[right.ndims - 2];
  if (inner !== met) throw new RangeError(`${given}: wanted equal inner lengths, not ${inner} and ${met}`);
}

/** The matrices in the last two axes, one for each place of the axes before them. */
function matricesOf(x: NDArray, batch: readonly number[]): NDArray[] {
  const lead = x.ndims - 2;
  const outer = wrap(x.dtype, x.data, x.shape.slice(0, lead), x.strides.slice(0, lead), x.offset);
  const positions = positionsOf(batch, broadcastStrides(outer, batch), x.offset);
  return Array.from(positions, (position) =>
    wrap(x.dtype, x.data, x.shape.slice(lead), x.strides.slice(lead), position),
  );
}
