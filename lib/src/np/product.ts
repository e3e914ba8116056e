import { ddot, dgemm, dgemv } from "../blas";
import { shapeOf, stridesOf } from "./ndarray";
import type { NDArray } from "./ndarray";

/** Where the elements of a matrix are: [i, j] at data[offset + i * down + j * right]. */
export interface Grid {
  readonly data: NDArray["data"];
  readonly rows: number;
  readonly columns: number;
  readonly down: number;
  readonly right: number;
  readonly offset: number;
}

/**
 * Writes the product of the matrices x (m,k) and y (k,n) into data, m n elements from `start`.
 */
export function multiplyInto(x: Grid, y: Grid, data: Float64Array, start = 0): void {
  const m = x.rows,
    k = x.columns,
    n = y.columns;
  if (m * n * k === 0) return;
  if (n === 1) matrixVector(x, y, data, start);
  else if (m === 1) vectorMatrix(x, y, data, start);
  else matrices(x, y, data, start);
}

/** (m,k) times a column: a scalar product where m is 1. */
function matrixVector(x: Grid, y: Grid, data: Float64Array, start: number): void {
  const { rows: m, columns: k, down, right } = x;
  // the stride of a single element may be 0, which @stdlib's routines refuse
  const step = k === 1 ? 1 : y.down;
  const across = k === 1 ? 1 : right;
  if (m > 1) dgemv("no-transpose", m, k, 1, x.data, down, right, x.offset, y.data, step, y.offset, 0, data, 1, start);
  else data[start] = ddot(k, x.data as Float64Array, across, x.offset, y.data as Float64Array, step, y.offset);
}

/** A row times (k,n). */
function vectorMatrix(x: Grid, y: Grid, data: Float64Array, start: number): void {
  const { rows: k, columns: n, down, right } = y;
  const step = k === 1 ? 1 : x.right;
  dgemv("transpose", k, n, 1, y.data, down, right, y.offset, x.data, step, x.offset, 0, data, 1, start);
}

/** A matrix in column-major order is passed to dgemm as the transpose of a row-major matrix. */
function matrices(x: Grid, y: Grid, data: Float64Array, start: number): void {
  const left = x.down === 1 && x.right !== 1,
    right = y.down === 1 && y.right !== 1;
  const n = y.columns;
  dgemm(
    left ? "transpose" : "no-transpose",
    right ? "transpose" : "no-transpose",
    x.rows,
    n,
    x.columns,
    1,
    x.data,
    left ? x.right : x.down,
    left ? x.down : x.right,
    x.offset,
    y.data,
    right ? y.right : y.down,
    right ? y.down : y.right,
    y.offset,
    0,
    data,
    n,
    1,
    start,
  );
}

/** The grid of an array with two axes. */
export function gridOf(x: NDArray): Grid {
  const [rows, columns] = shapeOf(x),
    [down, right] = stridesOf(x);
  return { data: x.data, rows, columns, down, right, offset: x.offset };
}

export function transposed({ data, rows, columns, down, right, offset }: Grid): Grid {
  return { data, rows: columns, columns: rows, down: right, right: down, offset };
}
