/**
 * The hyperbolic tangent by the method of FreeBSD's msun (s_tanh.c and s_expm1.c), which V8 uses too. The result has
 * the bits of lib/src/math/tanh.ts.
 */

const LN2_HIGH: f64 = 6.93147180369123816490e-1; // so few bits that k times it is exact
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const PER_LN2: f64 = 1.44269504088896338700;
const Q1: f64 = -3.33333333333331316428e-2;
const Q2: f64 = 1.58730158725481460165e-3;
const Q3: f64 = -7.93650757867487942473e-5;
const Q4: f64 = 4.00821782732936239552e-6;
const Q5: f64 = -2.01099218183624371326e-7;
/** If the magnitude of x is below TINY, tanh(x) is x; from LARGE on, the magnitude of tanh(x) is 1. */
const TINY: f64 = 3.725290298461914e-9; // 2^-28
const LARGE: f64 = 22;
/** From this magnitude on k is not 0: the double whose high word is the first one above that of ln 2 / 2. */
const HALF_LN2: f64 = reinterpret<f64>(0x3fd62e4300000000);
/** Below this magnitude expm1(x) is x. */
const TINIEST: f64 = 5.551115123125783e-17; // 2^-54

/** Each of `count` doubles becomes its hyperbolic tangent. */
export function tanh(x: usize, count: i32): void {
  for (const end = x + (<usize>count << 3); x < end; x += 8) store<f64>(x, tanhOf(load<f64>(x)));
}

function tanhOf(x: f64): f64 {
  const size = abs(x);
  if (!(size >= TINY)) return x; // NaN too
  if (size >= LARGE) return copysign<f64>(1, x);
  const t = expm1(size >= 1 ? 2 * size : -2 * size);
  return copysign(size >= 1 ? 1 - 2 / (t + 2) : -t / (t + 2), x);
}

/** e^x - 1 for x between -2 and 44. */
function expm1(x: f64): f64 {
  if (abs(x) < TINIEST) return x;
  let k: i32 = 0, c: f64 = 0;
  if (abs(x) >= HALF_LN2) {
    k = <i32>(PER_LN2 * x + copysign(0.5, x));
    const high = x - <f64>k * LN2_HIGH, low = <f64>k * LN2_LOW;
    x = high - low;
    c = high - x - low;
  }
  const half = 0.5 * x, square = x * half;
  const r = 1 + square * (Q1 + square * (Q2 + square * (Q3 + square * (Q4 + square * Q5))));
  const t = 3 - r * half;
  let e = square * ((r - t) / (6 - x * t));
  if (k == 0) return x - (x * e - square);
  e = x * (e - c) - c - square;
  if (k == -1) return 0.5 * (x - e) - 0.5;
  if (k == 1) return x < -0.25 ? -2 * (e - (x + 0.5)) : 1 + 2 * (x - e);
  if (k <= -2 || k > 56) return (1 - (e - x)) * twoTo(k) - 1;
  if (k < 20) return (1 - twoTo(-k) - (e - x)) * twoTo(k);
  return (x - (e + twoTo(-k)) + 1) * twoTo(k);
}

// @ts-ignore: decorator
@inline function twoTo(k: i32): f64 {
  return reinterpret<f64>(<u64>(1023 + k) << 52);
}
