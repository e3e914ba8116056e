import expm1 from "@stdlib/math/base/special/expm1";

/**
 * The hyperbolic tangent by the method of fdlibm (s_tanh.c) on @stdlib's expm1. It has the bits of V8's Math.tanh;
 * @stdlib's own tanh follows another source, Cephes.
 */
export function tanh(x: number): number {
  const size = Math.abs(x);
  if (!(size >= TINY)) return x; // NaN too
  const value = size >= LARGE ? 1 : size >= 1 ? 1 - 2 / (expm1(2 * size) + 2) : negated(expm1(-2 * size));
  return x < 0 ? -value : value;
}

const negated = (t: number): number => -t / (t + 2);

/** Below the first magnitude tanh(x) is x, and from the second one on it is 1. */
const TINY = 2 ** -28,
  LARGE = 22;
