import type { Comparison } from "./compare";
import { binary, unary } from "./elementwise";
import * as loops from "./loops";
import type { NDArray, SameKind, Operand } from "./ndarray";

/** A question to each element. */
export interface Predicate {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `out`: an array of the result's shape that receives the result in place
   * @returns true or false for a single value, else a bool array of the same shape
   */
  <X extends number | boolean>(x: X): SameKind<X, "bool">;
  <O extends NDArray>(x: Operand, options: { out: O }): O;
  (x: Operand): NDArray<"bool">;
}

const bool = (): "bool" => "bool";

/**
 * Whether both are true, as `np.logical_and`; every number except 0 counts as true.
 * @throws RangeError when the shapes do not broadcast
 * @example np.logicalAnd([true, true], [true, false]); // array([ True, False])
 */
export const logicalAnd = binary("logicalAnd", loops.logicalAnd, bool) as Comparison;
/**
 * Whether at least one of both is true, as `np.logical_or`; every number except 0 counts as true.
 * @throws RangeError when the shapes do not broadcast
 * @example np.logicalOr([true, false], [false, false]); // array([ True, False])
 */
export const logicalOr = binary("logicalOr", loops.logicalOr, bool) as Comparison;
/**
 * Whether exactly one of both is true, as `np.logical_xor`; every number except 0 counts as true.
 * @throws RangeError when the shapes do not broadcast
 * @example np.logicalXor([true, true], [true, false]); // array([False,  True])
 */
export const logicalXor = binary("logicalXor", loops.logicalXor, bool) as Comparison;
/**
 * Whether it is false, as `np.logical_not`; every number except 0 counts as true.
 * @throws TypeError for a value that is not a number
 * @example np.logicalNot([true, false]); // array([False,  True])
 */
export const logicalNot = unary("logicalNot", loops.logicalNot, bool) as Predicate;
/**
 * Whether it is nan, as `np.isnan`.
 * @throws TypeError for a value that is not a number
 * @example np.isnan([1, NaN]); // array([False,  True])
 */
export const isnan = unary("isnan", loops.isnan, bool) as Predicate;
/**
 * Whether it is inf or -inf, as `np.isinf`.
 * @throws TypeError for a value that is not a number
 * @example np.isinf([1, -Infinity]); // array([False,  True])
 */
export const isinf = unary("isinf", loops.isinf, bool) as Predicate;
/**
 * Whether it is neither nan nor infinite, as `np.isfinite`.
 * @throws TypeError for a value that is not a number
 * @example np.isfinite([1, NaN, Infinity]); // array([ True, False, False])
 */
export const isfinite = unary("isfinite", loops.isfinite, bool) as Predicate;
