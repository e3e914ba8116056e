import { multiply } from "./arithmetic";
import { asArray } from "./asArray";
import type { NDArray, Operand } from "./ndarray";
import { reshape } from "./shape";

/**
 * Every product of an element of `a` and one of `b`, as `np.outer`: (m,) and (n,) give (m,n); more axes are flattened.
 * @example np.outer([1, 2], [3, 4]); // array([[3., 4.], [6., 8.]])
 */
export function outer(a: Operand, b: Operand): NDArray {
  return multiply(reshape(asArray("outer", a), [-1, 1]), reshape(asArray("outer", b), [1, -1]));
}
