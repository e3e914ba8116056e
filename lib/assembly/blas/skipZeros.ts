import { addPart, MAX_VECTORS } from "./addRows";
import { K_BLOCK } from "./dgemm";
import { packPanel } from "./pack";
import { evenShare } from "../math/simd";
import { storePair } from "./tile";

/**
 * Products that leave out the zeros of A. A sum starts at +0 and so is never -0; adding 0 times a finite number leaves
 * it as it is. So if B is finite, each element of C has the same bits as dgemm's.
 *
 * For each row of A there is a list of the elements that are not 0. It takes 16 bytes for each element: the element,
 * and the offset in bytes of the row of B by which the element is multiplied.
 */

const LISTED_BYTES: usize = 16;

/** Every seventh group of eight doubles is enough to estimate how many are 0. */
const SAMPLED: usize = 7 * 64;

/** Whether at most `share` of the `count` doubles are not 0, by a sample of them. */
export function mostlyZero(x: usize, count: i32, share: f64): bool {
  let left = 0, sampled = 0;
  for (const end = x + (<usize>count << 3); x + 64 <= end; x += SAMPLED) {
    left += popcnt(nonzeroMask(x));
    sampled += 8;
  }
  return <f64>left <= share * <f64>sampled;
}

/** Whether none of the `count` doubles is infinite or NaN. */
export function allFinite(x: usize, count: i32): bool {
  const end = x + (<usize>count << 3);
  let odd = i64x2.splat(0);
  for (; x + 64 <= end; x += 64) {
    odd = v128.or(odd, v128.or(notFinite(v128.load(x)), notFinite(v128.load(x, 16))));
    odd = v128.or(odd, v128.or(notFinite(v128.load(x, 32)), notFinite(v128.load(x, 48))));
  }
  for (; x < end; x += 8) odd = v128.or(odd, notFinite(v128.load_splat<f64>(x)));
  return !v128.any_true(odd);
}

/** All bits 0 in the lanes that are finite: x - x is +0, and NaN for infinity and NaN. */
// @ts-ignore: decorator
@inline function notFinite(x: v128): v128 {
  return f64x2.sub(x, x);
}

/** Makes doubles of `count` float32 numbers; if `count` is odd, the double after the last one is overwritten too. */
export function promote(x: usize, count: i32, out: usize): void {
  for (const end = x + (<usize>count << 2); x < end; x += 8, out += 16) {
    v128.store(out, f64x2.promote_low_f32x4(v128.load64_zero(x)));
  }
}

/**
 * As dgemm, without the zeros of A, if B is finite.
 *
 * @param scratch - skipZerosScratchBytes(M, N, K) bytes
 */
export function skipZeros(
  M: i32, N: i32, K: i32, alpha: f64, A: usize, rowStepA: usize, columnStepA: usize,
  B: usize, rowStepB: usize, columnStepB: usize, beta: f64, C: usize, ldc: usize, scratch: usize,
): void {
  const vectors = (N + 1) >> 1;
  const ends = scratch + (<usize>vectors * K_BLOCK << 4);
  for (let k0 = 0; k0 < K; k0 += K_BLOCK) {
    const k = min(K_BLOCK, K - k0);
    const a = A + <usize>k0 * columnStepA;
    let b = B + <usize>k0 * rowStepB, ldb = rowStepB;
    if (columnStepB != 8) {
      packPanel(k, vectors, b, rowStepB, columnStepB, scratch);
      b = scratch;
      ldb = <usize>vectors << 4;
    }
    if (columnStepA == 8) listRows(M, k, a, rowStepA, ldb, ends);
    else listColumns(M, k, a, columnStepA, ldb, ends);
    multiplyLists(M, vectors, k, alpha, ends, b, ldb, k0 == 0 ? beta : 1, C, ldc);
  }
}

/** Bytes of scratch memory that skipZeros needs. */
export function skipZerosScratchBytes(M: i32, N: i32, K: i32): usize {
  return (<usize>((N + 1) >> 1) * K_BLOCK << 4) + listsOffset(M) + <usize>M * min(K, K_BLOCK) * LISTED_BYTES;
}

/** Before the lists there are a pointer to the end of each list, a row of zeros and a row of sums. */
// @ts-ignore: decorator
@inline function listsOffset(M: i32): usize {
  return (((<usize>M << 2) + 15) & ~15) + 2 * ROW_BYTES;
}

const ROW_BYTES: usize = 16 * MAX_VECTORS;

/** Lists the elements of a block of A in row-major order. */
function listRows(M: i32, k: i32, a: usize, lda: usize, ldb: usize, ends: usize): void {
  let list = ends + listsOffset(M);
  const capacity = <usize>k * LISTED_BYTES;
  for (let i = 0; i < M; i++, a += lda, list += capacity, ends += 4) {
    const end = a + (<usize>k << 3);
    let x = a, b: u32 = 0, next = list;
    for (; x + 64 <= end; x += 64, b += 8 * <u32>ldb) {
      for (let mask = nonzeroMask(x); mask != 0; mask &= mask - 1) {
        const place = ctz(mask);
        next = append(next, load<f64>(x + (<usize>place << 3)), b + place * <u32>ldb);
      }
    }
    for (; x < end; x += 8, b += <u32>ldb) if (load<f64>(x) != 0) next = append(next, load<f64>(x), b);
    store<u32>(ends, <u32>next);
  }
}

/** Lists the elements of a block of A in column-major order: one after the other in the order of columns. */
function listColumns(M: i32, k: i32, a: usize, lda: usize, ldb: usize, ends: usize): void {
  const lists = ends + listsOffset(M), capacity = <usize>k * LISTED_BYTES;
  for (let i: usize = 0; i < <usize>M; i++) store<u32>(ends + (i << 2), <u32>(lists + i * capacity));
  for (let column = 0, b: u32 = 0; column < k; column++, a += lda, b += <u32>ldb) {
    const end = a + (<usize>M << 3);
    let x = a, ofRow = ends;
    for (; x + 64 <= end; x += 64, ofRow += 32) {
      for (let mask = nonzeroMask(x); mask != 0; mask &= mask - 1) {
        const place = <usize>ctz(mask);
        const at = ofRow + (place << 2);
        store<u32>(at, <u32>append(load<u32>(at), load<f64>(x + (place << 3)), b));
      }
    }
    for (; x < end; x += 8, ofRow += 4) {
      if (load<f64>(x) != 0) store<u32>(ofRow, <u32>append(load<u32>(ofRow), load<f64>(x), b));
    }
  }
}

// @ts-ignore: decorator
@inline function append(next: usize, value: f64, b: u32): usize {
  store<f64>(next, value);
  store<u32>(next, b, 8);
  return next + LISTED_BYTES;
}

/** For each of eight doubles a bit that says whether it is not 0; NaN is not 0. */
// @ts-ignore: decorator
@inline function nonzeroMask(x: usize): i32 {
  const a = v128.load(x), b = v128.load(x, 16), c = v128.load(x, 32), d = v128.load(x, 48);
  if (!v128.any_true(v128.or(v128.or(a, b), v128.or(c, d)))) return 0;
  const zero = f64x2.splat(0);
  return i64x2.bitmask(f64x2.ne(a, zero)) | (i64x2.bitmask(f64x2.ne(b, zero)) << 2) |
    (i64x2.bitmask(f64x2.ne(c, zero)) << 4) | (i64x2.bitmask(f64x2.ne(d, zero)) << 6);
}

/** The rows of B are read in parts of at most 13 vectors, as in addRows; the outer loop goes over the parts. */
function multiplyLists(
  M: i32, vectors: i32, k: i32, alpha: f64, ends: usize, B: usize, ldb: usize, beta: f64, C: usize, ldc: usize,
): void {
  const lists = ends + listsOffset(M), capacity = <usize>k * LISTED_BYTES;
  const sums = lists - ROW_BYTES, zeros = sums - ROW_BYTES;
  memory.fill(zeros, 0, ROW_BYTES);
  for (let left = vectors; left > 0; ) {
    const part = evenShare(left, MAX_VECTORS), bytes = <usize>part << 4;
    let list = lists, c = C;
    for (let i: usize = 0; i < <usize>M; i++, list += capacity, c += ldc) {
      const end = load<u32>(ends + (i << 2));
      if (alpha == 1 && beta == 0) addPart<f64, f64>(part, list, end, 0, B, ldb, zeros, c);
      else {
        addPart<f64, f64>(part, list, end, 0, B, ldb, zeros, sums);
        for (let j: usize = 0; j < bytes; j += 16) storePair(alpha, v128.load(sums + j), beta, c + j);
      }
    }
    B += bytes;
    C += bytes;
    left -= part;
  }
}
