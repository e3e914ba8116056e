import type { Matrix } from "../blas";
import type { NDArray } from "../np";

/** An array of one or two axes as a matrix; one axis is one row. */
export function asMatrix<T extends NDArray>({ data, strides, offset, ndims }: T): Matrix<T["data"]> {
  return ndims === 1
    ? { data, step1: 0, step2: strides[0], offset }
    : { data, step1: strides[0], step2: strides[1], offset };
}
