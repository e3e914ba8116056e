import type { Arena, Pointer } from "../wasm";
import { copyMatrix, rowsOf, type Matrix } from "./matrix";

/** A matrix in an arena without its zeros: 4 bytes for each other element. See lib/assembly/blas/sparse.ts. */
export interface SparseRows {
  /** rows + 1 pointers: to the first entry of each row, and to the end of the last row. */
  readonly starts: Pointer;
  /** The value of each code. */
  readonly table: Pointer;
  readonly rows: number;
  readonly columns: number;
}

/** How many elements one call of the routine reads. */
const CHUNK = 2 ** 16;
/** If more than this share of the elements is not 0, products of the whole matrix are faster. */
const MOST_LEFT = 0.5;

/**
 * The sparse form of a matrix; undefined if more than half of its elements are not 0, or if they have more than 256
 * different values. The entries stay in the arena until the arena is released.
 */
export function compressRows(arena: Arena, rows: number, columns: number, x: Matrix): SparseRows | undefined {
  const { routines } = arena;
  // elements of float32 are twice as quick to copy and to look at
  const single = x.data instanceof Float32Array;
  const size = single ? 4 : 8,
    compress = single ? routines.compressSingle : routines.compress;
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK / columns));
  const coder = arena.allocate(routines.coderBytes());
  arena.doubles(coder, routines.coderBytes() / 8).fill(0);
  const starts = arena.allocate(4 * (rows + 1));
  const staged = arena.allocate(size * rowsAtOnce * columns);
  let left = 0;
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const n = Math.min(rowsAtOnce, rows - row);
    copyMatrix(
      n,
      columns,
      { ...x, offset: x.offset + row * x.step1 },
      rowsOf(single ? arena.singles(staged, n * columns) : arena.doubles(staged, n * columns), columns),
    );
    const entries = arena.allocate(routines.ENTRY_BYTES * n * columns, routines.ENTRY_BYTES);
    const end = compress(staged, n, columns, coder, starts + 4 * row, entries);
    left += (end - entries) / routines.ENTRY_BYTES;
    if (end === 0 || left > MOST_LEFT * (row + n) * columns) {
      arena.trim(coder);
      return undefined;
    }
    arena.trim(end);
  }
  return { starts, table: coder + routines.tableOffset(), rows, columns };
}
