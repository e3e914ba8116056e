import { Differentiation, FAR, Network, SERIES } from "../layouts";
import { softmax } from "../math/softmax";
import { logits } from "../network/network";
import { hiddenDifferencesExact, hiddenDifferencesFar, hiddenDifferencesSeries } from "./hiddenDifferences";
import { lossSeries } from "./lossSeries";
import { outputDifferences } from "./outputDifferences";
import { keepUnitInputs, keepUnits } from "./unitRecords";

/** The offset inside the book's logarithm. */
const OFFSET: f64 = 1e-7;

/** What all chunks need of W2. */
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
 * After prepareGradient: what all chunks need of the samples from `first` to `end`, from their z = x W1 + b1. What it
 * computes does not depend on how many they are. `form` as for gradientChunk.
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
 * The central differences of the mean cross entropy at one chunk's parameters, without a forward pass for each: moving
 * W1[i,j] or b1[j] changes hidden unit j alone, and only in the samples whose input i is not 0; moving W2[j,k] or b2[k]
 * changes logit k alone.
 *
 * @param columnsOfChunk - columns of x, b1's column of ones among them, that one chunk differentiates
 * @param form - SERIES, EXACT or FAR: for a small h, for one that moves a unit's input by 1 at most, for one that moves
 * it further
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

/** Columns of x and of ones first, then pairs of hidden units and the ones of b2. */
export function gradientChunks(network: Network, columnsOfChunk: i32): i32 {
  return columnChunks(network.inputs + 1, columnsOfChunk) + <i32>(network.hiddenStride >> 4) + 1;
}

// @ts-ignore: decorator
@inline function columnChunks(columns: i32, columnsOfChunk: i32): i32 {
  return (columns + columnsOfChunk - 1) / columnsOfChunk;
}

/** One thread's: 32 bytes for each sample. */
export function gradientScratchBytes(samples: i32): usize {
  return <usize>samples << 5;
}
