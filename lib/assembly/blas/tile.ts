import { multiplyAdd, splatAt } from "../math/simd";

/**
 * Computes one tile of C = alpha A B + beta C: `rows` rows (1 to 4) by `vectors` pairs of columns (1 or 2). The sums
 * stay in registers during the loop over k. Four by two is the largest size for which V8 does not move sums to the
 * stack; six by two is a fifth slower. `rows` and `vectors` are constants at each call, so the compiler removes all
 * tests of them.
 *
 * @param a - rows of A, each k doubles, `lda` bytes apart
 * @param b - a packed panel of B: for each k the tile's columns
 * @param c - pointer to the tile's first element in C, whose rows are `ldc` bytes apart
 */
// @ts-ignore: decorator
@inline export function tile(
  rows: i32, vectors: i32, k: i32, alpha: f64, a: usize, lda: usize, b: usize, beta: f64, c: usize, ldc: usize,
): void {
  const zero = f64x2.splat(0);
  let c00 = zero, c01 = zero, c10 = zero, c11 = zero, c20 = zero, c21 = zero, c30 = zero, c31 = zero;
  const lda2 = lda + lda, lda3 = lda2 + lda;
  for (; k > 0; k--) {
    const b0 = v128.load(b);
    let b1 = zero;
    if (vectors > 1) b1 = v128.load(b, 16);
    let x = splatAt(a);
    c00 = multiplyAdd(x, b0, c00);
    if (vectors > 1) c01 = multiplyAdd(x, b1, c01);
    if (rows > 1) {
      x = splatAt(a, lda);
      c10 = multiplyAdd(x, b0, c10);
      if (vectors > 1) c11 = multiplyAdd(x, b1, c11);
    }
    if (rows > 2) {
      x = splatAt(a, lda2);
      c20 = multiplyAdd(x, b0, c20);
      if (vectors > 1) c21 = multiplyAdd(x, b1, c21);
    }
    if (rows > 3) {
      x = splatAt(a, lda3);
      c30 = multiplyAdd(x, b0, c30);
      if (vectors > 1) c31 = multiplyAdd(x, b1, c31);
    }
    a += 8;
    b += <usize>vectors * 16;
  }
  storeRow(vectors, alpha, c00, c01, beta, c);
  if (rows > 1) storeRow(vectors, alpha, c10, c11, beta, c + ldc);
  if (rows > 2) storeRow(vectors, alpha, c20, c21, beta, c + <usize>2 * ldc);
  if (rows > 3) storeRow(vectors, alpha, c30, c31, beta, c + <usize>3 * ldc);
}

// @ts-ignore: decorator
@inline function storeRow(vectors: i32, alpha: f64, sum0: v128, sum1: v128, beta: f64, c: usize): void {
  storePair(alpha, sum0, beta, c);
  if (vectors > 1) storePair(alpha, sum1, beta, c + 16);
}

/** As in BLAS, C is not read if beta is 0, because it may then contain NaN. */
export function storePair(alpha: f64, sum: v128, beta: f64, c: usize): void {
  const scaled = f64x2.mul(f64x2.splat(alpha), sum);
  v128.store(c, beta == 0 ? scaled : multiplyAdd(f64x2.splat(beta), v128.load(c), scaled));
}
