/**
 * @stdlib's routines of vectors, in its argument order with strides and offsets. They are not compiled to
 * WebAssembly: each element takes part in only one or two operations, and copying it to the arena would take longer.
 */
import dasumRoutine from "@stdlib/blas/base/dasum/lib/main.js";
import daxpyRoutine from "@stdlib/blas/base/daxpy/lib/main.js";
import dcopyRoutine from "@stdlib/blas/base/dcopy/lib/main.js";
import dnrm2Routine from "@stdlib/blas/base/dnrm2/lib/main.js";
import dscalRoutine from "@stdlib/blas/base/dscal/lib/main.js";
import idamaxRoutine from "@stdlib/blas/base/idamax/lib/main.js";

export const dasum = dasumRoutine.ndarray;
export const daxpy = daxpyRoutine.ndarray;
export const dcopy = dcopyRoutine.ndarray;
export const dnrm2 = dnrm2Routine.ndarray;
export const dscal = dscalRoutine.ndarray;
export const idamax = idamaxRoutine.ndarray;

/** A = alpha x y^T + A, row by row: the routine of this name that @stdlib has at this version does nothing yet. */
export function dger(
  M: number,
  N: number,
  alpha: number,
  x: Float64Array,
  strideX: number,
  offsetX: number,
  y: Float64Array,
  strideY: number,
  offsetY: number,
  A: Float64Array,
  strideA1: number,
  strideA2: number,
  offsetA: number,
): Float64Array {
  for (let i = 0; i < M; i++) {
    daxpy(N, alpha * x[offsetX + i * strideX], y, strideY, offsetY, A, strideA2, offsetA + i * strideA1);
  }
  return A;
}
