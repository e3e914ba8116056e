import { asArray } from "./asArray";
import { productBy } from "./dot";
import type { NDArray, Operand } from "./ndarray";
import { reshaped } from "./shape";

/**
 * Every product of an element of `a` and one of `b`, as `np.outer`: (m,) and (n,) give (m,n); more axes are flattened.
 * @param a - m values, an array or nested lists
 * @param b - n values
 * @returns (m,n)
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.outer([1, 2], [3, 4]); // array([[3., 4.], [6., 8.]])
 */
export function outer(a: Operand, b: Operand): NDArray {
  const x = asArray("outer", a, "a"),
    y = asArray("outer", b, "b");
  const column = reshaped("outer", x, [x.length, 1]),
    row = reshaped("outer", y, [1, y.length]);
  return productBy("outer", column, row, a, b);
}
