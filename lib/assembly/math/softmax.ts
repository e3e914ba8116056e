import { exp } from "./exp";

/**
 * Each of n rows of `classes` doubles, `stride` bytes apart, becomes e^y / sum e^y; the largest is subtracted first, so
 * that nothing overflows.
 */
export function softmax(y: usize, n: i32, classes: i32, stride: usize): void {
  const bytes = <usize>classes << 3;
  for (const end = y + <usize>n * stride; y < end; y += stride) {
    // with an odd number of classes the last pair contains a padding element: it must add 0 to the sum and end as 0
    if (classes & 1) store<f64>(y + bytes, -Infinity);
    const most = f64x2.splat(largest(y, bytes));
    let sums = f64x2.splat(0);
    for (let p = y; p < y + bytes; p += 16) {
      const e = exp(f64x2.sub(v128.load(p), most));
      v128.store(p, e);
      sums = f64x2.add(sums, e);
    }
    const factor = f64x2.splat(1 / (f64x2.extract_lane(sums, 0) + f64x2.extract_lane(sums, 1)));
    for (let p = y; p < y + bytes; p += 16) v128.store(p, f64x2.mul(v128.load(p), factor));
    if (classes & 1) store<f64>(y + bytes, 0);
  }
}

// @ts-ignore: decorator
@inline function largest(y: usize, bytes: usize): f64 {
  let most = load<f64>(y);
  for (let p = y + 8; p < y + bytes; p += 8) most = max(most, load<f64>(p));
  return most;
}
