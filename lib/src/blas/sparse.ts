import type { Arena, Pointer } from "../wasm";
import { copyMatrix, rowsOf, type Matrix } from "./matrix";

/** A matrix without its zeros, in an arena: 4 bytes for each element that is left. See lib/assembly/blas/sparse.ts. */
export interface SparseRows {
  /** Where each row's entries begin, and where the last ends: rows + 1 pointers. */
  readonly starts: Pointer;
  /** The values, by code. */
  readonly table: Pointer;
  readonly rows: number;
  readonly columns: number;
}

/** Doubles that are looked at in one call. */
const CHUNK = 2 ** 16;
/** With more than this share of its elements left, the products of the whole matrix are faster. */
const MOST_LEFT = 0.5;

/**
 * The sparse form of a matrix; undefined when more than half of its elements are not 0, or they have more than 256
 * values. The entries stay in the arena until its release.
 */
export function compressRows(arena: Arena, rows: number, columns: number, x: Matrix): SparseRows | undefined {
  const { routines } = arena;
  const rowsAtOnce = Math.max(1, Math.floor(CHUNK / columns));
  const coder = arena.allocate(routines.coderBytes());
  arena.bytesAt(coder, routines.coderBytes()).fill(0);
  const starts = arena.allocate(4 * (rows + 1));
  const staged = arena.allocate(8 * rowsAtOnce * columns);
  let left = 0;
  for (let row = 0; row < rows; row += rowsAtOnce) {
    const n = Math.min(rowsAtOnce, rows - row);
    copyMatrix(
      n,
      columns,
      { ...x, offset: x.offset + row * x.step1 },
      rowsOf(arena.doubles(staged, n * columns), columns),
    );
    const entries = arena.allocate(routines.ENTRY_BYTES * n * columns, routines.ENTRY_BYTES);
    const end = routines.compress(staged, n, columns, coder, starts + 4 * row, entries);
    left += (end - entries) / routines.ENTRY_BYTES;
    if (end === 0 || left > MOST_LEFT * (row + n) * columns) {
      arena.trim(coder);
      return undefined;
    }
    arena.trim(end);
  }
  return { starts, table: coder + routines.tableOffset(), rows, columns };
}
