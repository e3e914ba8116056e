import { Differentiation, FAR, Network, SERIES } from "../layouts";
import { softmax } from "../math/softmax";
import { logits } from "../network/network";
import { hiddenDifferencesExact, hiddenDifferencesFar, hiddenDifferencesSeries } from "./hiddenDifferences";
import { lossSeries } from "./lossSeries";
import { outputDifferences } from "./outputDifferences";
import { keepUnitInputs, keepUnits } from "./unitRecords";

/** Columns of x, b1's column of ones among them, that one chunk differentiates. */
const CHUNK_COLUMNS: i32 = 16;
/** The offset inside the book's logarithm. */
const OFFSET: f64 = 1e-7;

/** What all chunks need, from z = x W1 + b1; `form` as for gradientChunk. */
export function prepareGradient(d: Differentiation, form: i32): void {
  const network = d.network;
  if (form == FAR) keepUnitInputs(d);
  logits(network, d.samples, d.z, d.y, d.scratch);
  softmax(d.y, d.samples, network.classes, network.classStride);
  for (let s: usize = 0; s < <usize>d.samples; s++) {
    const p = load<f64>(d.y + s * network.classStride + (<usize>load<i32>(d.labels + (s << 2)) << 3));
    store<f64>(d.parts + (s << 4), p / (p + OFFSET));
    store<f64>(d.parts + (s << 4), OFFSET / (p + OFFSET), 8);
  }
  for (let j: usize = 0; j < <usize>network.hidden; j++) {
    for (let k: usize = 0; k < <usize>network.classes; k++) {
      store<f64>(d.W2T + k * network.hiddenStride + (j << 3), load<f64>(network.W2 + j * network.classStride + (k << 3)));
    }
  }
  if (form == FAR) keepUnits(d);
  else lossSeries(d);
}

/**
 * The central differences of the mean cross entropy at one chunk's parameters, without a forward pass for each: moving
 * W1[i,j] or b1[j] changes hidden unit j alone, and only in the samples whose input i is not 0; moving W2[j,k] or b2[k]
 * changes logit k alone.
 *
 * @param form - SERIES, EXACT or FAR: for a small h, for one that moves a unit's input by 1 at most, for one that moves it further
 */
export function gradientChunk(chunk: i32, thread: i32, d: Differentiation, h: f64, form: i32): void {
  const workspace = d.workspace + <usize>thread * gradientScratchBytes(d.samples);
  const columns = d.network.inputs + 1;
  const first = chunk * CHUNK_COLUMNS;
  if (first >= columns) return outputDifferences(d, chunk - columnChunks(columns), h, workspace);
  for (let column = first; column < min(first + CHUNK_COLUMNS, columns); column++) {
    if (form == SERIES) hiddenDifferencesSeries(d, column, h, workspace);
    else if (form == FAR) hiddenDifferencesFar(d, column, h, workspace);
    else hiddenDifferencesExact(d, column, h, workspace);
  }
}

/** Columns of x and of ones first, then pairs of hidden units and the ones of b2. */
export function gradientChunks(network: Network): i32 {
  return columnChunks(network.inputs + 1) + <i32>(network.hiddenStride >> 4) + 1;
}

// @ts-ignore: decorator
@inline function columnChunks(columns: i32): i32 {
  return (columns + CHUNK_COLUMNS - 1) / CHUNK_COLUMNS;
}

/** One thread's: 32 bytes for each sample. */
export function gradientScratchBytes(samples: i32): usize {
  return <usize>samples << 5;
}
