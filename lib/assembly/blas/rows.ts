import { multiplyAdd } from "../math/simd";

/** out += factor * the sum of n rows of `stride` bytes. */
export function addRowSum(rows: usize, n: i32, stride: usize, factor: f64, out: usize): void {
  const scale = f64x2.splat(factor);
  for (const end = out + stride; out < end; out += 16, rows += 16) {
    let sum = f64x2.splat(0), p = rows;
    for (let i = 0; i < n; i++, p += stride) sum = f64x2.add(sum, v128.load(p));
    v128.store(out, multiplyAdd(scale, sum, v128.load(out)));
  }
}

/** Copies the row at `row` into each of the n rows at `rows`. */
export function repeatRow(row: usize, rows: usize, n: i32, stride: usize): void {
  for (let i = 0; i < n; i++, rows += stride) memory.copy(rows, row, stride);
}

/** y += factor * x for `count` doubles. */
export function axpy(count: i32, factor: f64, x: usize, y: usize): void {
  const scale = f64x2.splat(factor);
  for (const end = y + (<usize>count << 3); y < end; y += 16, x += 16) {
    v128.store(y, multiplyAdd(scale, v128.load(x), v128.load(y)));
  }
}
