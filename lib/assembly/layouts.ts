// What TypeScript must know of what lies where in this memory. It asks for the sizes and constants and calls the
// setters: no number of a layout stands in lib/src.

/** Values that the codes of sparse entries can stand for. */
export const CODES: i32 = 256;
/** Bytes of a sparse entry, `index << 8 | code`. */
export const ENTRY_BYTES: i32 = 4;
/** Columns or rows that an entry's index can tell apart. */
export const INDICES: i32 = 1 << 24;

/** How far a forward pass goes. */
export const LOGITS: i32 = 0;
export const PROBABILITIES: i32 = 1;
export const DELTAS: i32 = 2;

/** What is found of a row; undecided where the order of its best two logits is not certain. */
export const WRONG: i32 = 0;
export const RIGHT: i32 = 1;
export const UNDECIDED: i32 = 2;

/** How a moved hidden unit and the loss that it changes are computed. */
export const EXACT: i32 = 0;
export const SERIES: i32 = 1;
export const FAR: i32 = 2;

/** Bytes of a record of a pair of units and a sample: 1 - z, z (1 - z) and c1 to c4 of lossSeries. */
export const RECORD_BYTES: i32 = 96;

/** Bytes of a row of doubles, padded to whole pairs: a multiple of 16. */
export function rowStride(columns: i32): usize {
  return <usize>((columns + 1) >> 1) << 4;
}

/** A TwoLayerNet in this memory. */
@unmanaged export class Network {
  inputs: i32;
  hidden: i32;
  classes: i32;
  /** rowStride(hidden) and rowStride(classes). */
  hiddenStride: usize;
  classStride: usize;
  /** inputs rows of hiddenStride */
  W1: usize;
  b1: usize;
  /** hidden rows of classStride */
  W2: usize;
  b2: usize;
}

export function networkBytes(): usize {
  return offsetof<Network>();
}

export function setNetwork(
  network: Network, inputs: i32, hidden: i32, classes: i32, W1: usize, b1: usize, W2: usize, b2: usize,
): void {
  network.inputs = inputs;
  network.hidden = hidden;
  network.classes = classes;
  network.hiddenStride = rowStride(hidden);
  network.classStride = rowStride(classes);
  network.W1 = W1;
  network.b1 = b1;
  network.W2 = W2;
  network.b2 = b2;
}

/** A batch of rows and what a training step makes of it. */
@unmanaged export class Batch {
  network: Network;
  samples: i32;
  /** (samples, inputs), rows without padding; 0 where the rows are sparse. */
  x: usize;
  /** Sparse: the whole set as compress makes it, and which of its rows the batch has. */
  starts: usize;
  rows: usize;
  table: usize;
  /** Sparse: a u32 for each input, and an entry for each sample and input. */
  ends: usize;
  entries: usize;
  labels: usize;
  /** (samples, hiddenStride): the hidden units. */
  z: usize;
  /** (samples, classStride): logits, probabilities, then the loss's derivative at the logits. */
  y: usize;
  /** (samples, hiddenStride): -learningRate times the loss's derivative at the hidden units' inputs. */
  delta: usize;
  /** batchScratchBytes(network) for each thread. */
  scratch: usize;
}

export function batchBytes(): usize {
  return offsetof<Batch>();
}

/** All but the rows: setDenseRows or setSparseRows, and setSamples, say which they are. */
export function setBatch(
  batch: Batch, network: Network, labels: usize, z: usize, y: usize, delta: usize, scratch: usize,
): void {
  batch.network = network;
  batch.labels = labels;
  batch.z = z;
  batch.y = y;
  batch.delta = delta;
  batch.scratch = scratch;
}

export function setDenseRows(batch: Batch, x: usize): void {
  batch.x = x;
}

export function setSparseRows(
  batch: Batch, starts: usize, rows: usize, table: usize, ends: usize, entries: usize,
): void {
  batch.x = 0;
  batch.starts = starts;
  batch.rows = rows;
  batch.table = table;
  batch.ends = ends;
  batch.entries = entries;
}

export function setSamples(batch: Batch, samples: i32): void {
  batch.samples = samples;
}

/**
 * An evaluation of sparse rows. The first layer is computed in float32, twice as fast, which decides all but the few
 * rows whose best two logits are too close for it.
 */
@unmanaged export class Evaluation {
  /**
   * How far apart two logits must be for their order to be certain, by float32 and by float64; made by
   * prepareEvaluation.
   */
  certain: f64;
  certainInDouble: f64;
  network: Network;
  /** As compress makes them, `total` rows. */
  starts: usize;
  table: usize;
  labels: usize;
  total: i32;
  /** A byte for each row: WRONG, RIGHT or UNDECIDED. */
  verdicts: usize;
  /** singleBytes(network): table, b1 and W1 in float32. */
  single: usize;
  /** evaluationScratchBytes(network) for each thread. */
  scratch: usize;
}

export function evaluationBytes(): usize {
  return offsetof<Evaluation>();
}

export function setEvaluation(
  evaluation: Evaluation, network: Network, starts: usize, table: usize, total: i32, labels: usize, verdicts: usize,
  single: usize, scratch: usize,
): void {
  evaluation.network = network;
  evaluation.starts = starts;
  evaluation.table = table;
  evaluation.total = total;
  evaluation.labels = labels;
  evaluation.verdicts = verdicts;
  evaluation.single = single;
  evaluation.scratch = scratch;
}

/** What one differentiation works on. */
@unmanaged export class Differentiation {
  network: Network;
  /** Rows of x. */
  samples: i32;
  /** (samples, inputs), rows without padding. */
  x: usize;
  labels: usize;
  /** (samples, hiddenStride): x W1 + b1 at first, then the hidden units. */
  z: usize;
  /** (samples, classStride): the probabilities p. */
  y: usize;
  /** (classes, hiddenStride): W2 transposed, so that two units stand side by side. */
  W2T: usize;
  /** Two doubles for each sample: the parts of the probability and of the offset in p[label] + 1e-7. */
  parts: usize;
  /** recordsBytes(network, samples): RECORD_BYTES for each pair of units and each sample. */
  records: usize;
  /** The results, of the network's layout. */
  W1: usize;
  b1: usize;
  W2: usize;
  b2: usize;
  /** gradientScratchBytes(samples) for each thread. */
  workspace: usize;
  /** dgemmScratchBytes of hidden and of classes. */
  scratch: usize;
}

export function differentiationBytes(): usize {
  return offsetof<Differentiation>();
}

export function setDifferentiation(
  d: Differentiation, network: Network, samples: i32, x: usize, labels: usize, z: usize, y: usize, W2T: usize,
  parts: usize, records: usize, workspace: usize, scratch: usize,
): void {
  d.network = network;
  d.samples = samples;
  d.x = x;
  d.labels = labels;
  d.z = z;
  d.y = y;
  d.W2T = W2T;
  d.parts = parts;
  d.records = records;
  d.workspace = workspace;
  d.scratch = scratch;
}

/** Where the results go. */
export function setGradient(d: Differentiation, W1: usize, b1: usize, W2: usize, b2: usize): void {
  d.W1 = W1;
  d.b1 = b1;
  d.W2 = W2;
  d.b2 = b2;
}

export function recordsBytes(network: Network, samples: i32): usize {
  return <usize>RECORD_BYTES * samples * (network.hiddenStride >> 4);
}
