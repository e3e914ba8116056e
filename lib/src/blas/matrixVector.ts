/** How many sums are computed before they are written: for A in row-major order, and for A in column-major order. */
const ROWS = 64,
  COLUMNS = 1024;

const sums = new Float64Array(COLUMNS);

/**
 * y = alpha A x + beta y for A of `rows` by `inner` elements, element [i, k] at A[offsetA + i * down + k * right]. Each
 * element is summed in the order of k, in blocks of `block`, as lib/assembly/blas/dgemm.ts sums: four rows or four
 * columns of A at a time, so that the processor need not wait for one sum. With `| 0` the engine knows that an index is
 * an int32 and leaves out a test for each step, which takes a fifth of the time.
 */
export function matrixVector(
  rows: number,
  inner: number,
  alpha: number,
  A: Float64Array,
  down: number,
  right: number,
  offsetA: number,
  x: Float64Array,
  strideX: number,
  offsetX: number,
  beta: number,
  y: Float64Array,
  strideY: number,
  offsetY: number,
  block: number,
): void {
  const inRows = Math.abs(down) >= Math.abs(right);
  const most = inRows ? ROWS : COLUMNS;
  const add = inRows ? sumRows : sumColumns;
  const vector = strideX === 1 ? x : contiguous(inner, x, strideX, offsetX);
  const start = strideX === 1 ? offsetX : 0;
  for (let i = 0; i < rows; i += most) {
    const count = Math.min(rows - i, most);
    for (let k = 0; k < inner; k += block) {
      add(count, Math.min(inner - k, block), A, down, right, offsetA + i * down + k * right, vector, start + k);
      write(count, alpha, k === 0 ? beta : 1, y, strideY, offsetY + i * strideY);
    }
  }
}

/** As in BLAS, y is not read if beta is 0. */
function write(count: number, alpha: number, beta: number, y: Float64Array, stride: number, p: number): void {
  for (let i = 0; i < count; i++, p += stride) y[p] = beta === 0 ? alpha * sums[i] : alpha * sums[i] + beta * y[p];
}

function contiguous(length: number, x: Float64Array, stride: number, p: number): Float64Array {
  const copy = new Float64Array(length);
  for (let i = 0; i < length; i++, p += stride) copy[i] = x[p];
  return copy;
}

/** For A in row-major order. */
function sumRows(
  count: number,
  k: number,
  A: Float64Array,
  down: number,
  right: number,
  offset: number,
  x: Float64Array,
  start: number,
): void {
  const end = start + k;
  let i = 0;
  for (; i + 4 <= count; i += 4, offset += 4 * down) {
    let s0 = 0,
      s1 = 0,
      s2 = 0,
      s3 = 0;
    let p0 = offset | 0,
      p1 = (p0 + down) | 0,
      p2 = (p1 + down) | 0,
      p3 = (p2 + down) | 0;
    for (let q = start; q < end; q = (q + 1) | 0) {
      const value = x[q];
      s0 += A[p0] * value;
      s1 += A[p1] * value;
      s2 += A[p2] * value;
      s3 += A[p3] * value;
      p0 = (p0 + right) | 0;
      p1 = (p1 + right) | 0;
      p2 = (p2 + right) | 0;
      p3 = (p3 + right) | 0;
    }
    sums[i] = s0;
    sums[i + 1] = s1;
    sums[i + 2] = s2;
    sums[i + 3] = s3;
  }
  for (; i < count; i++, offset += down) {
    let s = 0;
    for (let q = start, p = offset; q < end; q++, p += right) s += A[p] * x[q];
    sums[i] = s;
  }
}

/** For A in column-major order. */
function sumColumns(
  count: number,
  k: number,
  A: Float64Array,
  down: number,
  right: number,
  offset: number,
  x: Float64Array,
  start: number,
): void {
  const end = start + k;
  let q = start;
  sums.fill(0, 0, count);
  for (; q + 4 <= end; q += 4, offset += 4 * right) {
    const x0 = x[q],
      x1 = x[q + 1],
      x2 = x[q + 2],
      x3 = x[q + 3];
    let p0 = offset | 0,
      p1 = (p0 + right) | 0,
      p2 = (p1 + right) | 0,
      p3 = (p2 + right) | 0;
    for (let i = 0; i < count; i++) {
      sums[i] = sums[i] + A[p0] * x0 + A[p1] * x1 + A[p2] * x2 + A[p3] * x3;
      p0 = (p0 + down) | 0;
      p1 = (p1 + down) | 0;
      p2 = (p2 + down) | 0;
      p3 = (p3 + down) | 0;
    }
  }
  for (; q < end; q++, offset += right) {
    const value = x[q];
    for (let i = 0, p = offset; i < count; i++, p += down) sums[i] += A[p] * value;
  }
}
