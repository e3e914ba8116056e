/** How many factors are multiplied before the logarithm: each is between e^-40 and e^40, so 16 cannot overflow. */
export const FACTORS_AT_ONCE: i32 = 16;

/** log(a / b) in both lanes. */
export function logOfRatio(a: v128, b: v128): v128 {
  const ratio = f64x2.div(a, b);
  const first = Math.log(f64x2.extract_lane(ratio, 0));
  const second = Math.log(f64x2.extract_lane(ratio, 1));
  return f64x2.replace_lane(f64x2.splat(first), 1, second);
}
