import { got } from "../checks";
import { asArray } from "./asArray";
import { asFloat64, cast } from "./cast";
import { copyOf } from "./create";
import { allocate, wrap } from "./ndarray";
import type { DType, NDArray, ArrayOrLists, SameKind, RowDType } from "./ndarray";

/**
 * Rounded to `decimals` places, halves to the even digit, as `np.round`.
 * @param x - an array, nested lists or a single value
 * @param decimals - digits after the point, 0 by default; below 0 tens, hundreds ...
 * @returns a number for a number, else an array of the same shape
 * @throws RangeError when `decimals` is no whole number, or a rounded int32 does not fit 32 bits
 * @example np.round([0.5, 1.5, 2.5]); // array([0., 2., 2.])
 */
export function round<X extends number>(x: X, decimals?: number): SameKind<X, RowDType<X>>;
export function round<T extends DType>(x: NDArray<T>, decimals?: number): NDArray<T extends "float32" ? "float64" : T>;
export function round(x: ArrayOrLists, decimals?: number): NDArray;
export function round(x: number | ArrayOrLists, decimals = 0): number | NDArray {
  if (!Number.isSafeInteger(decimals))
    throw new RangeError(`${got("round", "decimals", decimals)}: wanted a whole number`);
  const scale = powerOfTen(Math.abs(decimals));
  if (typeof x === "number") return roundOne(x, decimals, scale);
  const array = asArray("round", x);
  const whole = array.dtype === "int32" || array.dtype === "bool";
  if (whole && decimals >= 0) return copyOf("round", array);
  const from = cast("round", asFloat64(array), "float64").data;
  const data = allocate("round", "float64", from.length);
  for (let i = 0; i < data.length; i++) data[i] = roundOne(from[i], decimals, scale);
  const result = wrap("float64", data, array.shape);
  return whole ? cast("round", result, array.dtype) : result;
}

/** NumPy scales, rounds to a whole number and scales back; it is not the correctly rounded decimal. */
function roundOne(x: number, decimals: number, scale: number): number {
  if (decimals === 0) return halfEven(x);
  return decimals > 0 ? halfEven(x * scale) / scale : halfEven(x / scale) * scale;
}

/**
 * The power as NumPy computes it: from a table up to 10**8, then by repeated multiplication. For exponents above 308 it
 * is infinite, and rounding with it gives nan.
 */
function powerOfTen(exponent: number): number {
  let power = Number(`1e${Math.min(exponent, 8)}`);
  for (let n = 8; n < exponent && power < Infinity; n++) power *= 10;
  return power;
}

function halfEven(x: number): number {
  const floor = Math.floor(x),
    rest = x - floor;
  if (rest < 0.5 || !Number.isFinite(x)) return floor === 0 && x < 0 ? -0 : floor;
  const up = rest > 0.5 || floor % 2 !== 0;
  // -0.3 and -0.5 round to -0
  return up ? (floor === -1 ? -0 : floor + 1) : floor;
}
