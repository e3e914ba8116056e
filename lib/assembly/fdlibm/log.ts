import { multiplyAdd } from "../math/simd";

/**
 * The natural logarithm by the method of FreeBSD's msun (e_log.c), which V8 and @stdlib/math use too: the result has
 * the bits of @stdlib/math/base/special/ln. x = 2^k (1 + f) with sqrt(2)/2 < 1 + f < sqrt(2), then a series in
 * f / (2 + f).
 */

const LN2_HIGH: f64 = 6.93147180369123816490e-1; // so few bits that k times it is exact
const LN2_LOW: f64 = 1.90821492927058770002e-10;
const L1: f64 = 6.666666666666735130e-1;
const L2: f64 = 3.999999999940941908e-1;
const L3: f64 = 2.857142874366239149e-1;
const L4: f64 = 2.222219843214978396e-1;
const L5: f64 = 1.818357216161805012e-1;
const L6: f64 = 1.531383769920937332e-1;
const L7: f64 = 1.479819860511658591e-1;
const SMALLEST_NORMAL: f64 = 2.2250738585072014e-308;
/** 2^52 + 2^51: a double that holds any small whole number in its low bits. */
const ROUNDER: i64 = 0x4338000000000000;

/**
 * Each of `count` doubles becomes its natural logarithm: -Infinity of 0, NaN of what is less. If `count` is odd, the
 * double after the last one is overwritten too.
 */
export function log(x: usize, count: i32): void {
  const smallest = f64x2.splat(SMALLEST_NORMAL), infinity = f64x2.splat(Infinity);
  for (const end = x + (<usize>count << 3); x < end; x += 16) {
    const pair = v128.load(x);
    const normal = v128.and(f64x2.ge(pair, smallest), f64x2.lt(pair, infinity));
    if (i64x2.all_true(v128.andnot(normal, nearPowerOfTwo(pair)))) v128.store(x, logOfNormal(pair));
    else {
      store<f64>(x, logOf(load<f64>(x)));
      store<f64>(x, logOf(load<f64>(x, 8)), 8);
    }
  }
}

/** In which lanes |f| < 2^-20: these have a shorter series. */
// @ts-ignore: decorator
@inline function nearPowerOfTwo(x: v128): v128 {
  const high = i64x2.shr_u(x, 32);
  const near = v128.and(i64x2.add(high, i64x2.splat(2)), i64x2.splat(0xfffff));
  return i64x2.lt_s(near, i64x2.splat(3));
}

/** Both lanes at once; they hold normal positive numbers, none near a power of two. */
// @ts-ignore: decorator
@inline function logOfNormal(x: v128): v128 {
  const word = i64x2.shr_u(x, 32);
  const high = v128.and(word, i64x2.splat(0xfffff));
  // 2^20 in the lanes in which 1 + f lies between sqrt(2)/2 and 1, so that k is larger by 1; 0 in the others
  const more = v128.and(i64x2.add(high, i64x2.splat(0x95f64)), i64x2.splat(0x100000));
  const exponent = v128.xor(more, i64x2.splat(0x3ff00000));
  const k = i64x2.add(i64x2.sub(i64x2.shr_u(word, 20), i64x2.splat(1023)), i64x2.shr_u(more, 20));
  const fraction = v128.and(x, i64x2.splat(0x000fffffffffffff));
  const f = f64x2.sub(v128.or(fraction, i64x2.shl(exponent, 32)), f64x2.splat(1));
  const dk = f64x2.sub(i64x2.add(k, i64x2.splat(ROUNDER)), f64x2.splat(reinterpret<f64>(ROUNDER)));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s), w = f64x2.mul(z, z);
  let odd = multiplyAdd(w, f64x2.splat(L6), f64x2.splat(L4));
  odd = f64x2.mul(w, multiplyAdd(w, odd, f64x2.splat(L2)));
  let even = multiplyAdd(w, f64x2.splat(L7), f64x2.splat(L5));
  even = multiplyAdd(w, even, f64x2.splat(L3));
  even = f64x2.mul(z, multiplyAdd(w, even, f64x2.splat(L1)));
  const R = f64x2.add(even, odd);
  const far = i64x2.gt_s(
    v128.or(i64x2.sub(high, i64x2.splat(0x6147a)), i64x2.sub(i64x2.splat(0x6b851), high)),
    i64x2.splat(0),
  );
  const low = f64x2.mul(dk, f64x2.splat(LN2_LOW)), whole = f64x2.mul(dk, f64x2.splat(LN2_HIGH));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const farther = f64x2.sub(half, f64x2.add(f64x2.mul(s, f64x2.add(half, R)), low));
  const nearer = f64x2.sub(f64x2.mul(s, f64x2.sub(f, R)), low);
  return f64x2.sub(whole, f64x2.sub(v128.bitselect(farther, nearer, far), f));
}

/** Any x, subnormal numbers, infinities and NaN too. */
function logOf(x: f64): f64 {
  if (x == 0) return -Infinity;
  if (!(x > 0)) return NaN;
  if (x == Infinity) return x;
  if (x < SMALLEST_NORMAL) return logAt(x * 18014398509481984, -54);
  return logAt(x, 0);
}

function logAt(x: f64, scale: i32): f64 {
  const bits = reinterpret<u64>(x);
  const high = <i32>(bits >> 32) & 0xfffff;
  const more = (high + 0x95f64) & 0x100000;
  const dk = <f64>(scale + <i32>(bits >> 52) - 1023 + (more >> 20));
  const fraction = bits & 0x000fffffffffffff;
  const f = reinterpret<f64>(fraction | (<u64>(more ^ 0x3ff00000) << 32)) - 1;
  const whole = dk * LN2_HIGH, low = dk * LN2_LOW;
  if (((high + 2) & 0xfffff) < 3) {
    if (f == 0) return dk == 0 ? 0 : whole + low;
    return whole - (f * f * (0.5 - 0.33333333333333333 * f) - low - f);
  }
  const s = f / (2 + f), z = s * s, w = z * z;
  const R = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  if (((high - 0x6147a) | (0x6b851 - high)) > 0) {
    const half = 0.5 * f * f;
    return whole - (half - (s * (half + R) + low) - f);
  }
  return whole - (s * (f - R) - low - f);
}
