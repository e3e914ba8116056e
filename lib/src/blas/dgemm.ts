import stdlibDgemm from "@stdlib/blas/base/dgemm/lib/main.js";
import { withArena } from "../wasm";
import type { Real } from "./matrix";
import { multiply } from "./multiply";

/** Whether op(A) is A or its transpose. */
export type Transpose = "no-transpose" | "transpose";

/** With fewer multiplications than this, copying into the arena costs more time than the routine saves. */
const SMALL = 500;

/**
 * C = alpha op(A) op(B) + beta C, where op(A) is M by K and op(B) is K by N. The arguments are in @stdlib's order; any
 * strides and offsets are allowed. A and B may be arrays of any of the types Real, and sums are computed in float64, so
 * the caller need not convert an operand. Small products, and all products if the engine cannot run the routines, are
 * computed by @stdlib's dgemm.
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
  if (M * N * K < SMALL || alpha === 0) return reference();
  const a = oriented(transA, A, strideA1, strideA2, offsetA);
  const b = oriented(transB, B, strideB1, strideB2, offsetB);
  return withArena((arena) => {
    multiply(arena, M, N, K, alpha, a, b, beta, { data: C, step1: strideC1, step2: strideC2, offset: offsetC });
    return C;
  }, reference);
}

function oriented(trans: Transpose, data: Real, stride1: number, stride2: number, offset: number) {
  return trans === "transpose"
    ? { data, step1: stride2, step2: stride1, offset }
    : { data, step1: stride1, step2: stride2, offset };
}
