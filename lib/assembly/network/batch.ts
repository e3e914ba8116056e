import { dgemm, dgemmScratchBytes } from "../blas/dgemm";
import { addRowSum, repeatRow } from "../blas/rows";
import { addSparseTransposedTimesDense, sparseColumns, sparseTimesDense } from "../blas/sparse";
import { Batch, DELTAS, LOGITS, Network, PROBABILITIES } from "../layouts";
import { softmax } from "../math/softmax";
import { hiddenDelta, outputDelta } from "./deltas";
import { logits } from "./network";

/**
 * Computes the forward pass up to `stage` for one chunk, which is `rowsOfChunk` rows of the batch. The result of a row
 * does not depend on `rowsOfChunk`. If `stage` is DELTAS, chunk 0 has no rows: it writes the columns that descendChunk
 * needs, and the rows begin with chunk 1.
 */
export function forwardChunk(
  chunk: i32,
  thread: i32,
  batch: Batch,
  rowsOfChunk: i32,
  stage: i32,
  learningRate: f64,
): void {
  const network = batch.network;
  if (stage == DELTAS && chunk-- == 0) {
    if (batch.x == 0) sparseColumns(batch.starts, batch.rows, batch.samples, network.inputs, batch.ends, batch.entries);
    return;
  }
  const hiddenStride = network.hiddenStride, classStride = network.classStride;
  const first = chunk * rowsOfChunk, n = min(rowsOfChunk, batch.samples - first);
  const z = batch.z + <usize>first * hiddenStride, y = batch.y + <usize>first * classStride;
  const scratch = batch.scratch + <usize>thread * batchScratchBytes(network);
  hiddenInputs(batch, first, n, z, scratch);
  logits(network, n, z, y, scratch);
  if (stage == LOGITS) return;
  softmax(y, n, network.classes, classStride);
  if (stage == PROBABILITIES) return;
  outputDelta(y, batch.labels + (<usize>first << 2), n, 1 / <f64>batch.samples, classStride);
  const delta = batch.delta + <usize>first * hiddenStride;
  const W2 = network.W2;
  dgemm(n, network.hidden, network.classes, 1, y, classStride, 8, W2, 8, classStride, 0, delta, hiddenStride, scratch);
  hiddenDelta(delta, z, n * <i32>(hiddenStride >> 3), -learningRate);
}

/**
 * Updates parameters by one step of gradient descent, after forwardChunk with DELTAS. The first chunk updates all
 * parameters but W1; each of the others updates `columnsOfChunk` rows of W1. The results are the same to the bit for
 * any `columnsOfChunk`.
 */
export function descendChunk(chunk: i32, thread: i32, batch: Batch, columnsOfChunk: i32, learningRate: f64): void {
  const network = batch.network;
  const scratch = batch.scratch + <usize>thread * batchScratchBytes(network);
  if (chunk == 0) return moveOthers(batch, learningRate, scratch);
  const first = (chunk - 1) * columnsOfChunk;
  moveW1(batch, first, min(first + columnsOfChunk, network.inputs), scratch);
}

/** Bytes of scratch memory that one thread needs. */
export function batchScratchBytes(network: Network): usize {
  return max(dgemmScratchBytes(network.hidden), dgemmScratchBytes(network.classes));
}

/** z = x W1 + b1 for n rows of the batch, starting with row `first`. */
function hiddenInputs(batch: Batch, first: i32, n: i32, z: usize, scratch: usize): void {
  const network = batch.network, stride = network.hiddenStride;
  if (batch.x == 0) {
    sparseTimesDense(batch.starts, batch.rows + (<usize>first << 2), n, batch.table, network.W1, network.b1, z, stride);
  } else {
    const rowBytes = <usize>network.inputs << 3;
    repeatRow(network.b1, z, n, stride);
    const x = batch.x + <usize>first * rowBytes;
    dgemm(n, network.hidden, network.inputs, 1, x, rowBytes, 8, network.W1, stride, 8, 1, z, stride, scratch);
  }
}

/** W1 += x^T delta for the inputs from `first` to `end`. */
function moveW1(batch: Batch, first: i32, end: i32, scratch: usize): void {
  const network = batch.network, stride = network.hiddenStride;
  if (batch.x == 0) {
    addSparseTransposedTimesDense(batch.ends, batch.entries, first, end, batch.table, batch.delta, network.W1, stride);
  } else {
    const x = batch.x + (<usize>first << 3), rowBytes = <usize>network.inputs << 3;
    const W1 = network.W1 + <usize>first * stride;
    const columns = end - first, delta = batch.delta;
    dgemm(columns, network.hidden, batch.samples, 1, x, 8, rowBytes, delta, stride, 8, 1, W1, stride, scratch);
  }
}

function moveOthers(batch: Batch, learningRate: f64, scratch: usize): void {
  const network = batch.network, n = batch.samples;
  const hiddenStride = network.hiddenStride, classStride = network.classStride;
  const hidden = network.hidden, classes = network.classes, W2 = network.W2;
  dgemm(hidden, classes, n, -learningRate, batch.z, 8, hiddenStride,
    batch.y, classStride, 8, 1, W2, classStride, scratch);
  addRowSum(batch.y, n, classStride, -learningRate, network.b2);
  addRowSum(batch.delta, n, hiddenStride, 1, network.b1);
}
