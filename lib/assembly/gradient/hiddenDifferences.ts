import { Differentiation, EXACT, FAR, RECORD_BYTES, SERIES } from "../layouts";
import { exp } from "../math/exp";
import { FACTORS_AT_ONCE, logOfRatio } from "../math/productLog";
import { multiplyAdd, splatAt } from "../math/simd";

/**
 * Bytes of an entry. There is one for each sample in which the column's input x is not 0: the sample's number, then
 * e^(-h x) - 1 and e^(h x) - 1, or h x for FAR.
 */
const CHANGE_BYTES: usize = 32;

/**
 * The gradient with respect to row `column` of W1, computed with the series of lossSeries. If `column` is the number of
 * inputs, it is the gradient with respect to b1, as if x had one more column of ones.
 *
 * A change of the weight by h changes the unit's input by h x, and the unit by z (1 - z) (-u) / (1 + (1 - z) u) with
 * u = e^(-h x) - 1. This formula is exact, and it avoids the cancellation of a difference of two sigmoids.
 */
export function hiddenDifferencesSeries(d: Differentiation, column: i32, h: f64, entries: usize): void {
  const end = listSamples(SERIES, d, column, h, entries);
  const stride = d.network.hiddenStride;
  const scale = f64x2.splat(1 / (2 * h * <f64>d.samples));
  const out = target(d, column);
  let records = d.records;
  for (let j: usize = 0; j < stride; j += 16, records += <usize>d.samples * RECORD_BYTES) {
    let sum = f64x2.splat(0);
    for (let entry = entries; entry < end; entry += CHANGE_BYTES) {
      const record = records + load<u32>(entry) * <u32>RECORD_BYTES;
      const up = unitChange(record, splatAt(entry, 8)), down = unitChange(record, splatAt(entry, 16));
      sum = f64x2.add(sum, f64x2.sub(lossChange(record, up), lossChange(record, down)));
    }
    v128.store(out + j, f64x2.mul(scale, sum));
  }
}

/** The same, but evaluates the exponential of every logit: for any h with which e^(d w) is between e^-20 and e^20. */
export function hiddenDifferencesExact(d: Differentiation, column: i32, h: f64, entries: usize): void {
  byEveryLogit(EXACT, d, column, h, entries);
}

/**
 * The same, but computes the changed units again and subtracts the old ones. It is for h x above 1: there e^(h x) would
 * magnify the rounding error in 1 - z of a saturated unit, and a difference of two sigmoids is accurate enough.
 */
export function hiddenDifferencesFar(d: Differentiation, column: i32, h: f64, entries: usize): void {
  byEveryLogit(FAR, d, column, h, entries);
}

/** `form` is a constant at each call, so the compiler removes all tests of it from the loop. */
// @ts-ignore: decorator
@inline function byEveryLogit(form: i32, d: Differentiation, column: i32, h: f64, entries: usize): void {
  const end = listSamples(form, d, column, h, entries);
  const stride = d.network.hiddenStride;
  const scale = f64x2.splat(1 / (2 * h * <f64>d.samples));
  const out = target(d, column);
  let records = d.records;
  for (let j: usize = 0; j < stride; j += 16, records += <usize>d.samples * RECORD_BYTES) {
    let sum = f64x2.splat(0);
    for (let entry = entries; entry < end; ) {
      let above = f64x2.splat(1), below = above;
      const stop = min(end, entry + <usize>FACTORS_AT_ONCE * CHANGE_BYTES);
      for (; entry < stop; entry += CHANGE_BYTES) {
        const s = <usize>load<u32>(entry), record = records + s * RECORD_BYTES;
        let up = splatAt(entry, 8), down: v128;
        if (form == FAR) {
          down = farChange(record, f64x2.neg(up));
          up = farChange(record, up);
        } else {
          up = unitChange(record, up);
          down = unitChange(record, splatAt(entry, 16));
        }
        const sUp = sumOfExps(d, s, j, up), sDown = sumOfExps(d, s, j, down);
        above = f64x2.mul(above, f64x2.mul(sUp, ofLabel(d, s, j, down, sDown)));
        below = f64x2.mul(below, f64x2.mul(sDown, ofLabel(d, s, j, up, sUp)));
      }
      sum = f64x2.add(sum, logOfRatio(above, below));
    }
    v128.store(out + j, f64x2.mul(scale, sum));
  }
}

/** Writes an entry for each sample whose input in this column is not 0; returns the end of the entries. */
// @ts-ignore: decorator
@inline function listSamples(form: i32, d: Differentiation, column: i32, h: f64, entries: usize): usize {
  const bytes = <usize>d.network.inputs << 3;
  const ones = column == d.network.inputs;
  let x = d.x + (<usize>column << 3);
  for (let s = 0; s < d.samples; s++, x += bytes) {
    const value: f64 = ones ? 1 : load<f64>(x);
    if (value == 0) continue;
    const step = h * value;
    const both = f64x2.replace_lane(f64x2.splat(-step), 1, step);
    store<i32>(entries, s);
    if (form == FAR) store<f64>(entries, step, 8);
    else v128.store(entries, f64x2.sub(exp(both), f64x2.splat(1)), 8);
    entries += CHANGE_BYTES;
  }
  return entries;
}

// @ts-ignore: decorator
@inline function target(d: Differentiation, column: i32): usize {
  return column == d.network.inputs ? d.b1 : d.W1 + <usize>column * d.network.hiddenStride;
}

// @ts-ignore: decorator
@inline function unitChange(record: usize, u: v128): v128 {
  const rest = v128.load(record), slope = v128.load(record, 16);
  return f64x2.neg(f64x2.div(f64x2.mul(slope, u), multiplyAdd(rest, u, f64x2.splat(1))));
}

/** sigmoid(a + step) - z, where unitRecords has put z and a into the record. */
// @ts-ignore: decorator
@inline function farChange(record: usize, step: v128): v128 {
  const one = f64x2.splat(1);
  const moved = f64x2.div(one, f64x2.add(one, exp(f64x2.neg(f64x2.add(v128.load(record, 16), step)))));
  return f64x2.sub(moved, v128.load(record));
}

// @ts-ignore: decorator
@inline function lossChange(record: usize, d: v128): v128 {
  const c1 = v128.load(record, 32), c2 = v128.load(record, 48), c3 = v128.load(record, 64), c4 = v128.load(record, 80);
  return f64x2.mul(d, multiplyAdd(d, multiplyAdd(d, multiplyAdd(d, c4, c3), c2), c1));
}

/** S of lossSeries. */
function sumOfExps(d: Differentiation, s: usize, j: usize, change: v128): v128 {
  const stride = d.network.hiddenStride;
  let sum = f64x2.splat(0), p = d.y + s * d.network.classStride, w = d.W2T + j;
  for (const end = p + (<usize>d.network.classes << 3); p < end; p += 8, w += stride) {
    sum = multiplyAdd(splatAt(p), exp(f64x2.mul(change, v128.load(w))), sum);
  }
  return sum;
}

/** T of lossSeries. */
// @ts-ignore: decorator
@inline function ofLabel(d: Differentiation, s: usize, j: usize, change: v128, sum: v128): v128 {
  const parts = d.parts + (s << 4);
  const w = v128.load(d.W2T + j + <usize>load<i32>(d.labels + (s << 2)) * d.network.hiddenStride);
  return multiplyAdd(splatAt(parts), exp(f64x2.mul(change, w)), f64x2.mul(splatAt(parts, 8), sum));
}
