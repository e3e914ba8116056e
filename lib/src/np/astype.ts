import { asArray } from "./asArray";
import { cast } from "./cast";
import { checkDType } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";

/**
 * A copy in another dtype, as `np.astype`: a float loses its fraction in an int32, anything but 0 is true in a bool.
 * @param x - an array, nested lists or a single value
 * @param dtype - "float64", "float32", "int32" or "bool"
 * @returns an array of its own, of the shape of `x`
 * @remarks nan, inf and numbers beyond 32 bits are refused in an int32.
 * @throws RangeError for a value that does not fit an int32; TypeError for another dtype
 * @example np.astype([1.7, -1.7], "int32"); // array([ 1, -1])
 */
export function astype<T extends DType>(x: Operand, dtype: T): NDArray<T> {
  const array = asArray("astype", x);
  checkDType("astype", dtype);
  return cast("astype", array, dtype);
}
