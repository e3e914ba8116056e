import { compressRows, copyMatrix, type SparseRows } from "../blas";
import type { NDArray } from "../np/ndarray";
import type { NetworkInArena } from "../networks/networkInArena";
import type { Arena } from "../wasm/arena";
import type { Pointer } from "../wasm/routines";

/** The inputs of a data set as the fused steps use them: some rows are selected, then multiplied from either side. */
export interface Samples {
  /** Makes these rows the ones that the products below are about. */
  select(rows: ArrayLike<number>): void;
  /** z = x W1 + b1 */
  hiddenInputs(z: Pointer): void;
  /** W1 += x^T delta */
  updateW1(delta: Pointer): void;
  /** The whole set without its zeros, where most of it is zeros. */
  readonly sparse?: SparseRows;
}

/** Looks at x (N, D) and chooses the form in which its products are cheapest; at most `atOnce` rows are selected at a time. */
export function samplesOf(arena: Arena, network: NetworkInArena, x: NDArray, atOnce: number): Samples {
  const [rows, columns] = x.shape;
  const sparse = compressRows(arena, rows, columns, asMatrix(x));
  return sparse ? sparseSamples(arena, network, sparse, atOnce) : denseSamples(arena, network, x, atOnce);
}

function sparseSamples(arena: Arena, network: NetworkInArena, sparse: SparseRows, atOnce: number): Samples {
  const { routines } = arena;
  const { inputs, hiddenStride, places } = network;
  const selected = arena.allocate(4 * atOnce);
  const ends = arena.allocate(4 * inputs);
  const columns = arena.allocate(4 * atOnce * inputs);
  let n = 0;
  return {
    sparse,
    select(rows) {
      n = rows.length;
      arena.ints(selected, n).set(rows);
    },
    hiddenInputs(z) {
      routines.sparseTimesDense(sparse.starts, selected, n, sparse.table, places.W1, places.b1, z, hiddenStride);
    },
    updateW1(delta) {
      routines.sparseColumns(sparse.starts, selected, n, inputs, ends, columns);
      routines.addSparseTransposedTimesDense(ends, columns, inputs, sparse.table, delta, places.W1, hiddenStride);
    },
  };
}

/** The same without looking: the selected rows stand in full at `place`. */
export function denseSamples(arena: Arena, network: NetworkInArena, x: NDArray, atOnce: number): Samples & { readonly place: Pointer } {
  const { routines } = arena;
  const { inputs, hidden, hiddenStride, places } = network;
  const selected = arena.allocate(8 * atOnce * inputs);
  const scratch = arena.allocate(routines.dgemmScratch(hidden));
  const from = asMatrix(x);
  let n = 0;
  return {
    place: selected,
    select(rows) {
      n = rows.length;
      const to = arena.doubles(selected, n * inputs);
      for (let i = 0; i < n; i++) {
        copyMatrix(1, inputs, { ...from, offset: from.offset + rows[i] * from.step1 }, { data: to, step1: 0, step2: 1, offset: i * inputs });
      }
    },
    hiddenInputs(z) {
      routines.repeatRow(places.b1, z, n, hiddenStride);
      routines.dgemm(n, hidden, inputs, 1, selected, 8 * inputs, 8, places.W1, hiddenStride, 8, 1, z, hiddenStride, scratch);
    },
    updateW1(delta) {
      routines.dgemm(inputs, hidden, n, 1, selected, 8, 8 * inputs, delta, hiddenStride, 8, 1, places.W1, hiddenStride, scratch);
    },
  };
}

function asMatrix({ data, strides, offset }: NDArray) {
  return { data, step1: strides[0], step2: strides[1], offset };
}
