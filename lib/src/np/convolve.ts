import { got, shapeText } from "../checks";
import { asArray } from "./asArray";
import { checkSome } from "./axis";
import { cast } from "./cast";
import { arithmeticDType } from "./dtypes";
import { allocate, wrap } from "./ndarray";
import type { NDArray, Operand } from "./ndarray";
import { reshaped } from "./shape";

const MODES = ["full", "same", "valid"];

/**
 * The convolution of two rows of numbers, as `np.convolve`: c[k] = sum over i of a[i] v[k - i].
 * @param a - (n,), or a single value
 * @param v - (m,), or a single value
 * @param mode - "full", the default: wherever they overlap; "same": the middle, as long as the longer one; "valid":
 *   where they overlap wholly
 * @returns (n + m - 1,), (max(n, m),) or (max(n, m) - min(n, m) + 1,); float64 unless both are int32 or bool
 * @remarks The difference to NumPy is at most 1e-12 of the largest value of convolve(|a|, |v|).
 * @throws RangeError for other than one axis, or an empty one, TypeError for another mode
 * @example np.convolve([1, 2, 3], [0, 1, 0.5]); // array([0. , 1. , 2.5, 4. , 1.5])
 */
export function convolve(a: Operand, v: Operand, mode = "full"): NDArray {
  if (!MODES.includes(mode)) throw new TypeError(`${got("convolve", "mode", mode)}: wanted one of ${MODES.join(", ")}`);
  const x = oneAxis("a", a),
    y = oneAxis("v", v);
  const full = overlaps(cast("convolve", x, "float64").data, cast("convolve", y, "float64").data);
  const short = Math.min(x.length, y.length),
    cut = mode === "full" ? 0 : mode === "valid" ? short - 1 : (short - 1) >> 1;
  const length =
    mode === "full" ? full.length : mode === "valid" ? full.length - 2 * cut : Math.max(x.length, y.length);
  const result = wrap("float64", full.slice(cut, cut + length), [length]);
  const dtype = arithmeticDType(x.dtype, y.dtype);
  return dtype === "float64" ? result : cast("convolve", result, dtype);
}

/** As in NumPy, a single value counts as an array of one element. */
function oneAxis(name: string, value: Operand): NDArray {
  const given = asArray("convolve", value, name);
  const array = given.ndims === 0 ? reshaped("convolve", given, [1]) : given;
  if (array.ndims !== 1) throw new RangeError(`convolve: ${name} of shape ${shapeText(array.shape)}: wanted one axis`);
  checkSome("convolve", array.length, array);
  return array;
}

function overlaps(a: Float64Array, v: Float64Array): Float64Array {
  const sums = allocate("convolve", "float64", a.length + v.length - 1);
  for (let i = 0; i < a.length; i++) {
    for (let j = 0; j < v.length; j++) sums[i + j] += a[i] * v[j];
  }
  return sums;
}
