import { arithmeticDType } from "./dtypes";
import { binary, unary } from "./elementwise";
import * as loops from "./loops";
import type { DType } from "./ndarray";
import type {
  BinaryFunction,
  FloatBinaryFunction,
  FloatUnaryFunction,
  IntegerBinaryFunction,
  IntegerUnaryFunction,
  UnaryFunction,
} from "./signatures";

/** The dtype of a result that is float64 whatever it is made of. */
export const float64 = (): "float64" => "float64";
/** The result's dtype where NumPy computes with integers and not with booleans, which count as integers here. */
const numericDType = (a: DType, b: DType) => {
  const dtype = arithmeticDType(a, b);
  return dtype === "bool" ? "int32" : dtype;
};
const keepNumeric = (a: DType, b: DType) => {
  const dtype = arithmeticDType(a, b);
  return dtype === "bool" ? undefined : dtype;
};

/**
 * `a + b`, as `np.add`; for booleans, the logical or.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.add([1, 2], 1); // array([2., 3.])
 */
export const add = binary("add", loops.add, arithmeticDType) as BinaryFunction;
/**
 * `a - b`, as `np.subtract`.
 * @throws RangeError when the shapes do not broadcast; TypeError for booleans, or when `out` cannot hold the result
 * @example np.subtract([3, 4], [1, 2]); // array([2., 2.])
 * @example
 * const W = np.array([1, 2]), gradient = np.array([10, 20]);
 * np.subtract(W, np.multiply(gradient, 0.1), { out: W }); // array([0., 0.])
 */
export const subtract = binary("subtract", loops.subtract, keepNumeric) as BinaryFunction;
/**
 * `a * b` element by element, as `np.multiply`; for booleans, the logical and.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.multiply([1, 2], [3, 4]); // array([3., 8.])
 */
export const multiply = binary("multiply", loops.multiply, arithmeticDType) as BinaryFunction;
/**
 * `a / b`, as `np.divide`: float64 even of integers; by 0 it is inf or nan.
 * @remarks No warning for a division by 0.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.divide([1, 2], 2); // array([0.5, 1. ])
 */
export const divide = binary("divide", loops.divide, float64) as FloatBinaryFunction;
/**
 * The larger of each pair, nan if one is, as `np.maximum`.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.maximum(0, [-1, 2]); // array([0., 2.])
 */
export const maximum = binary("maximum", loops.maximum, arithmeticDType) as BinaryFunction;
/**
 * The smaller of each pair, nan if one is, as `np.minimum`.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.minimum(0, [-1, 2]); // array([-1.,  0.])
 */
export const minimum = binary("minimum", loops.minimum, arithmeticDType) as BinaryFunction;
/**
 * `a` to the power of `b`, as `np.power`; of integers an integer.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. Of booleans it gives int32, where NumPy gives
 *   int8.
 * @throws RangeError for integers to a power below 0, and when the shapes do not broadcast; TypeError when `out`
 *   cannot hold the result
 * @example np.power([1, 2, 3], 2); // array([1., 4., 9.])
 */
export const power = binary("power", loops.power, numericDType, loops.wholePower) as IntegerBinaryFunction;
/**
 * The remainder of `a / b` with the sign of `b`, as `np.mod` and Python's `%`; by 0 it is nan, of integers 0.
 * @remarks Of booleans it gives int32, where NumPy gives int8. No warning for a division by 0.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.mod([5, -5], 3); // array([2., 1.])
 */
export const mod = binary("mod", loops.mod, numericDType, loops.wholeMod) as IntegerBinaryFunction;
/**
 * The remainder of `a / b` with the sign of `b`, as `np.remainder`: another name of `np.mod`.
 * @remarks Of booleans it gives int32, where NumPy gives int8. No warning for a division by 0.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.remainder([5, -5], 3); // array([2., 1.])
 */
export const remainder = binary("remainder", loops.mod, numericDType, loops.wholeMod) as IntegerBinaryFunction;
/**
 * `a / b` rounded down, as `np.floor_divide` and Python's `//`; by 0 it is inf or nan, of integers 0.
 * @remarks Of booleans it gives int32, where NumPy gives int8. No warning for a division by 0.
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.floorDivide([7, -7], 2); // array([ 3., -4.])
 */
export const floorDivide = binary(
  "floorDivide",
  loops.floorDivide,
  numericDType,
  loops.wholeFloorDivide,
) as IntegerBinaryFunction;

/**
 * `-x`, as `np.negative`.
 * @throws TypeError for booleans, or when `out` cannot hold the result
 * @example np.negative([1, -2]); // array([-1.,  2.])
 */
export const negative = unary("negative", loops.negative, keepNumeric) as IntegerUnaryFunction;
/**
 * `|x|`, as `np.abs`.
 * @throws TypeError when `out` cannot hold the result
 * @example np.abs([-1, 2]); // array([1., 2.])
 */
export const abs = unary("abs", loops.abs, arithmeticDType) as UnaryFunction;
/**
 * `x * x`, as `np.square`.
 * @remarks Of booleans it gives int32, where NumPy gives int8.
 * @throws TypeError when `out` cannot hold the result
 * @example np.square([3, -2]); // array([9., 4.])
 */
export const square = unary("square", loops.square, numericDType) as IntegerUnaryFunction;
/**
 * e to the power of x, as `np.exp`.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. No warning for an overflow.
 * @throws TypeError when `out` cannot hold the result
 * @example np.exp([0, 1]); // array([1.        , 2.71828183])
 */
export const exp = unary("exp", loops.exp, float64) as FloatUnaryFunction;
/**
 * The natural logarithm, as `np.log`: -inf at 0, nan below.
 * @remarks The same bits on every engine, within 2 ulp of NumPy's value. No warning at 0 or below.
 * @throws TypeError when `out` cannot hold the result
 * @example np.log([1, Math.E]); // array([0., 1.])
 */
export const log = unary("log", loops.log, float64) as FloatUnaryFunction;
/**
 * The square root, as `np.sqrt`: nan below 0.
 * @remarks No warning below 0.
 * @throws TypeError when `out` cannot hold the result
 * @example np.sqrt([4, 2]); // array([2.        , 1.41421356])
 */
export const sqrt = unary("sqrt", loops.sqrt, float64) as FloatUnaryFunction;
/**
 * The hyperbolic tangent, as `np.tanh`.
 * @remarks The same bits on every engine, within 3 ulp of NumPy's value.
 * @throws TypeError when `out` cannot hold the result
 * @example np.tanh([0, 1]); // array([0.        , 0.76159416])
 */
export const tanh = unary("tanh", loops.tanh, float64) as FloatUnaryFunction;
/**
 * Rounded down to a whole number, as `np.floor`.
 * @throws TypeError when `out` cannot hold the result
 * @example np.floor([1.7, -1.2]); // array([ 1., -2.])
 */
export const floor = unary("floor", loops.floor, arithmeticDType) as UnaryFunction;
/**
 * Rounded up to a whole number, as `np.ceil`.
 * @throws TypeError when `out` cannot hold the result
 * @example np.ceil([1.2, -1.7]); // array([ 2., -1.])
 */
export const ceil = unary("ceil", loops.ceil, arithmeticDType) as UnaryFunction;
/**
 * Without the digits after the point, as `np.trunc`.
 * @throws TypeError when `out` cannot hold the result
 * @example np.trunc([1.7, -1.7]); // array([ 1., -1.])
 */
export const trunc = unary("trunc", loops.trunc, arithmeticDType) as UnaryFunction;
/**
 * The sign as a number, as `np.sign`: -1 below 0, 0 at 0, 1 above; nan stays nan.
 * @throws TypeError for booleans, or when `out` cannot hold the result
 * @example np.sign([-2, 0, 3]); // array([-1.,  0.,  1.])
 */
export const sign = unary("sign", loops.sign, keepNumeric) as IntegerUnaryFunction;
