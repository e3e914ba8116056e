import { shapeText } from "../checks";
import { asArray } from "./asArray";
import { cast } from "./cast";
import { arithmeticDType, scalarDType } from "./dtypes";
import { apply2 } from "./elementwise";
import * as loops from "./loops";
import { allocate, allocateUnfilled, shapeOf, sizeOf, stridesOf, wrap } from "./ndarray";
import type { NDArray, Operand } from "./ndarray";
import { gridOf, multiplyInto, transposed } from "./product";
import type { Grid } from "./product";
import { reshaped, transpose } from "./shape";

/**
 * The product of matrices and vectors, as `np.dot`: (m,k) and (k,n) give (m,n); (k,) and (k,) give a 0-d array; a
 * single value multiplies every element. In general the last axis of `a` is summed with the last but one of `b`.
 * @param a - (m,k), (k,) or a value; an array or nested lists
 * @param b - (k,n), (k,) or a value
 * @returns (m,n), (m,), (n,) or (); float64 unless both are int32 or bool
 * @remarks The product of two vectors is a 0-d array, which `np.at` reads. The difference to NumPy's product is at most
 *   1e-12 of the largest element of dot(|a|, |b|).
 * @throws RangeError when the two lengths differ, as `dot: (100,784) and (50,10): wanted equal inner lengths, not 784
 *   and 50`
 * @example np.dot([[1, 2], [3, 4]], [1, 1]); // array([3., 7.])
 */
export function dot(a: NDArray<"float64" | "float32">, b: Operand): NDArray<"float64">;
export function dot(a: Operand, b: NDArray<"float64" | "float32">): NDArray<"float64">;
export function dot(a: Operand, b: Operand): NDArray;
export function dot(a: Operand, b: Operand): NDArray {
  const x = asArray("dot", a, "a"),
    y = asArray("dot", b, "b");
  const dtype = arithmeticDType(x.dtype, y.dtype);
  if (x.ndims === 0 || y.ndims === 0) return productBy("dot", x, y, a, b);
  const left = alongRows(x, x.ndims - 1),
    right = transposed(alongRows(y, Math.max(y.ndims - 2, 0)));
  if (left.columns !== right.rows) {
    throw new RangeError(
      `dot: ${shapeText(x.shape)} and ${shapeText(y.shape)}: ` +
        `wanted equal inner lengths, not ${left.columns} and ${right.rows}`,
    );
  }
  // multiplyInto writes nothing where there is nothing to sum
  const memory = left.columns === 0 ? allocate : allocateUnfilled;
  const data = memory("dot", "float64", left.rows * right.columns);
  multiplyInto(left, right, data);
  const product = wrap("float64", data, productShape(x, left.rows, y, right.columns));
  return dtype === "float64" ? product : cast("dot", product, dtype);
}

/** Multiplies element by element; outer calls it too. A single whole number counts as an integer. */
export function productBy(caller: string, x: NDArray, y: NDArray, a: Operand, b: Operand): NDArray {
  const bare = typeof b !== "object" ? b : y;
  // the product of two single values is an array too
  const left = typeof a !== "object" && typeof bare === "object" ? a : x;
  if (typeof a === "object" || typeof b === "object") {
    return apply2(caller, loops.multiply, arithmeticDType, left, bare) as NDArray;
  }
  const dtype = arithmeticDType(scalarDType(a), scalarDType(b));
  return cast(caller, apply2(caller, loops.multiply, arithmeticDType, x, y) as NDArray, dtype);
}

/** `x` as a matrix: `axis` becomes its second axis, all other axes together its first. A vector becomes one row. */
function alongRows(x: NDArray, axis: number): Grid {
  if (x.ndims === 2) return axis === 1 ? gridOf(x) : transposed(gridOf(x));
  const shape = shapeOf(x);
  if (x.ndims === 1 && (shape[0] <= 1 || stridesOf(x)[0] === 1)) {
    return { data: x.data, rows: 1, columns: shape[0], down: shape[0], right: 1, offset: x.offset };
  }
  const rest = shape.map((_, k) => k).filter((k) => k !== axis);
  const lengths = [sizeOf(rest.map((k) => shape[k])), shape[axis]];
  return gridOf(reshaped("dot", transpose(x, [...rest, axis]), lengths));
}

/** The shape of the product: the axes of both but for those that are summed. */
function productShape(x: NDArray, rows: number, y: NDArray, columns: number): readonly number[] {
  if (x.ndims <= 2 && y.ndims <= 2) return [...(x.ndims === 2 ? [rows] : []), ...(y.ndims === 2 ? [columns] : [])];
  return [...without(x, x.ndims - 1), ...without(y, Math.max(y.ndims - 2, 0))];
}

function without(x: NDArray, axis: number): number[] {
  return x.shape.filter((_, k) => k !== axis);
}
