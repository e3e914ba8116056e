import { dgemm } from "../blas";
import type { NDArray } from "./ndarray";

/**
 * Writes the product of the matrices x (m,k) and y (k,n) into data, m n elements from `start`. A matrix whose rows step by 1 is the transpose of a row-major one, and handed over as
 * such.
 */
export function multiplyInto(x: NDArray, y: NDArray, data: Float64Array, start = 0): void {
  const [m, k] = x.shape,
    n = y.shape[1];
  if (m * n * k === 0) return;
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
