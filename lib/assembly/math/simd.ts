/** Short functions for vectors of two doubles, which all routines use. */

/** acc + a * b, rounded twice, as plain float64 arithmetic does. */
// @ts-ignore: decorator
@inline export function multiplyAdd(a: v128, b: v128, acc: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), acc);
}

/** A vector with the double at p + offset in both lanes. */
// @ts-ignore: decorator
@inline export function splatAt(p: usize, offset: usize = 0): v128 {
  return v128.load_splat<f64>(p + offset);
}

/**
 * Divides `whole` into as few parts as possible, each at most `max`, whose sizes differ by at most one, and returns the
 * size of the first part. So no part is much smaller than the others.
 */
// @ts-ignore: decorator
@inline export function evenShare(whole: i32, max: i32): i32 {
  const parts = (whole + max - 1) / max;
  return (whole + parts - 1) / parts;
}
