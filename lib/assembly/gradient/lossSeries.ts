import { Differentiation, RECORD_BYTES } from "../layouts";
import { multiplyAdd, splatAt } from "../math/simd";

/**
 * Computes for each sample and hidden unit j the coefficients of the power series c1 d + c2 d^2 + c3 d^3 + c4 d^4,
 * which is the change of the sample's loss when the unit changes by d.
 *
 * Let w be the unit's row of W2, p the probabilities and q = p[label] / (p[label] + 1e-7). Then the change is
 * log S(d) - log T(d), where S = sum p e^(d w) and T = (1 - q) S + q e^(d w[label]). S and T are moment generating
 * functions, so the coefficients of their logarithms are cumulants divided by factorials.
 */
export function lossSeries(d: Differentiation, first: i32, end: i32): void {
  const network = d.network, stride = network.hiddenStride;
  const one = f64x2.splat(1);
  for (let j: usize = 0, records = d.records; j < stride; j += 16, records += <usize>d.samples * RECORD_BYTES) {
    let record = records + <usize>first * RECORD_BYTES;
    for (let s = <usize>first; s < <usize>end; s++, record += RECORD_BYTES) {
      const z = v128.load(d.z + s * stride + j);
      const rest = f64x2.sub(one, z);
      v128.store(record, rest);
      v128.store(record, f64x2.mul(z, rest), 16);
      const own = v128.load(d.W2T + j + <usize>load<i32>(d.labels + (s << 2)) * stride);
      coefficients(d.W2T + j, stride, d.y + s * network.classStride, network.classes, own, d.parts + (s << 4), record);
    }
  }
}

// @ts-ignore: decorator
@inline function coefficients(
  w: usize,
  stride: usize,
  p: usize,
  classes: i32,
  own: v128,
  parts: usize,
  record: usize,
): void {
  let m1 = f64x2.splat(0), m2 = m1, m3 = m1, m4 = m1;
  for (const end = p + (<usize>classes << 3); p < end; p += 8, w += stride) {
    const weight = v128.load(w);
    let moment = f64x2.mul(weight, splatAt(p));
    m1 = f64x2.add(m1, moment);
    moment = f64x2.mul(moment, weight);
    m2 = f64x2.add(m2, moment);
    moment = f64x2.mul(moment, weight);
    m3 = f64x2.add(m3, moment);
    m4 = multiplyAdd(moment, weight, m4);
  }
  // the moments of T: q times those of the label's weight plus (1 - q) times those of S
  const q = splatAt(parts), rest = splatAt(parts, 8);
  let power = f64x2.mul(q, own);
  const t1 = multiplyAdd(rest, m1, power);
  power = f64x2.mul(power, own);
  const t2 = multiplyAdd(rest, m2, power);
  power = f64x2.mul(power, own);
  const t3 = multiplyAdd(rest, m3, power);
  const t4 = multiplyAdd(rest, m4, f64x2.mul(power, own));
  v128.store(record, f64x2.sub(m1, t1), 32);
  v128.store(record, f64x2.mul(f64x2.splat(1.0 / 2), f64x2.sub(cumulant2(m1, m2), cumulant2(t1, t2))), 48);
  v128.store(record, f64x2.mul(f64x2.splat(1.0 / 6), f64x2.sub(cumulant3(m1, m2, m3), cumulant3(t1, t2, t3))), 64);
  const fourth = f64x2.sub(cumulant4(m1, m2, m3, m4), cumulant4(t1, t2, t3, t4));
  v128.store(record, f64x2.mul(f64x2.splat(1.0 / 24), fourth), 80);
}

/** m2 - m1^2 */
// @ts-ignore: decorator
@inline function cumulant2(m1: v128, m2: v128): v128 {
  return f64x2.sub(m2, f64x2.mul(m1, m1));
}

/** m3 - m1 (3 m2 - 2 m1^2) */
// @ts-ignore: decorator
@inline function cumulant3(m1: v128, m2: v128, m3: v128): v128 {
  const inner = f64x2.sub(f64x2.mul(f64x2.splat(3), m2), f64x2.mul(f64x2.splat(2), f64x2.mul(m1, m1)));
  return f64x2.sub(m3, f64x2.mul(m1, inner));
}

/** m4 - 4 m1 m3 - 3 m2^2 + m1^2 (12 m2 - 6 m1^2) */
// @ts-ignore: decorator
@inline function cumulant4(m1: v128, m2: v128, m3: v128, m4: v128): v128 {
  const square = f64x2.mul(m1, m1);
  const inner = f64x2.sub(f64x2.mul(f64x2.splat(12), m2), f64x2.mul(f64x2.splat(6), square));
  const lower = f64x2.add(f64x2.mul(f64x2.splat(4), f64x2.mul(m1, m3)), f64x2.mul(f64x2.splat(3), f64x2.mul(m2, m2)));
  return multiplyAdd(square, inner, f64x2.sub(m4, lower));
}
