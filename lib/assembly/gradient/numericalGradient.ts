import { Differentiation, FAR, Network, SERIES } from "../layouts";
import { softmax } from "../math/softmax";
import { logits } from "../network/network";
import { hiddenDifferencesExact, hiddenDifferencesFar, hiddenDifferencesSeries } from "./hiddenDifferences";
import { lossSeries } from "./lossSeries";
import { outputDifferences } from "./outputDifferences";
import { keepUnitInputs, keepUnits } from "./unitRecords";

/** The number that the book adds inside the logarithm of the cross entropy. */
const OFFSET: f64 = 1e-7;

/** Before all chunks: transposes W2 into d.W2T. */
export function prepareGradient(d: Differentiation): void {
  const network = d.network;
  for (let j: usize = 0; j < <usize>network.hidden; j++) {
    for (let k: usize = 0; k < <usize>network.classes; k++) {
      const weight = load<f64>(network.W2 + j * network.classStride + (k << 3));
      store<f64>(d.W2T + k * network.hiddenStride + (j << 3), weight);
    }
  }
}

/**
 * After prepareGradient and before all chunks: computes from z = x W1 + b1 what the chunks need of the samples from
 * `first` to `end`. The result for a sample does not depend on how many samples one call handles. `form` is that of
 * gradientChunk.
 */
export function prepareSamples(d: Differentiation, first: i32, end: i32, form: i32): void {
  const network = d.network, n = end - first;
  const y = d.y + <usize>first * network.classStride;
  if (form == FAR) keepUnitInputs(d, first, end);
  logits(network, n, d.z + <usize>first * network.hiddenStride, y, d.scratch);
  softmax(y, n, network.classes, network.classStride);
  for (let s = <usize>first; s < <usize>end; s++) {
    const p = load<f64>(d.y + s * network.classStride + (<usize>load<i32>(d.labels + (s << 2)) << 3));
    store<f64>(d.parts + (s << 4), p / (p + OFFSET));
    store<f64>(d.parts + (s << 4), OFFSET / (p + OFFSET), 8);
  }
  if (form == FAR) keepUnits(d, first, end);
  else lossSeries(d, first, end);
}

/**
 * Computes the central differences of the mean cross entropy for the parameters of one chunk, without a forward pass
 * for each parameter. A change of W1[i,j] or b1[j] changes only hidden unit j (for W1[i,j] only in the samples whose
 * input i is not 0). A change of W2[j,k] or b2[k] changes only logit k.
 *
 * @param columnsOfChunk - how many columns of x one chunk differentiates; the column of ones for b1 counts as one
 * @param form - SERIES for a small h, EXACT if h changes a unit's input by at most 1, FAR if it changes it by more
 */
export function gradientChunk(
  chunk: i32,
  thread: i32,
  d: Differentiation,
  columnsOfChunk: i32,
  h: f64,
  form: i32,
): void {
  const workspace = d.workspace + <usize>thread * gradientScratchBytes(d.samples);
  const columns = d.network.inputs + 1;
  const first = chunk * columnsOfChunk;
  if (first >= columns) return outputDifferences(d, chunk - columnChunks(columns, columnsOfChunk), h, workspace);
  for (let column = first; column < min(first + columnsOfChunk, columns); column++) {
    if (form == SERIES) hiddenDifferencesSeries(d, column, h, workspace);
    else if (form == FAR) hiddenDifferencesFar(d, column, h, workspace);
    else hiddenDifferencesExact(d, column, h, workspace);
  }
}

/** The number of chunks: first those for the columns of x and b1, then one for each two rows of W2, then one for b2. */
export function gradientChunks(network: Network, columnsOfChunk: i32): i32 {
  return columnChunks(network.inputs + 1, columnsOfChunk) + <i32>(network.hiddenStride >> 4) + 1;
}

// @ts-ignore: decorator
@inline function columnChunks(columns: i32, columnsOfChunk: i32): i32 {
  return (columns + columnsOfChunk - 1) / columnsOfChunk;
}

/** Bytes of scratch memory that one thread needs: 32 for each sample. */
export function gradientScratchBytes(samples: i32): usize {
  return <usize>samples << 5;
}
