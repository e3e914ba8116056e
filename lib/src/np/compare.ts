import { binary } from "./elementwise";
import * as loops from "./loops";
import type { NDArray, SameKind, Operand } from "./ndarray";

/** Of two operands, broadcast to one shape; nan differs from everything. */
export interface Comparison {
  /**
   * @param a - an array, nested lists or a single value
   * @param b - the same; its shape and that of `a` broadcast to one
   * @param options - `out`: a bool array that receives the result in place
   * @returns true or false for two single values, else a bool array
   */
  <A extends number | boolean, B extends number | boolean>(a: A, b: B): SameKind<A | B, "bool">;
  (a: Operand, b: Operand, options: { out: NDArray<"bool"> }): NDArray<"bool">;
  (a: Operand, b: Operand): NDArray<"bool">;
}

const bool = (): "bool" => "bool";

/**
 * `a == b`, as `np.equal`.
 * @throws RangeError when the shapes do not broadcast
 * @example np.equal([1, 2], 2); // array([False,  True])
 */
export const equal = binary("equal", loops.equal, bool) as Comparison;
/**
 * `a != b`, as `np.not_equal`.
 * @throws RangeError when the shapes do not broadcast
 * @example np.notEqual([1, 2], 2); // array([ True, False])
 */
export const notEqual = binary("notEqual", loops.notEqual, bool) as Comparison;
/**
 * `a < b`, as `np.less`.
 * @throws RangeError when the shapes do not broadcast
 * @example np.less([1, 2], 2); // array([ True, False])
 */
export const less = binary("less", loops.less, bool) as Comparison;
/**
 * `a > b`, as `np.greater`.
 * @throws RangeError when the shapes do not broadcast
 * @example np.greater([1, 2], 1); // array([False,  True])
 */
export const greater = binary("greater", loops.greater, bool) as Comparison;
/**
 * `a <= b`, as `np.less_equal`.
 * @throws RangeError when the shapes do not broadcast
 * @example np.lessEqual([1, 2, 3], 2); // array([ True,  True, False])
 */
export const lessEqual = binary("lessEqual", loops.lessEqual, bool) as Comparison;
/**
 * `a >= b`, as `np.greater_equal`.
 * @throws RangeError when the shapes do not broadcast
 * @example np.greaterEqual([1, 2, 3], 2); // array([False,  True,  True])
 */
export const greaterEqual = binary("greaterEqual", loops.greaterEqual, bool) as Comparison;
