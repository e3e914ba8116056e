/** Two doubles at a time: the shorthand that the routines share. */

/** acc + a * b, rounded twice, as plain float64 arithmetic does. */
// @ts-ignore: decorator
@inline export function multiplyAdd(a: v128, b: v128, acc: v128): v128 {
  return f64x2.add(f64x2.mul(a, b), acc);
}

/** Both lanes holding the double at p. */
// @ts-ignore: decorator
@inline export function splatAt(p: usize, offset: usize = 0): v128 {
  return v128.load_splat<f64>(p + offset);
}

/**
 * The size of the first of the fewest parts of `whole` that are at most `max` and differ by at most one: no thin
 * remainder at the end.
 */
// @ts-ignore: decorator
@inline export function evenShare(whole: i32, max: i32): i32 {
  const parts = (whole + max - 1) / max;
  return (whole + parts - 1) / parts;
}
