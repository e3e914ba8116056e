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
/** Up to this magnitude the result is a normal number, so that k may be added to its exponent. */
const NORMAL: f64 = 708;

/**
 * The constants, each stored twice, so that one load fills both lanes. V8 builds a constant vector again at each use; a
 * load is cheaper.
 */
const TABLE = memory.data<f64>([
  1, 1, 0.5, 0.5, -0.0, -0.0,
  1.44269504088896338700, 1.44269504088896338700, // 1 / ln 2
  0.3465735912322998, 0.3465735912322998, // HALF_LN2
  6.93147180369123816490e-1, 6.93147180369123816490e-1, // ln 2 in two parts
  1.90821492927058770002e-10, 1.90821492927058770002e-10,
  4.13813679705723846039e-8, 4.13813679705723846039e-8, // P5 to P1
  -1.65339022054652515390e-6, -1.65339022054652515390e-6,
  6.61375632143793436117e-5, 6.61375632143793436117e-5,
  -2.77777777770155933842e-3, -2.77777777770155933842e-3,
  1.66666666666666019037e-1, 1.66666666666666019037e-1,
  2, 2,
  3.725290298461914e-9, 3.725290298461914e-9, // TINY
  6755399441055744, 6755399441055744, // 1.5 * 2^52: adding it rounds, and the low bits are then the whole number
  2.718281828459045, 2.718281828459045, // e
  708, 708, // NORMAL
], 16);

// @ts-ignore: decorator
@inline function constant(index: usize): v128 {
  return v128.load(TABLE + index * 16);
}

/** Each of `count` doubles becomes e^x. If `count` is odd, the double after the last one is overwritten too. */
export function exp(x: usize, count: i32): void {
  const end = x + (<usize>count << 3);
  // two pairs a turn, because the steps of one pair wait for each other
  for (; x + 32 <= end; x += 32) {
    const first = v128.load(x), second = v128.load(x, 16);
    if (v128.any_true(v128.or(isFar(first), isFar(second)))) {
      v128.store(x, expOfPair(first));
      v128.store(x, expOfPair(second), 16);
    } else {
      v128.store(x, expOfNormal(first));
      v128.store(x, expOfNormal(second), 16);
    }
  }
  for (; x < end; x += 16) v128.store(x, expOfPair(v128.load(x)));
}

/**
 * Each of `count` doubles becomes 1 / (1 + e^-x), with the bits of these operations one after the other. If `count` is
 * odd, the double after the last one is overwritten too.
 */
export function logistic(x: usize, count: i32): void {
  const end = x + (<usize>count << 3);
  for (; x + 32 <= end; x += 32) {
    const first = f64x2.neg(v128.load(x)), second = f64x2.neg(v128.load(x, 16));
    if (v128.any_true(v128.or(isFar(first), isFar(second)))) {
      v128.store(x, logisticOf(expOfPair(first)));
      v128.store(x, logisticOf(expOfPair(second)), 16);
    } else {
      v128.store(x, logisticOf(expOfNormal(first)));
      v128.store(x, logisticOf(expOfNormal(second)), 16);
    }
  }
  for (; x < end; x += 16) v128.store(x, logisticOf(expOfPair(f64x2.neg(v128.load(x)))));
}

// @ts-ignore: decorator
@inline function logisticOf(power: v128): v128 {
  return f64x2.div(constant(0), f64x2.add(constant(0), power));
}

/** In which lanes the magnitude is NORMAL or more. NaN takes the way of the normal ones, and stays NaN. */
// @ts-ignore: decorator
@inline function isFar(x: v128): v128 {
  return f64x2.ge(f64x2.abs(x), constant(16));
}

/** Both lanes, any x. */
function expOfPair(x: v128): v128 {
  if (!v128.any_true(isFar(x))) return expOfNormal(x);
  const first = expOf(f64x2.extract_lane(x, 0));
  return f64x2.replace_lane(f64x2.splat(first), 1, expOf(f64x2.extract_lane(x, 1)));
}

/** Both lanes at once; their magnitudes are less than NORMAL, or they are NaN. */
// @ts-ignore: decorator
@inline function expOfNormal(x: v128): v128 {
  const size = f64x2.abs(x);
  const half = v128.or(constant(1), v128.and(x, constant(2)));
  const nearest = f64x2.trunc(multiplyAdd(x, constant(3), half));
  const k = v128.and(nearest, f64x2.ge(size, constant(4)));
  const high = f64x2.sub(x, f64x2.mul(k, constant(5)));
  const low = f64x2.mul(k, constant(6));
  const r = f64x2.sub(high, low);
  const t = f64x2.mul(r, r);
  let p = multiplyAdd(t, constant(7), constant(8));
  p = multiplyAdd(t, p, constant(9));
  p = multiplyAdd(t, p, constant(10));
  p = multiplyAdd(t, p, constant(11));
  const c = f64x2.sub(r, f64x2.mul(t, p));
  const quotient = f64x2.div(f64x2.mul(r, c), f64x2.sub(constant(12), c));
  // without the quotient the result is 1 + x, which it must be for tiny x
  const kept = v128.and(quotient, f64x2.ge(size, constant(13)));
  const y = f64x2.sub(constant(0), f64x2.sub(f64x2.sub(low, kept), high));
  const power = i64x2.add(y, i64x2.shl(f64x2.add(k, constant(14)), 52));
  return v128.bitselect(constant(15), power, f64x2.eq(x, constant(0)));
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
