import { addRows } from "./addRows";
import { dgemmScratch } from "./dgemm";
import { largestMagnitude } from "./largest";
import { logits, Network } from "./network";

/** Rows of one chunk: their hidden units stay in the second-level cache, and a thread's turn is short. */
const CHUNK_ROWS: i32 = 256;
/** Values that a row's codes can stand for. */
const CODES: usize = 256;
/** Half of what lies between 1 and the next float32. */
const HALF_ULP: f64 = 5.9604644775390625e-8;
/** Magnitudes up to which nothing overflows in float32. */
const LARGE: f64 = 1e30;

/**
 * An evaluation of sparse rows, laid out as lib/src/training/evaluation.ts writes it. The first layer is computed in
 * float32, twice as fast, which decides all but the few rows whose best two logits are too close for it.
 */
@unmanaged export class Evaluation {
  /** How far apart two logits must be for their order to be certain; made by prepareEvaluation. */
  certain: f64;
  network: Network;
  /** As compress makes them, `total` rows. */
  starts: usize;
  table: usize;
  labels: usize;
  total: i32;
  /** 4 bytes for each chunk: how many of its rows are right. */
  counts: usize;
  /** singleBytes(network): table, b1 and W1 in float32. */
  single: usize;
  /** evaluateSpace(network) bytes for each thread. */
  workspace: usize;
}

/** Takes the parameters of now. */
export function prepareEvaluation(e: Evaluation): void {
  const network = e.network, stride = singleStride(network);
  toSingle(e.table, CODES, e.single);
  const b1 = e.single + (CODES << 2);
  toSingle(network.b1, network.hidden, b1);
  for (let i: usize = 0; i < <usize>network.inputs; i++) {
    toSingle(network.W1 + i * network.hiddenStride, network.hidden, b1 + (i + 1) * stride);
  }
  e.certain = certainty(e);
}

/** Counts the right rows of one chunk. A thread takes chunk after chunk. */
export function evaluateChunk(chunk: i32, thread: i32, e: Evaluation): void {
  const network = e.network;
  const first = chunk * CHUNK_ROWS, n = min(CHUNK_ROWS, e.total - first);
  const z = e.workspace + <usize>thread * evaluateSpace(network);
  const y = z + <usize>CHUNK_ROWS * network.hiddenStride;
  const stride = singleStride(network), b1 = e.single + (CODES << 2);
  const row = y + <usize>CHUNK_ROWS * network.classStride, scratch = row + stride;
  const starts = e.starts + (<usize>first << 2), labels = e.labels + (<usize>first << 2);
  for (let i: usize = 0; i < <usize>n; i++) {
    const start = starts + (i << 2);
    addRows<f32>(load<u32>(start), load<u32>(start, 4), e.single, b1 + stride, stride, b1, row);
    toDouble(row, network.hiddenStride, z + i * network.hiddenStride);
  }
  logits(network, n, z, y, scratch);
  for (let i: usize = 0; i < <usize>n; i++) {
    const start = starts + (i << 2), at = y + i * network.classStride;
    if (lead(at, network.classes) > e.certain) continue;
    addRows<f64>(load<u32>(start), load<u32>(start, 4), e.table, network.W1, network.hiddenStride, network.b1, z);
    logits(network, 1, z, at, scratch);
  }
  store<i32>(e.counts + (<usize>chunk << 2), countRight(y, labels, n, network.classes, network.classStride));
}

/** Into how many chunks `rows` rows fall. */
export function evaluateChunks(rows: i32): i32 {
  return (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
}

export function evaluateSpace(network: Network): usize {
  return <usize>CHUNK_ROWS * (network.hiddenStride + network.classStride) + singleStride(network) + dgemmScratch(network.classes);
}

export function singleBytes(network: Network): usize {
  return (CODES << 2) + <usize>(network.inputs + 1) * singleStride(network);
}

/** How many of n rows of logits, `stride` bytes apart, have their largest, the first of equal ones, at their label. */
export function countRight(y: usize, labels: usize, n: i32, classes: i32, stride: usize): i32 {
  let right = 0;
  for (let i = 0; i < n; i++, labels += 4, y += stride) if (largestAt(y, classes) == load<i32>(labels)) right++;
  return right;
}

// @ts-ignore: decorator
@inline function largestAt(y: usize, classes: i32): i32 {
  let best = 0, most = load<f64>(y);
  for (let k = 1; k < classes; k++) {
    const value = load<f64>(y + (<usize>k << 3));
    if (value > most) {
      best = k;
      most = value;
    }
  }
  return best;
}

/** By how much the largest exceeds the next; NaN where one is NaN. */
// @ts-ignore: decorator
@inline function lead(y: usize, classes: i32): f64 {
  let most = load<f64>(y), next: f64 = -Infinity;
  for (let k = 1; k < classes; k++) {
    const value = load<f64>(y + (<usize>k << 3));
    next = max(next, min(most, value));
    most = max(most, value);
  }
  return most - next;
}

/** Rows of W1 in float32, whole vectors of four. */
// @ts-ignore: decorator
@inline function singleStride(network: Network): usize {
  return <usize>((network.hidden + 3) >> 2) << 4;
}

function toSingle(from: usize, count: usize, to: usize): void {
  for (let i: usize = 0; i < count; i++) store<f32>(to + (i << 2), <f32>load<f64>(from + (i << 3)));
}

/** `bytes` bytes of doubles. */
function toDouble(from: usize, bytes: usize, to: usize): void {
  for (const end = to + bytes; to < end; to += 16, from += 8) v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
}

/**
 * Twice the most that a logit can be off, NaN where float32 might not hold a value. A sum of m products of rounded
 * float32 is off by at most the share gamma(m + 3) of the sum of their magnitudes (Higham, Accuracy and Stability of
 * Numerical Algorithms, section 3.1), the sigmoid passes on a quarter of that at most, and W2 its column's sum of magnitudes.
 */
function certainty(e: Evaluation): f64 {
  const network = e.network;
  const input = largestMagnitude(e.table, <i32>CODES);
  let largest = input, unit: f64 = 0, logit: f64 = 0, bias: f64 = 0;
  for (let j: usize = 0; j < <usize>network.hidden; j++) {
    const column = columnMagnitude(network.W1 + (j << 3), network.inputs, network.hiddenStride);
    unit = max(unit, input * column + abs(load<f64>(network.b1 + (j << 3))));
    largest = max(largest, max(column, unit));
  }
  for (let k: usize = 0; k < <usize>network.classes; k++) {
    logit = max(logit, columnMagnitude(network.W2 + (k << 3), network.hidden, network.classStride));
    bias = max(bias, abs(load<f64>(network.b2 + (k << 3))));
  }
  const share = <f64>(network.inputs + 8) * HALF_ULP;
  if (!(largest < LARGE && share < 0.5)) return NaN;
  // HALF_ULP and the bias are for what the rest of the way, in float64, adds
  return 2 * (logit * (unit * share / (1 - share) / 4 + HALF_ULP) + bias * 4 * f64.EPSILON);
}

function columnMagnitude(column: usize, rows: i32, stride: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, column += stride) sum += abs(load<f64>(column));
  return sum;
}
