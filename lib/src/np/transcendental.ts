import { float64 } from "./arithmetic";
import { unary } from "./elementwise";
import * as loops from "./loops";
import type { FloatUnaryFunction } from "./signatures";

/**
 * The sine of an angle in radians, as `np.sin`.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value.
 * @throws TypeError when `out` cannot hold the result
 * @example np.sin([0, Math.PI / 2]); // array([0., 1.])
 */
export const sin = unary("sin", loops.sin, float64) as FloatUnaryFunction;
/**
 * The cosine of an angle in radians, as `np.cos`.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value.
 * @throws TypeError when `out` cannot hold the result
 * @example np.cos([0, Math.PI]); // array([ 1., -1.])
 */
export const cos = unary("cos", loops.cos, float64) as FloatUnaryFunction;
/**
 * The logarithm to the base 2, as `np.log2`: -inf at 0, nan below.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. No warning at 0 or below.
 * @throws TypeError when `out` cannot hold the result
 * @example np.log2([1, 8]); // array([0., 3.])
 */
export const log2 = unary("log2", loops.log2, float64) as FloatUnaryFunction;
/**
 * The logarithm to the base 10, as `np.log10`: -inf at 0, nan below.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. No warning at 0 or below.
 * @throws TypeError when `out` cannot hold the result
 * @example np.log10([1, 1000]); // array([0., 3.])
 */
export const log10 = unary("log10", loops.log10, float64) as FloatUnaryFunction;
/**
 * The natural logarithm of 1 + x, exact also for a small x, as `np.log1p`.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. No warning at -1 or below.
 * @throws TypeError when `out` cannot hold the result
 * @example np.log1p([0, Math.E - 1]); // array([0., 1.])
 */
export const log1p = unary("log1p", loops.log1p, float64) as FloatUnaryFunction;
/**
 * e to the power of x, less 1, exact also for a small x, as `np.expm1`.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. No warning for an overflow.
 * @throws TypeError when `out` cannot hold the result
 * @example np.expm1(1e-10); // 1.00000000005e-10
 */
export const expm1 = unary("expm1", loops.expm1, float64) as FloatUnaryFunction;

/** What `sigmoid` does with an array: 1 / (1 + exp(-x)), in one pass. */
export const logistic = unary("sigmoid", loops.logistic, float64) as FloatUnaryFunction;
