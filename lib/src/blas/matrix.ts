/** The array types from which a matrix can be read. */
export type Real = Float64Array | Float32Array | Int32Array | Uint8Array;

/** The array types into which a matrix can be copied. */
export type Float = Float64Array | Float32Array;

/** Element [i, j] of a matrix is data[offset + i * step1 + j * step2]. */
export interface Matrix<T extends Real = Real> {
  readonly data: T;
  readonly step1: number;
  readonly step2: number;
  readonly offset: number;
}

/** A matrix in row-major order whose rows have `step` elements each. */
export function rowsOf<T extends Real>(data: T, step: number): Matrix<T> {
  return { data, step1: step, step2: 1, offset: 0 };
}

export function transposed<T extends Real>({ data, step1, step2, offset }: Matrix<T>): Matrix<T> {
  return { data, step1: step2, step2: step1, offset };
}

/**
 * Copies a matrix of `rows` by `columns` elements and converts it to floats; whole rows at once if both have step2 1.
 */
export function copyMatrix(rows: number, columns: number, from: Matrix, to: Matrix<Float>): void {
  if (from.step2 !== 1 || to.step2 !== 1) return copyElements(rows, columns, from, to);
  if (from.step1 === columns && to.step1 === columns) return copyRun(rows * columns, from, 0, to, 0);
  for (let i = 0; i < rows; i++) copyRun(columns, from, i * from.step1, to, i * to.step1);
}

function copyRun(length: number, from: Matrix, fromStart: number, to: Matrix<Float>, toStart: number): void {
  const start = from.offset + fromStart;
  to.data.set(from.data.subarray(start, start + length), to.offset + toStart);
}

function copyElements(rows: number, columns: number, from: Matrix, to: Matrix<Float>): void {
  for (let i = 0; i < rows; i++) {
    let p = from.offset + i * from.step1,
      q = to.offset + i * to.step1;
    for (let j = 0; j < columns; j++, p += from.step2, q += to.step2) to.data[q] = from.data[p];
  }
}
