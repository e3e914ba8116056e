// The layouts of the objects in this memory. TypeScript code calls the functions and setters of this file and reads its
// constants, so that lib/src contains no offset and no size of a layout.

/** How many different values a set of sparse rows can have: a code has 8 bits. */
export const CODES: i32 = 256;
/** Bytes of a sparse entry, `index << 8 | code`. */
export const ENTRY_BYTES: i32 = 4;
/** How many columns or rows there can be: an entry's index has 24 bits. */
export const INDICES: i32 = 1 << 24;

/** The stage at which a forward pass stops. */
export const LOGITS: i32 = 0;
export const PROBABILITIES: i32 = 1;
export const DELTAS: i32 = 2;

/** The verdict on a row. It is UNDECIDED if rounding could have changed the order of the two largest logits. */
export const WRONG: i32 = 0;
export const RIGHT: i32 = 1;
export const UNDECIDED: i32 = 2;

/** The three ways in which the change of a hidden unit, and the change of the loss, are computed: see gradientChunk. */
export const EXACT: i32 = 0;
export const SERIES: i32 = 1;
export const FAR: i32 = 2;

/** Bytes of a record for two hidden units and one sample: 1 - z, z (1 - z) and c1 to c4 of lossSeries. */
export const RECORD_BYTES: i32 = 96;

/** Bytes of a row of doubles, padded to an even number of doubles: a multiple of 16. */
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

/** A batch of rows, and the arrays that a training step computes from it. */
@unmanaged export class Batch {
  network: Network;
  samples: i32;
  /** (samples, inputs), rows without padding; 0 if the rows are sparse. */
  x: usize;
  /** Only for sparse rows: the whole data set as compress writes it, and the numbers of the batch's rows in it. */
  starts: usize;
  rows: usize;
  table: usize;
  /** Only for sparse rows: memory for a u32 for each input, and for an entry for each sample and input. */
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

/** Sets all fields but the rows and their number: setDenseRows or setSparseRows, and setSamples, set those. */
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
 * An evaluation of sparse rows. The first layer is computed in float32, which is twice as fast. Only for the few rows
 * whose two largest logits are too close is it computed again in float64.
 */
@unmanaged export class Evaluation {
  /**
   * If the difference of two logits is larger than this, rounding cannot have changed their order: one bound for a
   * first layer in float32, one for float64. prepareEvaluation computes both.
   */
  certain: f64;
  certainInDouble: f64;
  network: Network;
  /** `total` rows, as compress writes them. */
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

/** The data of one numerical gradient. */
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
  /** (classes, hiddenStride): W2 transposed, so that one vector load reads the weights of two hidden units. */
  W2T: usize;
  /** Two doubles for each sample: the shares of p[label] and of 1e-7 in the sum p[label] + 1e-7. */
  parts: usize;
  /** recordsBytes(network, samples): RECORD_BYTES for each pair of units and each sample. */
  records: usize;
  /** The results: arrays with the same layout as the network's. */
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

/** Sets the pointers to which the results are written. */
export function setGradient(d: Differentiation, W1: usize, b1: usize, W2: usize, b2: usize): void {
  d.W1 = W1;
  d.b1 = b1;
  d.W2 = W2;
  d.b2 = b2;
}

export function recordsBytes(network: Network, samples: i32): usize {
  return <usize>RECORD_BYTES * samples * (network.hiddenStride >> 4);
}
