import { ENTRY_BYTES } from "../layouts";
import { evenShare } from "../math/simd";

/** Thirteen sums, one factor and one product fill the 15 vector registers that V8 allocates. */
export const MAX_VECTORS: i32 = 13;

/**
 * out = from + sum of table[code] * row[index] over the entries (`index << 8 | code`) from `entry` to `end`, for
 * float64 or float32. The columns are processed in parts of at most 13 vectors, so that the sums of a part stay in
 * registers during the loop over the entries: 50 columns of float64 are done as 26 and 24.
 *
 * @param rows - pointer to a matrix whose rows are `stride` bytes apart
 * @param stride - a multiple of 16, and the length in bytes of `from` and `out`
 */
// @ts-ignore: decorator
@inline export function addRows<T>(
  entry: usize,
  end: usize,
  table: usize,
  rows: usize,
  stride: usize,
  from: usize,
  out: usize,
): void {
  for (let left = <i32>(stride >> 4); left > 0; ) {
    const vectors = evenShare(left, MAX_VECTORS);
    addPart<T, u32>(vectors, entry, end, table, rows, stride, from, out);
    const bytes = <usize>vectors << 4;
    rows += bytes;
    from += bytes;
    out += bytes;
    left -= vectors;
  }
}

/**
 * The same as addRows for the first `vectors` vectors of each row only, at most 13. E is the kind of entry: u32 as in
 * addRows; or f64 for entries of 16 bytes, the factor and, as u32, the distance in bytes from `rows` to the row.
 */
export function addPart<T, E>(
  vectors: i32,
  entry: usize,
  end: usize,
  table: usize,
  rows: usize,
  stride: usize,
  from: usize,
  out: usize,
): void {
  switch (vectors) {
    case 1: return part<T, E>(1, entry, end, table, rows, stride, from, out);
    case 2: return part<T, E>(2, entry, end, table, rows, stride, from, out);
    case 3: return part<T, E>(3, entry, end, table, rows, stride, from, out);
    case 4: return part<T, E>(4, entry, end, table, rows, stride, from, out);
    case 5: return part<T, E>(5, entry, end, table, rows, stride, from, out);
    case 6: return part<T, E>(6, entry, end, table, rows, stride, from, out);
    case 7: return part<T, E>(7, entry, end, table, rows, stride, from, out);
    case 8: return part<T, E>(8, entry, end, table, rows, stride, from, out);
    case 9: return part<T, E>(9, entry, end, table, rows, stride, from, out);
    case 10: return part<T, E>(10, entry, end, table, rows, stride, from, out);
    case 11: return part<T, E>(11, entry, end, table, rows, stride, from, out);
    case 12: return part<T, E>(12, entry, end, table, rows, stride, from, out);
    default: return part<T, E>(13, entry, end, table, rows, stride, from, out);
  }
}

/** `vectors` is a constant at each call, so the compiler removes all tests of it from the loop. */
// @ts-ignore: decorator
@inline function part<T, E>(
  vectors: i32,
  entry: usize,
  end: usize,
  table: usize,
  rows: usize,
  stride: usize,
  from: usize,
  out: usize,
): void {
  const zero = i64x2.splat(0);
  let s0 = v128.load(from), s1 = zero, s2 = zero, s3 = zero, s4 = zero, s5 = zero, s6 = zero;
  let s7 = zero, s8 = zero, s9 = zero, s10 = zero, s11 = zero, s12 = zero;
  if (vectors > 1) s1 = v128.load(from, 16);
  if (vectors > 2) s2 = v128.load(from, 32);
  if (vectors > 3) s3 = v128.load(from, 48);
  if (vectors > 4) s4 = v128.load(from, 64);
  if (vectors > 5) s5 = v128.load(from, 80);
  if (vectors > 6) s6 = v128.load(from, 96);
  if (vectors > 7) s7 = v128.load(from, 112);
  if (vectors > 8) s8 = v128.load(from, 128);
  if (vectors > 9) s9 = v128.load(from, 144);
  if (vectors > 10) s10 = v128.load(from, 160);
  if (vectors > 11) s11 = v128.load(from, 176);
  if (vectors > 12) s12 = v128.load(from, 192);
  const coded = sizeof<E>() == 4;
  for (; entry < end; entry += coded ? ENTRY_BYTES : 16) {
    const x = v128.load_splat<T>(coded ? table + ((load<u32>(entry) & 255) << alignof<T>()) : entry);
    const row = rows + (coded ? <usize>(load<u32>(entry) >> 8) * stride : <usize>load<u32>(entry, 8));
    s0 = v128.add<T>(v128.mul<T>(x, v128.load(row)), s0);
    if (vectors > 1) s1 = v128.add<T>(v128.mul<T>(x, v128.load(row, 16)), s1);
    if (vectors > 2) s2 = v128.add<T>(v128.mul<T>(x, v128.load(row, 32)), s2);
    if (vectors > 3) s3 = v128.add<T>(v128.mul<T>(x, v128.load(row, 48)), s3);
    if (vectors > 4) s4 = v128.add<T>(v128.mul<T>(x, v128.load(row, 64)), s4);
    if (vectors > 5) s5 = v128.add<T>(v128.mul<T>(x, v128.load(row, 80)), s5);
    if (vectors > 6) s6 = v128.add<T>(v128.mul<T>(x, v128.load(row, 96)), s6);
    if (vectors > 7) s7 = v128.add<T>(v128.mul<T>(x, v128.load(row, 112)), s7);
    if (vectors > 8) s8 = v128.add<T>(v128.mul<T>(x, v128.load(row, 128)), s8);
    if (vectors > 9) s9 = v128.add<T>(v128.mul<T>(x, v128.load(row, 144)), s9);
    if (vectors > 10) s10 = v128.add<T>(v128.mul<T>(x, v128.load(row, 160)), s10);
    if (vectors > 11) s11 = v128.add<T>(v128.mul<T>(x, v128.load(row, 176)), s11);
    if (vectors > 12) s12 = v128.add<T>(v128.mul<T>(x, v128.load(row, 192)), s12);
  }
  v128.store(out, s0);
  if (vectors > 1) v128.store(out, s1, 16);
  if (vectors > 2) v128.store(out, s2, 32);
  if (vectors > 3) v128.store(out, s3, 48);
  if (vectors > 4) v128.store(out, s4, 64);
  if (vectors > 5) v128.store(out, s5, 80);
  if (vectors > 6) v128.store(out, s6, 96);
  if (vectors > 7) v128.store(out, s7, 112);
  if (vectors > 8) v128.store(out, s8, 128);
  if (vectors > 9) v128.store(out, s9, 144);
  if (vectors > 10) v128.store(out, s10, 160);
  if (vectors > 11) v128.store(out, s11, 176);
  if (vectors > 12) v128.store(out, s12, 192);
}
