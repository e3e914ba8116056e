import { addRows } from "../blas/addRows";
import { dgemmScratchBytes } from "../blas/dgemm";
import { CODES, Evaluation, Network, RIGHT, UNDECIDED, WRONG } from "../layouts";
import { largestMagnitude } from "../math/largest";
import { logits } from "./network";

/**
 * Rows of one chunk: so few that their hidden units stay in the second-level cache and that a chunk takes little time.
 */
const CHUNK_ROWS: i32 = 256;
/** Half the distance between 1 and the next larger float32. */
const HALF_ULP: f64 = 5.9604644775390625e-8;
/** No float32 computation overflows if all magnitudes are below this. */
const LARGE: f64 = 1e30;

/** Before all chunks: copies the network's current parameters to float32 and computes the two bounds. */
export function prepareEvaluation(e: Evaluation): void {
  const network = e.network, stride = singleStride(network);
  toSingle(e.table, CODES, e.single);
  const b1 = e.single + (<usize>CODES << 2);
  toSingle(network.b1, network.hidden, b1);
  for (let i: usize = 0; i < <usize>network.inputs; i++) {
    toSingle(network.W1 + i * network.hiddenStride, network.hidden, b1 + (i + 1) * stride);
  }
  const input = largestMagnitude(e.table, 1, CODES, 0);
  e.certain = certainty(network, input, HALF_ULP, LARGE);
  e.certainInDouble = certaintyInDouble(network, input);
}

/** Writes the verdicts on the rows of one chunk. */
export function evaluateChunk(chunk: i32, thread: i32, e: Evaluation): void {
  const network = e.network;
  const first = chunk * CHUNK_ROWS, n = min(CHUNK_ROWS, e.total - first);
  const z = e.scratch + <usize>thread * evaluationScratchBytes(network);
  const y = z + <usize>CHUNK_ROWS * network.hiddenStride;
  const stride = singleStride(network), b1 = e.single + (<usize>CODES << 2);
  const row = y + <usize>CHUNK_ROWS * network.classStride, scratch = row + stride;
  const starts = e.starts + (<usize>first << 2), labels = e.labels + (<usize>first << 2);
  for (let i: usize = 0; i < <usize>n; i++) {
    const start = starts + (i << 2);
    addRows<f32>(load<u32>(start), load<u32>(start, 4), e.single, b1 + stride, stride, b1, row);
    toDouble(row, network.hiddenStride, z + i * network.hiddenStride);
  }
  logits(network, n, z, y, scratch);
  for (let i: usize = 0; i < <usize>n; i++) {
    const at = y + i * network.classStride, label = load<i32>(labels + (i << 2));
    let found = verdict(at, network.classes, label, e.certain);
    if (found == UNDECIDED) {
      const start = starts + (i << 2);
      addRows<f64>(load<u32>(start), load<u32>(start, 4), e.table, network.W1, network.hiddenStride, network.b1, z);
      logits(network, 1, z, at, scratch);
      found = verdict(at, network.classes, label, e.certainInDouble);
    }
    store<u8>(e.verdicts + <usize>first + i, <u8>found);
  }
}

/** The number of chunks for `rows` rows. */
export function evaluateChunks(rows: i32): i32 {
  return (rows + CHUNK_ROWS - 1) / CHUNK_ROWS;
}

export function evaluationScratchBytes(network: Network): usize {
  const rows = <usize>CHUNK_ROWS * (network.hiddenStride + network.classStride);
  return rows + singleStride(network) + dgemmScratchBytes(network.classes);
}

export function singleBytes(network: Network): usize {
  return (<usize>CODES << 2) + <usize>(network.inputs + 1) * singleStride(network);
}

/**
 * Writes the verdicts on n rows of logits, `stride` bytes apart. If two logits differ by more than `certain`, their
 * order is the same as in the plain form.
 */
export function judge(
  y: usize,
  labels: usize,
  n: i32,
  classes: i32,
  stride: usize,
  certain: f64,
  verdicts: usize,
): void {
  for (let i = 0; i < n; i++, labels += 4, y += stride) {
    store<u8>(verdicts + i, <u8>verdict(y, classes, load<i32>(labels), certain));
  }
}

/** The verdict is UNDECIDED also if a logit is NaN. */
// @ts-ignore: decorator
@inline function verdict(y: usize, classes: i32, label: i32, certain: f64): i32 {
  let best = 0, most = load<f64>(y), next: f64 = -Infinity;
  for (let k = 1; k < classes; k++) {
    const value = load<f64>(y + (<usize>k << 3));
    if (value > most) best = k;
    next = max(next, min(most, value));
    most = max(most, value);
  }
  if (!(most - next > certain)) return UNDECIDED;
  return best == label ? RIGHT : WRONG;
}

/** Bytes of a row of W1 in float32, padded to whole vectors of four. */
// @ts-ignore: decorator
@inline function singleStride(network: Network): usize {
  return <usize>((network.hidden + 3) >> 2) << 4;
}

function toSingle(from: usize, count: usize, to: usize): void {
  for (let i: usize = 0; i < count; i++) store<f32>(to + (i << 2), <f32>load<f64>(from + (i << 3)));
}

/** Converts float32 to doubles; `bytes` is the length of the result. */
function toDouble(from: usize, bytes: usize, to: usize): void {
  for (const end = to + bytes; to < end; to += 16, from += 8) {
    v128.store(to, f64x2.promote_low_f32x4(v128.load64_zero(from)));
  }
}

/**
 * Twice the largest possible error of a logit if the first layer is computed with the rounding error `halfUlp`. It is
 * NaN if a magnitude is not below `large`. The error of a sum of m products of rounded numbers is at most gamma(m + 3)
 * times the sum of the products' magnitudes (Higham, Accuracy and Stability of Numerical Algorithms, section 3.1). The
 * sigmoid multiplies this error by at most 1/4, and W2 multiplies it by at most the largest sum of magnitudes of its
 * columns.
 */
function certainty(network: Network, input: f64, halfUlp: f64, large: f64): f64 {
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
  const share = <f64>(network.inputs + 8) * halfUlp;
  if (!(largest < large && share < 0.5)) return NaN;
  // halfUlp is for the rounding of the hidden units, the last summand for the second layer, which is in float64
  const first = logit * (unit * share / (1 - share) / 4 + halfUlp);
  return 2 * (first + (logit + bias) * <f64>(network.hidden + 8) * f64.EPSILON);
}

/**
 * The same bound for the difference between float64 logits and those of the plain form, which have an error of the same
 * size: hence the factor 2. The last summand is there because the plain form compares probabilities, and two of them
 * can be equal although their logits differ by a few units in the last place.
 *
 * @param input - the largest magnitude of an input
 */
export function certaintyInDouble(network: Network, input: f64): f64 {
  return 2 * certainty(network, input, f64.EPSILON / 2, Infinity) + 4 * f64.EPSILON;
}

function columnMagnitude(column: usize, rows: i32, stride: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < rows; i++, column += stride) sum += abs(load<f64>(column));
  return sum;
}
