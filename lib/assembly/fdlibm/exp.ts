import { multiplyAdd } from "../math/simd";

/**
 * e^x by the method of FreeBSD's msun (e_exp.c), which V8 and @stdlib/math use too: the result has the bits of
 * lib/src/math/exp.ts. x = k ln 2 + r with |r| <= ln 2 / 2, then a rational approximation of e^r.
 */

const LN2_HIGH: f64 = 6.93147180369123816490e-1; // so few bits that k times it is exact
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const PER_LN2: f64 = 1.44269504088896338700;
const P1: f64 = 1.66666666666666019037e-1;
const P2: f64 = -2.77777777770155933842e-3;
const P3: f64 = 6.61375632143793436117e-5;
const P4: f64 = -1.65339022054652515390e-6;
const P5: f64 = 4.13813679705723846039e-8;
/** The largest x whose e^x is finite, and the smallest one whose e^x is not 0. */
const LARGEST: f64 = 7.09782712893383973096e2;
const SMALLEST: f64 = -7.45133219101941108420e2;
/** Below this magnitude e^x is 1 + x. */
const TINY: f64 = 3.725290298461914e-9; // 2^-28
/** From this magnitude on k is not 0: the double whose high word is the first one above that of ln 2 / 2. */
const HALF_LN2: f64 = reinterpret<f64>(0x3fd62e4300000000);
/** Up to this magnitude the result is a normal number, so that k may be added to its exponent. */
const NORMAL: f64 = 708;
/** 1.5 * 2^52: adding it rounds to a whole number, and the low bits of the sum are then this whole number. */
const ROUNDER: f64 = 6755399441055744;

/** Each of `count` doubles becomes e^x. If `count` is odd, the double after the last one is overwritten too. */
export function exp(x: usize, count: i32): void {
  const normal = f64x2.splat(NORMAL);
  for (const end = x + (<usize>count << 3); x < end; x += 16) {
    const pair = v128.load(x);
    if (i64x2.all_true(f64x2.lt(f64x2.abs(pair), normal))) v128.store(x, expOfNormal(pair));
    else {
      store<f64>(x, expOf(load<f64>(x)));
      store<f64>(x, expOf(load<f64>(x, 8)), 8);
    }
  }
}

/** Both lanes at once; their magnitudes are less than NORMAL. */
// @ts-ignore: decorator
@inline function expOfNormal(x: v128): v128 {
  const one = f64x2.splat(1), size = f64x2.abs(x);
  const half = v128.or(f64x2.splat(0.5), v128.and(x, f64x2.splat(-0.0)));
  const nearest = f64x2.trunc(multiplyAdd(x, f64x2.splat(PER_LN2), half));
  const k = v128.and(nearest, f64x2.ge(size, f64x2.splat(HALF_LN2)));
  const high = f64x2.sub(x, f64x2.mul(k, f64x2.splat(LN2_HIGH)));
  const low = f64x2.mul(k, f64x2.splat(LN2_LOW));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = multiplyAdd(t, f64x2.splat(P5), f64x2.splat(P4));
  p = multiplyAdd(t, p, f64x2.splat(P3));
  p = multiplyAdd(t, p, f64x2.splat(P2));
  p = multiplyAdd(t, p, f64x2.splat(P1));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(f64x2.splat(2), c));
  const y = f64x2.sub(one, f64x2.sub(f64x2.sub(low, quotient), high));
  const power = i64x2.add(y, i64x2.shl(f64x2.add(k, f64x2.splat(ROUNDER)), 52));
  const rounded = v128.bitselect(f64x2.splat(Math.E), power, f64x2.eq(x, one));
  return v128.bitselect(f64x2.add(one, x), rounded, f64x2.lt(size, f64x2.splat(TINY)));
}

/** Any x, infinities and NaN too. */
function expOf(x: f64): f64 {
  if (x != x || x == Infinity) return x;
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  const size = abs(x);
  if (size < NORMAL) return f64x2.extract_lane(expOfNormal(f64x2.splat(x)), 0);
  const k = <i32>(PER_LN2 * x + copysign(0.5, x));
  const high = x - <f64>k * LN2_HIGH, low = <f64>k * LN2_LOW;
  const r = high - low, t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // the power of two in two steps, because 2^1024 is no double, and so that a subnormal result is rounded once
  return k > 0 ? y * 2 * twoTo(k - 1) : y * twoTo(k + 1000) * twoTo(-1000);
}

// @ts-ignore: decorator
@inline function twoTo(k: i32): f64 {
  return reinterpret<f64>(<u64>(1023 + k) << 52);
}
