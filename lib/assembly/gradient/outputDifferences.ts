import { Differentiation } from "../layouts";
import { exp } from "../math/exp";
import { FACTORS_AT_ONCE, logOfRatio } from "../math/productLog";
import { multiplyAdd, splatAt } from "../math/simd";

/**
 * The gradient with respect to two rows of W2 or, for the pair number after the last rows, with respect to b2.
 *
 * A change of W2[j,k] by h changes logit k by h z[j]. With v = e^(h z[j]) - 1, the sum of the exponentials is
 * multiplied by S = 1 + p[k] v, and p[label] + 1e-7 is multiplied by T / S. Here T = (1 - q) S + q (1 + v) if k is the
 * label, and T = (1 - q) S + q if it is not.
 */
export function outputDifferences(d: Differentiation, pair: i32, h: f64, changes: usize): void {
  const network = d.network;
  const j = <usize>pair << 4, biases = j == network.hiddenStride;
  listChanges(d, biases, j, h, changes);
  for (let k = 0; k < network.classes; k++) {
    const gradient = f64x2.mul(f64x2.splat(1 / (2 * h * <f64>d.samples)), difference(d, k, changes));
    const column = <usize>k << 3;
    if (biases) store<f64>(d.b2 + column, f64x2.extract_lane(gradient, 0));
    else {
      const row = d.W2 + <usize>(2 * pair) * network.classStride + column;
      store<f64>(row, f64x2.extract_lane(gradient, 0));
      if (2 * pair + 1 < network.hidden) store<f64>(row + network.classStride, f64x2.extract_lane(gradient, 1));
    }
  }
}

/** Writes v for each sample, for +h and for -h. */
function listChanges(d: Differentiation, biases: bool, j: usize, h: f64, changes: usize): void {
  const one = f64x2.splat(1), stride = d.network.hiddenStride;
  let z = d.z + j;
  for (let s = 0; s < d.samples; s++, z += stride, changes += 32) {
    const step = f64x2.mul(f64x2.splat(h), biases ? one : v128.load(z));
    v128.store(changes, f64x2.sub(exp(step), one));
    v128.store(changes, f64x2.sub(exp(f64x2.neg(step)), one), 16);
  }
}

function difference(d: Differentiation, k: i32, changes: usize): v128 {
  let sum = f64x2.splat(0);
  for (let s = 0; s < d.samples; ) {
    let above = f64x2.splat(1), below = above;
    const stop = min(d.samples, s + FACTORS_AT_ONCE);
    for (; s < stop; s++, changes += 32) {
      const p = splatAt(d.y + <usize>s * d.network.classStride + (<usize>k << 3));
      const isLabel = load<i32>(d.labels + (<usize>s << 2)) == k;
      const parts = d.parts + (<usize>s << 4);
      const up = v128.load(changes), down = v128.load(changes, 16);
      const sUp = multiplyAdd(p, up, f64x2.splat(1)), sDown = multiplyAdd(p, down, f64x2.splat(1));
      above = f64x2.mul(above, f64x2.mul(sUp, ofLabel(parts, isLabel, down, sDown)));
      below = f64x2.mul(below, f64x2.mul(sDown, ofLabel(parts, isLabel, up, sUp)));
    }
    sum = f64x2.add(sum, logOfRatio(above, below));
  }
  return sum;
}

// @ts-ignore: decorator
@inline function ofLabel(parts: usize, isLabel: bool, v: v128, sum: v128): v128 {
  const q = splatAt(parts);
  const own = isLabel ? multiplyAdd(q, v, q) : q;
  return multiplyAdd(splatAt(parts, 8), sum, own);
}
