import type { Arena } from "../wasm";
import { copyMatrix, rowsOf, transposed, type Matrix } from "./matrix";

/**
 * A block of B has at most 32 MiB, and blocks of A and C have at most 2 MiB. So the arena stays small for operands of
 * any size, and no single call of the routine takes long.
 */
const K_BLOCK = 2048;
const N_BLOCK = 2048;
const ROW_BLOCK_ELEMENTS = 2 ** 18;

/** C = alpha A B + beta C, block by block through the arena. */
export function multiply(
  arena: Arena,
  M: number,
  N: number,
  K: number,
  alpha: number,
  A: Matrix,
  B: Matrix,
  beta: number,
  C: Matrix<Float64Array>,
): void {
  if (C.step2 !== 1 && C.step1 === 1) {
    // C is in column-major order, so its transpose is in row-major order
    return multiply(arena, N, M, K, alpha, transposed(B), transposed(A), beta, transposed(C));
  }
  const kMax = Math.min(K, K_BLOCK),
    nMax = Math.min(N, N_BLOCK);
  const mMax = Math.min(M, Math.max(96, Math.floor(ROW_BLOCK_ELEMENTS / Math.max(kMax, nMax))));
  const ldc = nMax + (nMax & 1);
  const pointers = {
    a: arena.allocate(8 * mMax * kMax),
    b: arena.allocate(8 * (nMax * kMax + 1)),
    c: arena.allocate(8 * mMax * ldc),
    scratch: arena.allocate(arena.routines.dgemmScratchBytes(nMax)),
  };
  const c = arena.doubles(pointers.c, mMax * ldc);
  for (let n0 = 0; n0 < N; n0 += nMax) {
    const n = Math.min(nMax, N - n0);
    for (let k0 = 0; k0 < K; k0 += kMax) {
      const k = Math.min(kMax, K - k0),
        blockBeta = k0 === 0 ? beta : 1;
      const b = stage(arena, pointers.b, k, n, at(B, k0, n0));
      for (let m0 = 0; m0 < M; m0 += mMax) {
        const m = Math.min(mMax, M - m0),
          target = at(C, m0, n0);
        const a = stage(arena, pointers.a, m, k, at(A, m0, k0));
        if (blockBeta !== 0) copyMatrix(m, n, target, rowsOf(c, ldc));
        arena.routines.dgemm(
          m,
          n,
          k,
          alpha,
          pointers.a,
          a.rowStep,
          a.columnStep,
          pointers.b,
          b.rowStep,
          b.columnStep,
          blockBeta,
          pointers.c,
          8 * ldc,
          pointers.scratch,
        );
        copyMatrix(m, n, rowsOf(c, ldc), target);
      }
    }
  }
}

function at<T extends Matrix["data"]>(matrix: Matrix<T>, i: number, j: number): Matrix<T> {
  return { ...matrix, offset: matrix.offset + i * matrix.step1 + j * matrix.step2 };
}

/** Copies a block into the arena and keeps its order, row-major or column-major: the routine reads both. */
function stage(arena: Arena, pointer: number, rows: number, columns: number, from: Matrix) {
  const data = arena.doubles(pointer, rows * columns);
  if (from.step1 === 1 && from.step2 !== 1) {
    copyMatrix(columns, rows, transposed(from), rowsOf(data, rows));
    return { rowStep: 8, columnStep: 8 * rows };
  }
  copyMatrix(rows, columns, from, rowsOf(data, columns));
  return { rowStep: 8 * columns, columnStep: 8 };
}
