import { evenShare } from "../math/simd";
import { copyRows, packPanel, packRows } from "./pack";
import { tile } from "./tile";

const MAX_ROWS: i32 = 4;
const MAX_VECTORS: i32 = 2;
/**
 * How many values of k are summed before the sums are added to C. With 256, a panel of B (8 KiB) and a tile's rows of A
 * (8 KiB) stay in the first-level cache.
 */
export const K_BLOCK: i32 = 256;
const ROW_BLOCK: i32 = 96;
/** If C has more columns than this, a block of A is read so often that it is faster to copy its rows together first. */
const WIDE: i32 = 200;

/**
 * C = alpha op(A) op(B) + beta C for float64 matrices of any size in this memory.
 *
 * Each element is summed in the order of k, in blocks of K_BLOCK. The order does not depend on the element's position
 * in C, so the result does not depend on how a caller divides the rows or columns into several calls. C's rows must
 * have room for an even number of columns: if N is odd, the column after the last gets garbage, and the column after
 * the last of op(B) is read but not used.
 *
 * @param rowStepA, columnStepA - bytes from A[i,k] to A[i+1,k] and to A[i,k+1]; one of them is 8
 * @param rowStepB, columnStepB - the same for B
 * @param ldc - bytes from row to row of C, a multiple of 16
 * @param scratch - dgemmScratchBytes(N) bytes
 */
export function dgemm(
  M: i32, N: i32, K: i32, alpha: f64, A: usize, rowStepA: usize, columnStepA: usize,
  B: usize, rowStepB: usize, columnStepB: usize, beta: f64, C: usize, ldc: usize, scratch: usize,
): void {
  const rowsOfA = scratch + panelBytes(N);
  for (let k0 = 0; k0 < K; k0 += K_BLOCK) {
    const k = min(K_BLOCK, K - k0);
    packB(k, N, B + <usize>k0 * rowStepB, rowStepB, columnStepB, scratch);
    for (let i0 = 0; i0 < M; i0 += ROW_BLOCK) {
      const rows = min(ROW_BLOCK, M - i0);
      let a = A + <usize>i0 * rowStepA + <usize>k0 * columnStepA;
      let lda = rowStepA;
      if (columnStepA != 8 || N > WIDE) {
        if (columnStepA == 8) copyRows(rows, k, a, rowStepA, rowsOfA);
        else packRows(rows, k, a, columnStepA, rowsOfA);
        a = rowsOfA;
        lda = <usize>k << 3;
      }
      multiplyBlock(rows, N, k, alpha, a, lda, scratch, k0 == 0 ? beta : 1, C + <usize>i0 * ldc, ldc);
    }
  }
}

/** Bytes of scratch memory that dgemm needs for N columns. */
export function dgemmScratchBytes(N: i32): usize {
  return panelBytes(N) + ((ROW_BLOCK * K_BLOCK) << 3);
}

// @ts-ignore: decorator
@inline function panelBytes(N: i32): usize {
  return <usize>((N + 1) >> 1) * K_BLOCK * 16;
}

function packB(k: i32, N: i32, b: usize, rowStep: usize, columnStep: usize, panel: usize): void {
  for (let left = (N + 1) >> 1; left > 0; ) {
    const vectors = evenShare(left, MAX_VECTORS);
    packPanel(k, vectors, b, rowStep, columnStep, panel);
    b += 2 * <usize>vectors * columnStep;
    panel += <usize>(vectors * k) << 4;
    left -= vectors;
  }
}

function multiplyBlock(
  M: i32,
  N: i32,
  k: i32,
  alpha: f64,
  A: usize,
  lda: usize,
  panel: usize,
  beta: f64,
  C: usize,
  ldc: usize,
): void {
  for (let left = (N + 1) >> 1; left > 0; ) {
    const vectors = evenShare(left, MAX_VECTORS);
    let a = A, c = C;
    for (let rowsLeft = M; rowsLeft > 0; ) {
      const rows = evenShare(rowsLeft, MAX_ROWS);
      if (vectors == 1) narrowTile(rows, k, alpha, a, lda, panel, beta, c, ldc);
      else wideTile(rows, k, alpha, a, lda, panel, beta, c, ldc);
      a += <usize>rows * lda;
      c += <usize>rows * ldc;
      rowsLeft -= rows;
    }
    panel += <usize>(vectors * k) << 4;
    C += <usize>vectors << 4;
    left -= vectors;
  }
}

function wideTile(
  rows: i32,
  k: i32,
  alpha: f64,
  a: usize,
  lda: usize,
  b: usize,
  beta: f64,
  c: usize,
  ldc: usize,
): void {
  if (rows == 4) tile(4, 2, k, alpha, a, lda, b, beta, c, ldc);
  else if (rows == 3) tile(3, 2, k, alpha, a, lda, b, beta, c, ldc);
  else if (rows == 2) tile(2, 2, k, alpha, a, lda, b, beta, c, ldc);
  else tile(1, 2, k, alpha, a, lda, b, beta, c, ldc);
}

function narrowTile(
  rows: i32,
  k: i32,
  alpha: f64,
  a: usize,
  lda: usize,
  b: usize,
  beta: f64,
  c: usize,
  ldc: usize,
): void {
  if (rows == 4) tile(4, 1, k, alpha, a, lda, b, beta, c, ldc);
  else if (rows == 3) tile(3, 1, k, alpha, a, lda, b, beta, c, ldc);
  else if (rows == 2) tile(2, 1, k, alpha, a, lda, b, beta, c, ldc);
  else tile(1, 1, k, alpha, a, lda, b, beta, c, ldc);
}
