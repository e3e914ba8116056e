import { multiplyAdd } from "./simd";

/**
 * Each constant is stored twice, so that one load fills both lanes. V8 builds a constant vector again at each use; a
 * load is cheaper.
 */
const TABLE = memory.data<f64>([
  -708.0, -708.0, 709.0, 709.0,
  1.4426950408889634, 1.4426950408889634, // 1 / ln 2
  // 1.5 * 2^52: adding it rounds to a whole number, and the low bits of the sum are then this whole number
  6755399441055744.0, 6755399441055744.0,
  -0.693145751953125, -0.693145751953125, // -ln 2 in two parts: the first has so few bits that n times it is exact
  -1.4286068203094173e-06, -1.4286068203094173e-06,
  1.0, 1.0,
  0.5, 0.5, 0.16666666666666669, 0.16666666666666669,
  0.04166666666662399, 0.04166666666662399, 0.008333333333330051, 0.008333333333330051,
  0.0013888888917281794, 0.0013888888917281794, 0.00019841269863105968, 0.00019841269863105968,
  2.480152119021773e-05, 2.480152119021773e-05, 2.7557268378684192e-06, 2.7557268378684192e-06,
  2.7620138719733994e-07, 2.7620138719733994e-07, 2.5100424157005067e-08, 2.5100424157005067e-08,
], 16);

// @ts-ignore: decorator
@inline function constant(index: usize): v128 {
  return v128.load(TABLE + index * 16);
}

/**
 * e^x in both lanes, within 2.3e-16 of the true value. x is clamped to -708 ... 709, so that the result is never 0 or
 * infinite. e^NaN is NaN: the mask at the end makes it so, because the bits of the NaN would else be added to the
 * exponent.
 *
 * Method: x = n ln 2 + r with |r| <= ln 2 / 2. A minimax polynomial of degree 11, evaluated in Estrin's order, gives
 * e^r; then n is added to the exponent.
 */
// @ts-ignore: decorator
@inline export function exp(unbounded: v128): v128 {
  const x = f64x2.pmin(f64x2.pmax(unbounded, constant(0)), constant(1));
  const shifted = multiplyAdd(x, constant(2), constant(3));
  const n = f64x2.sub(shifted, constant(3));
  const r = multiplyAdd(n, constant(5), multiplyAdd(n, constant(4), x));
  const r2 = f64x2.mul(r, r);
  const r4 = f64x2.mul(r2, r2);
  const low = multiplyAdd(multiplyAdd(r, constant(10), constant(9)), r2, multiplyAdd(r, constant(8), constant(7)));
  const upper = multiplyAdd(r, constant(14), constant(13));
  const middle = multiplyAdd(upper, r2, multiplyAdd(r, constant(12), constant(11)));
  const high = multiplyAdd(r, constant(16), constant(15));
  const tail = multiplyAdd(multiplyAdd(high, r4, middle), r4, low);
  const power = f64x2.add(constant(6), multiplyAdd(tail, r2, r));
  return v128.or(i64x2.add(power, i64x2.shl(shifted, 52)), f64x2.ne(x, x));
}
