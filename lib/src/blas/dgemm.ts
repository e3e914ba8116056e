import stdlibDgemm from "@stdlib/blas/base/dgemm/lib/main.js";
import { withArena } from "../wasm";
import { ddot } from "./ddot";
import type { Matrix, Real } from "./matrix";
import { multiply } from "./multiply";

/** Whether op(A) is A or its transpose. */
export type Transpose = "no-transpose" | "transpose";

/** With fewer multiplications than this, copying into the arena costs more time than the routine saves. */
const SMALL = 500;
/** How many products @stdlib's dgemm sums at once. */
const STDLIB_BLOCK = 8;

/**
 * C = alpha op(A) op(B) + beta C, where op(A) is M by K and op(B) is K by N. The arguments are in @stdlib's order; any
 * strides and offsets are allowed. A and B may be arrays of any of the types Real, and sums are computed in float64, so
 * the caller need not convert an operand. Small products have the bits of @stdlib's dgemm; if the engine cannot run the
 * routines, it computes all products.
 *
 * @example
 * const C = new Float64Array(4);
 * dgemm("no-transpose", "no-transpose", 2, 2, 2, 1, Float64Array.of(1, 2, 3, 4), 2, 1, 0,
 *   Float64Array.of(1, 0, 0, 1), 2, 1, 0, 0, C, 2, 1, 0); // Float64Array(4) [ 1, 2, 3, 4 ]
 */
export function dgemm(
  transA: Transpose,
  transB: Transpose,
  M: number,
  N: number,
  K: number,
  alpha: number,
  A: Real,
  strideA1: number,
  strideA2: number,
  offsetA: number,
  B: Real,
  strideB1: number,
  strideB2: number,
  offsetB: number,
  beta: number,
  C: Float64Array,
  strideC1: number,
  strideC2: number,
  offsetC: number,
): Float64Array {
  const reference = () =>
    stdlibDgemm.ndarray(
      transA,
      transB,
      M,
      N,
      K,
      alpha,
      A as Float64Array,
      strideA1,
      strideA2,
      offsetA,
      B as Float64Array,
      strideB1,
      strideB2,
      offsetB,
      beta,
      C,
      strideC1,
      strideC2,
      offsetC,
    );
  if (alpha === 0) return reference();
  const a = oriented(transA, A, strideA1, strideA2, offsetA);
  const b = oriented(transB, B, strideB1, strideB2, offsetB);
  if (M * N * K < SMALL) {
    if (alpha !== 1 || beta !== 0 || !(A instanceof Float64Array && B instanceof Float64Array)) return reference();
    const inRows = (step1: number, step2: number) => Math.abs(step1) >= Math.abs(step2);
    const whole =
      inRows(strideA1, strideA2) === (transA === "no-transpose") &&
      inRows(strideB1, strideB2) === (transB === "transpose");
    const target = { data: C, step1: strideC1, step2: strideC2, offset: offsetC };
    multiplySmall(M, N, K, a as Matrix<Float64Array>, b as Matrix<Float64Array>, target, whole ? K : STDLIB_BLOCK);
    return C;
  }
  return withArena((arena) => {
    multiply(arena, M, N, K, alpha, a, b, beta, { data: C, step1: strideC1, step2: strideC2, offset: offsetC });
    return C;
  }, reference);
}

/**
 * C = A B in the order of @stdlib's dgemm, and so with its bits: sums of `block` products, from the last block to the
 * first. @stdlib sums all at once if A is stored by rows and B by columns.
 */
function multiplySmall(
  M: number,
  N: number,
  K: number,
  A: Matrix<Float64Array>,
  B: Matrix<Float64Array>,
  C: Matrix<Float64Array>,
  block: number,
): void {
  for (let i = 0; i < M; i++) {
    for (let j = 0; j < N; j++) {
      const p = A.offset + i * A.step1,
        q = B.offset + j * B.step2;
      let sum = 0;
      for (let k = K; k > 0;) {
        const count = Math.min(k, block);
        k -= count;
        sum += ddot(count, A.data, A.step2, p + k * A.step2, B.data, B.step1, q + k * B.step1);
      }
      C.data[C.offset + i * C.step1 + j * C.step2] = sum;
    }
  }
}

function oriented(trans: Transpose, data: Real, stride1: number, stride2: number, offset: number) {
  return trans === "transpose"
    ? { data, step1: stride2, step2: stride1, offset }
    : { data, step1: stride1, step2: stride2, offset };
}
