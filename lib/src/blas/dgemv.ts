import dgemvRoutine from "@stdlib/blas/base/dgemv/lib/main.js";
import { dgemm, type Transpose } from "./dgemm";
import type { Real } from "./matrix";
import { matrixVector } from "./matrixVector";

/** From this many elements of A on, sums have the order of the compiled dgemm: in blocks of LARGE_BLOCK. */
const LARGE = 10_000,
  LARGE_BLOCK = 256;

/**
 * y = alpha op(A) x + beta y with A M by N, in @stdlib's argument order, any strides and offsets. For a small A
 * the result has the bits of @stdlib's dgemv, for a large one those of dgemm. Where A and x hold float64, a loop of our
 * own computes it; else A and x may hold any kind of number, and these two routines run.
 *
 * @example
 * const y = new Float64Array(2);
 * dgemv("no-transpose", 2, 2, 1, Float64Array.of(1, 2, 3, 4), 2, 1, 0, Float64Array.of(1, 1), 1, 0, 0, y, 1, 0);
 * y; // Float64Array(2) [ 3, 7 ]
 */
export function dgemv(
  trans: Transpose,
  M: number,
  N: number,
  alpha: number,
  A: Real,
  strideA1: number,
  strideA2: number,
  offsetA: number,
  x: Real,
  strideX: number,
  offsetX: number,
  beta: number,
  y: Float64Array,
  strideY: number,
  offsetY: number,
): Float64Array {
  const [rows, inner, down, right] = trans === "transpose" ? [N, M, strideA2, strideA1] : [M, N, strideA1, strideA2];
  const isLarge = M * N >= LARGE;
  if (A instanceof Float64Array && x instanceof Float64Array && (isLarge ? alpha !== 0 : alpha === 1 && beta === 0)) {
    const block = isLarge ? LARGE_BLOCK : inner;
    matrixVector(rows, inner, alpha, A, down, right, offsetA, x, strideX, offsetX, beta, y, strideY, offsetY, block);
    return y;
  }
  if (!isLarge) {
    const a = A as Float64Array,
      b = x as Float64Array;
    return dgemvRoutine.ndarray(
      trans,
      M,
      N,
      alpha,
      a,
      strideA1,
      strideA2,
      offsetA,
      b,
      strideX,
      offsetX,
      beta,
      y,
      strideY,
      offsetY,
    );
  }
  const none = "no-transpose";
  // the compiled product is faster along rows: if op(A) is in column-major order, x^T op(A)^T is computed instead
  if (Math.abs(down) < Math.abs(right)) {
    return dgemm(
      none,
      none,
      1,
      rows,
      inner,
      alpha,
      x,
      1,
      strideX,
      offsetX,
      A,
      right,
      down,
      offsetA,
      beta,
      y,
      1,
      strideY,
      offsetY,
    );
  }
  return dgemm(
    none,
    none,
    rows,
    1,
    inner,
    alpha,
    A,
    down,
    right,
    offsetA,
    x,
    strideX,
    1,
    offsetX,
    beta,
    y,
    strideY,
    1,
    offsetY,
  );
}
