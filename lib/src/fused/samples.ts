import { compressRows, copyMatrix, type SparseRows } from "../blas";
import type { NDArray } from "../np";
import { DONE, type Slices } from "../platform";
import type { Arena, Pointer } from "../wasm";
import { asMatrix } from "./matrix";
import type { NetworkInArena } from "./network";

/**
 * The inputs of a data set in an arena. Some rows at a time are selected as the batch of lib/assembly/network/batch.ts.
 */
export interface Samples {
  /** Makes these rows the rows of the batch. */
  select(rows: ArrayLike<number>): Slices<void>;
  /** The most rows that can be selected. */
  readonly atOnce: number;
  /** Pointer to the selected rows themselves if they are dense, or to their row numbers if they are sparse. */
  readonly selected: Pointer;
  /** The whole set without its zeros, if most of its elements are 0. */
  readonly sparse?: SparseRows;
  /** The largest magnitude in the whole set; NaN if an element is NaN. */
  readonly largest: number;
  /** Elements of a row that are multiplied, on average. */
  readonly rowLength: number;
}

/**
 * Chooses for x (N, D) the form, dense or sparse, in which its products are faster. At most `atOnce` rows can be
 * selected at a time.
 */
export function samplesOf(arena: Arena, network: NetworkInArena, x: NDArray, atOnce: number): Samples {
  const [rows, columns] = x.shape;
  const sparse = columns < arena.routines.INDICES ? compressRows(arena, rows, columns, asMatrix(x)) : undefined;
  return sparse
    ? sparseSamples(arena, sparse, atOnce)
    : denseSamples(arena, network, x, atOnce, () => largestMagnitude(x));
}

function sparseSamples(arena: Arena, sparse: SparseRows, atOnce: number): Samples {
  const selected = arena.allocate(4 * atOnce);
  return {
    sparse,
    atOnce,
    selected,
    largest: arena.routines.largestMagnitude(sparse.table, 1, arena.routines.CODES, 0),
    rowLength: rowLengthOf(arena, sparse.rows, sparse.starts),
    select(rows) {
      arena.ints(selected, rows.length).set(rows);
      return DONE;
    },
  };
}

/** Makes the first n rows of the set the rows of the batch. */
export function selectFirst(samples: Samples, n: number): Slices<void> {
  const rows = new Int32Array(n);
  for (let row = 0; row < n; row++) rows[row] = row;
  return samples.select(rows);
}

/** The largest magnitude in n selected rows, or in the whole set if it is sparse; NaN if an element is NaN. */
export function largestSelected({ routines }: Arena, samples: Samples, n: number, inputs: number): number {
  return samples.sparse ? samples.largest : routines.largestMagnitude(samples.selected, 1, n * inputs, 0);
}

/** Elements of a row that are not 0, on average. */
export function rowLengthOf(arena: Arena, rows: number, startsPlace: Pointer): number {
  const starts = arena.ints(startsPlace, rows + 1);
  return (starts[rows] - starts[0]) / arena.routines.ENTRY_BYTES / rows;
}

/** The most numbers that are copied in one slice: copying them takes some hundredths of a second. */
const COPIED_AT_ONCE = 5_000_000;

/** Samples in the dense form: selecting rows copies them. `largest` finds the largest magnitude in the set. */
export function denseSamples(
  arena: Arena,
  { inputs }: NetworkInArena,
  x: NDArray,
  atOnce: number,
  largest: () => number,
): Samples {
  const selected = arena.allocate(8 * atOnce * inputs);
  const from = asMatrix(x);
  const copy = (rows: ArrayLike<number>, first: number, end: number) => {
    const data = arena.doubles(selected, rows.length * inputs);
    for (let i = first; i < end; i++) {
      const row = { ...from, offset: from.offset + rows[i] * from.step1 };
      copyMatrix(1, inputs, row, { data, step1: 0, step2: 1, offset: i * inputs });
    }
  };
  function* copyInSlices(rows: ArrayLike<number>, atOnce: number): Slices<void> {
    for (let first = 0; first < rows.length; first += atOnce) {
      if (first > 0) yield;
      copy(rows, first, Math.min(rows.length, first + atOnce));
    }
  }
  return {
    atOnce,
    selected,
    get largest() {
      return largest();
    },
    rowLength: inputs,
    select(rows) {
      const atOnce = Math.ceil(COPIED_AT_ONCE / inputs);
      if (rows.length > atOnce) return copyInSlices(rows, atOnce);
      copy(rows, 0, rows.length);
      return DONE;
    },
  };
}

function largestMagnitude({ data, shape: [rows, columns], strides, offset }: NDArray): number {
  let most = 0;
  for (let row = 0; row < rows; row++) {
    for (let j = 0, at = offset + row * strides[0]; j < columns; j++, at += strides[1]) {
      const magnitude = Math.abs(data[at]);
      if (magnitude > most) most = magnitude;
      else if (Number.isNaN(magnitude)) return NaN;
    }
  }
  return most;
}
