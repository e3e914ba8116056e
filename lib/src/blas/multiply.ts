import type { Arena, Pointer, Routines } from "../wasm";
import { copyMatrix, transposed, type Matrix } from "./matrix";

/**
 * A block of B has at most 32 MiB, and blocks of A and C have at most 2 MiB. So the arena stays small for operands of
 * any size, and no single call of the routine takes long.
 */
const K_BLOCK = 2048;
const N_BLOCK = 2048;
const ROW_BLOCK_ELEMENTS = 2 ** 18;
/** If more than this share of A is not 0, the product of all elements is faster. */
const MOST_LEFT = 0.5;
/** With fewer columns in B or fewer elements in A than these, it does not pay to look for zeros. */
const FEW_COLUMNS = 16,
  FEW_ELEMENTS = 2000;

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
  const { routines } = arena;
  const pointers = {
    a: arena.allocate(8 * (mMax * kMax + 1)),
    b: arena.allocate(8 * (nMax * kMax + 1)),
    c: arena.allocate(8 * mMax * ldc),
    scratch: arena.allocate(routines.dgemmScratchBytes(nMax)),
  };
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
        const c = { data: arena.heap, step1: ldc, step2: 1, offset: pointers.c / 8 };
        if (blockBeta !== 0) copyMatrix(m, n, target, c);
        const sparse = isSparse(routines, m, n, k, a.pointer, b.pointer);
        const end = arena.allocate(0);
        const scratch = sparse ? arena.allocate(routines.skipZerosScratchBytes(m, n, k)) : pointers.scratch;
        const routine = sparse ? routines.skipZeros : routines.dgemm;
        routine(
          m,
          n,
          k,
          alpha,
          a.pointer,
          a.rowStep,
          a.columnStep,
          b.pointer,
          b.rowStep,
          b.columnStep,
          blockBeta,
          pointers.c,
          8 * ldc,
          scratch,
        );
        arena.trim(end);
        copyMatrix(m, n, c, target);
      }
    }
  }
}

/**
 * Whether the product is faster without the zeros of A and still has the same result. The result would differ if B were
 * not finite, because 0 times infinity or NaN is not 0.
 */
function isSparse(routines: Routines, m: number, n: number, k: number, a: Pointer, b: Pointer): boolean {
  if (n < FEW_COLUMNS || m * k < FEW_ELEMENTS) return false;
  return routines.mostlyZero(a, m * k, MOST_LEFT) !== 0 && routines.allFinite(b, k * n) !== 0;
}

function at<T extends Matrix["data"]>(matrix: Matrix<T>, i: number, j: number): Matrix<T> {
  const { data, step1, step2, offset } = matrix;
  return { data, step1, step2, offset: offset + i * step1 + j * step2 };
}

/** Copies a block into the arena and keeps its order, row-major or column-major: the routine reads both. */
function stage(arena: Arena, pointer: Pointer, rows: number, columns: number, from: Matrix) {
  if (from.step1 === 1 && from.step2 !== 1) {
    stageRows(arena, pointer, columns, rows, transposed(from));
    return { pointer, rowStep: 8, columnStep: 8 * rows };
  }
  stageRows(arena, pointer, rows, columns, from);
  return { pointer, rowStep: 8 * columns, columnStep: 8 };
}

function stageRows(arena: Arena, pointer: Pointer, rows: number, columns: number, from: Matrix): void {
  const { data, step1, step2, offset } = from;
  if (data instanceof Float32Array && step2 === 1) stageSingles(arena, pointer, rows, columns, data, step1, offset);
  else copyMatrix(rows, columns, from, { data: arena.heap, step1: columns, step2: 1, offset: pointer / 8 });
}

/**
 * Copies float32 numbers unchanged into the second half of the memory of the block. Then a routine converts them to
 * doubles, which fill the whole block.
 */
function stageSingles(
  arena: Arena,
  pointer: Pointer,
  rows: number,
  columns: number,
  data: Float32Array,
  step: number,
  offset: number,
): void {
  const count = rows * columns,
    raw = pointer + 4 * count;
  const singles = { data: arena.singles(raw, count), step1: columns, step2: 1, offset: 0 };
  copyMatrix(rows, columns, { data, step1: step, step2: 1, offset }, singles);
  arena.routines.promote(raw, count, pointer);
}
