import { asArray } from "./asArray";
import { filled, readDType } from "./create";
import type { DType, NDArray, Operand } from "./ndarray";

/**
 * Zeros of the shape and dtype of `x`, as `np.zeros_like`.
 * @param x - an array, nested lists or a single value
 * @param options - `dtype`: another dtype for the result
 * @returns an array of the shape of `x`
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.zerosLike(np.arange(3)); // array([0, 0, 0])
 */
export function zerosLike<T extends DType>(x: Operand, options: { dtype: T }): NDArray<T>;
export function zerosLike<T extends DType>(x: NDArray<T>): NDArray<T>;
export function zerosLike(x: Operand, options?: { dtype?: DType }): NDArray;
export function zerosLike(x: Operand, options?: { dtype?: DType }): NDArray {
  return filledLike("zerosLike", x, 0, options);
}

/**
 * Ones of the shape and dtype of `x`, as `np.ones_like`.
 * @param x - an array, nested lists or a single value
 * @param options - `dtype`: another dtype for the result
 * @returns an array of the shape of `x`
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.onesLike(np.zeros(2)); // array([1., 1.])
 */
export function onesLike<T extends DType>(x: Operand, options: { dtype: T }): NDArray<T>;
export function onesLike<T extends DType>(x: NDArray<T>): NDArray<T>;
export function onesLike(x: Operand, options?: { dtype?: DType }): NDArray;
export function onesLike(x: Operand, options?: { dtype?: DType }): NDArray {
  return filledLike("onesLike", x, 1, options);
}

/**
 * An array to be filled, of the shape and dtype of `x`, as `np.empty_like`.
 * @param x - an array, nested lists or a single value
 * @param options - `dtype`: another dtype for the result
 * @returns an array of the shape of `x`
 * @remarks Zeros; NumPy's holds whatever was in its memory.
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.shape(np.emptyLike(np.zeros([2, 3]))); // (2, 3)
 */
export function emptyLike<T extends DType>(x: Operand, options: { dtype: T }): NDArray<T>;
export function emptyLike<T extends DType>(x: NDArray<T>): NDArray<T>;
export function emptyLike(x: Operand, options?: { dtype?: DType }): NDArray;
export function emptyLike(x: Operand, options?: { dtype?: DType }): NDArray {
  return filledLike("emptyLike", x, 0, options);
}

/**
 * One value everywhere, in an array of the shape and dtype of `x`, as `np.full_like`.
 * @param x - an array, nested lists or a single value
 * @param value - what each element is: a number, or an array or nested lists that broadcast to the shape
 * @param options - `dtype`: another dtype for the result
 * @returns an array of the shape of `x`
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.fullLike(np.zeros(2), 0.5); // array([0.5, 0.5])
 */
export function fullLike<T extends DType>(x: Operand, value: Operand, options: { dtype: T }): NDArray<T>;
export function fullLike<T extends DType>(x: NDArray<T>, value: Operand): NDArray<T>;
export function fullLike(x: Operand, value: Operand, options?: { dtype?: DType }): NDArray;
export function fullLike(x: Operand, value: Operand, options?: { dtype?: DType }): NDArray {
  return filledLike("fullLike", x, value, options);
}

function filledLike(caller: string, x: Operand, value: Operand, options: { dtype?: DType } | undefined): NDArray {
  const like = asArray(caller, x);
  return filled(caller, like.shape, value, readDType(caller, options) ?? like.dtype);
}
