/** What a matrix to be read may be stored as. */
export type Real = Float64Array | Float32Array | Int32Array | Uint8Array;

/** Element [i, j] of a matrix stands at data[offset + i * step1 + j * step2]. */
export interface Matrix<T extends Real = Real> {
  readonly data: T;
  readonly step1: number;
  readonly step2: number;
  readonly offset: number;
}

/** Rows of `step` elements each, one after the other. */
export function rowsOf<T extends Real>(data: T, step: number): Matrix<T> {
  return { data, step1: step, step2: 1, offset: 0 };
}

export function transposed<T extends Real>({ data, step1, step2, offset }: Matrix<T>): Matrix<T> {
  return { data, step1: step2, step2: step1, offset };
}

/** Copies rows by columns elements, converting to float64: by whole runs where both have their rows in one piece. */
export function copyMatrix(rows: number, columns: number, from: Matrix, to: Matrix<Float64Array>): void {
  if (from.step2 !== 1 || to.step2 !== 1) return copyElements(rows, columns, from, to);
  if (from.step1 === columns && to.step1 === columns) return copyRun(rows * columns, from, 0, to, 0);
  for (let i = 0; i < rows; i++) copyRun(columns, from, i * from.step1, to, i * to.step1);
}

function copyRun(length: number, from: Matrix, fromStart: number, to: Matrix<Float64Array>, toStart: number): void {
  const start = from.offset + fromStart;
  to.data.set(from.data.subarray(start, start + length), to.offset + toStart);
}

function copyElements(rows: number, columns: number, from: Matrix, to: Matrix<Float64Array>): void {
  for (let i = 0; i < rows; i++) {
    let p = from.offset + i * from.step1,
      q = to.offset + i * to.step1;
    for (let j = 0; j < columns; j++, p += from.step2, q += to.step2) to.data[q] = from.data[p];
  }
}
