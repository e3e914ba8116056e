import { isRowMajor, sizeOf, wrap } from "./ndarray";
import type { Buffers, DType, NDArray } from "./ndarray";
import { copyOf } from "./create";
import { transpose } from "./shape";

/** An array's elements as rows along one axis, each in one piece of fresh memory. */
export interface Rows<T extends DType> {
  readonly data: Buffers[T];
  /** How many elements a row has. */
  readonly length: number;
  readonly count: number;
  /**
   * Makes an array from results for the rows, `length` elements for each row: they lie along the same axis as the rows
   * did, and the other axes are those of the original array.
   */
  readonly array: <R extends DType>(dtype: R, data: Buffers[R], length?: number) => NDArray<R>;
}

/** The rows of `x` along `axis`, which is counted from the front. */
export function rowsAlong<T extends DType>(caller: string, x: NDArray<T>, axis: number): Rows<T> {
  const axes = x.shape.map((_, k) => k);
  const rest = axes.filter((k) => k !== axis);
  const { data } = copyOf(caller, transpose(x, [...rest, axis]));
  const lengths = rest.map((k) => x.shape[k]);
  const back = axes.map((k) => (k === axis ? rest.length : rest.indexOf(k)));
  return {
    data,
    length: x.shape[axis],
    count: sizeOf(lengths),
    array: (dtype, values, length = x.shape[axis]) => {
      const turned = transpose(wrap(dtype, values, [...lengths, length]), back);
      return isRowMajor(turned) ? turned : copyOf(caller, turned);
    },
  };
}
