import { ddot, dgemm, dgemv } from "../blas";
import type { NDArray } from "./ndarray";

/**
 * Writes the product of the matrices x (m,k) and y (k,n) into data, m n elements from `start`.
 */
export function multiplyInto(x: NDArray, y: NDArray, data: Float64Array, start = 0): void {
  const [m, k] = x.shape,
    n = y.shape[1];
  if (m * n * k === 0) return;
  if (n === 1) matrixVector(x, y, data, start);
  else if (m === 1) vectorMatrix(x, y, data, start);
  else matrices(x, y, data, start);
}

/** (m,k) times a column: a scalar product where m is 1. */
function matrixVector(x: NDArray, y: NDArray, data: Float64Array, start: number): void {
  const [m, k] = x.shape,
    [down, right] = x.strides;
  // the stride of a single element may be 0, which @stdlib's routines refuse
  const step = k === 1 ? 1 : y.strides[0];
  const across = k === 1 ? 1 : right;
  if (m > 1) dgemv("no-transpose", m, k, 1, x.data, down, right, x.offset, y.data, step, y.offset, 0, data, 1, start);
  else data[start] = ddot(k, x.data as Float64Array, across, x.offset, y.data as Float64Array, step, y.offset);
}

/** A row times (k,n). */
function vectorMatrix(x: NDArray, y: NDArray, data: Float64Array, start: number): void {
  const [k, n] = y.shape,
    [down, right] = y.strides;
  const step = k === 1 ? 1 : x.strides[1];
  dgemv("transpose", k, n, 1, y.data, down, right, y.offset, x.data, step, x.offset, 0, data, 1, start);
}

/** A matrix whose rows step by 1 is the transpose of a row-major one, and handed over as such. */
function matrices(x: NDArray, y: NDArray, data: Float64Array, start: number): void {
  const [m, k] = x.shape,
    n = y.shape[1];
  const left = stored(x),
    right = stored(y);
  dgemm(
    left.form,
    right.form,
    m,
    n,
    k,
    1,
    x.data,
    left.rowStep,
    left.columnStep,
    x.offset,
    y.data,
    right.rowStep,
    right.columnStep,
    y.offset,
    0,
    data,
    n,
    1,
    start,
  );
}

function stored(x: NDArray) {
  const [rowStep, columnStep] = x.strides;
  const turned = rowStep === 1 && columnStep !== 1;
  if (turned) return { form: "transpose", rowStep: columnStep, columnStep: rowStep } as const;
  return { form: "no-transpose", rowStep, columnStep } as const;
}
