// Past 250 lines because the routines that write sparse rows and those that read them know the same layout.
import { CODES, ENTRY_BYTES } from "../layouts";
import { evenShare } from "../math/simd";
import { addPart, addRows, MAX_VECTORS } from "./addRows";

/**
 * A sparse row is a sequence of u32 entries, `index << 8 | code`, which ends where the next row starts; `table` holds
 * the double of each code. Images of bytes have at most 256 different values, and four fifths of their pixels are 0:
 * for each pixel that is not 0, sparse rows take 4 bytes and a float64 array 40.
 */

/** A hash table finds the codes of values by their bits. It has four slots for each code: few slots are tried. */
const SLOTS: i32 = 1024;
/** Adding 1.5 * 2^52 rounds to a whole number, and the low bits of the sum are then this whole number. */
const ROUNDER: f64 = 6755399441055744;

/**
 * Compresses n rows of `columns` doubles. Returns the end of the entries written, or 0 when there are more than 256
 * values.
 *
 * @param coder - coderBytes() bytes, all 0 at the first call: the hash slots, then the table
 * @param starts - receives n + 1 pointers (u32): to the first entry of each row, and to the end of the last row
 * @param entries - memory for the entries: 4 * n * columns bytes
 */
export function compress(x: usize, n: i32, columns: i32, coder: usize, starts: usize, entries: usize): usize {
  return compressed<f64>(x, n, columns, coder, starts, entries);
}

/** The same for rows of float32. */
export function compressSingle(x: usize, n: i32, columns: i32, coder: usize, starts: usize, entries: usize): usize {
  return compressed<f32>(x, n, columns, coder, starts, entries);
}

function compressed<T>(x: usize, n: i32, columns: i32, coder: usize, starts: usize, entries: usize): usize {
  store<u32>(starts, <u32>entries);
  for (let i = 0; i < n; i++) {
    const row = x, end = x + <usize>columns * sizeof<T>();
    while (x < end) {
      // most elements are zeros in long runs: 64 bytes of them are left out at once, then 16
      if (x + 64 <= end && !v128.any_true(anyOf(x))) {
        x += 64;
        continue;
      }
      for (const last = min(x + 64, end); x < last; x += 16) {
        if (x + 16 <= last && !v128.any_true(v128.load(x))) continue;
        if (sizeof<T>() == 4 && x + 16 <= last) {
          const next = compressFour(row, x, coder, entries);
          if (next != 0) {
            entries = next;
            continue;
          }
        }
        entries = compressSome<T>(row, x, min(x + 16, last), coder, entries);
        if (entries == 0) return 0;
      }
    }
    x = end;
    starts += 4;
    store<u32>(starts, <u32>entries);
  }
  return entries;
}

/** For each subset of a vector's four lanes (bit i for lane i): swizzle indices that move these lanes to the front. */
const LANES = memory.data<u8>([
  0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 0, 0, 0, 0, 0, 0, 0, 0,
  8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 0, 0, 0, 0,
  12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 12, 13, 14, 15, 0, 0, 0, 0,
  8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0, 0, 0, 0, 0,
  0, 1, 2, 3, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 0, 0, 0, 0,
  0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
], 16);

/** Compresses four float32 elements at once if each of them is 0 or has its usual code; else returns 0. */
// @ts-ignore: decorator
@inline function compressFour(row: usize, x: usize, coder: usize, entries: usize): usize {
  const values = v128.load(x), table = coder + tableOffset();
  const rounded = i32x4.trunc_sat_f32x4_s(f32x4.add(f32x4.mul(values, f32x4.splat(255)), f32x4.splat(0.5)));
  const codes = v128.and(rounded, i32x4.splat(255));
  const low = v128.load_lane<u64>(
    table + (<usize>i32x4.extract_lane(codes, 1) << 3),
    v128.load64_zero(table + (<usize>i32x4.extract_lane(codes, 0) << 3)),
    1,
  );
  const high = v128.load_lane<u64>(
    table + (<usize>i32x4.extract_lane(codes, 3) << 3),
    v128.load64_zero(table + (<usize>i32x4.extract_lane(codes, 2) << 3)),
    1,
  );
  const zeros = f32x4.eq(values, f32x4.splat(0));
  const found = v128.shuffle<i32>(
    f64x2.eq(low, f64x2.promote_low_f32x4(values)),
    f64x2.eq(high, f64x2.promote_low_f32x4(v128.shuffle<i64>(values, values, 1, 0))),
    0, 2, 4, 6,
  );
  if (!i32x4.all_true(v128.or(found, zeros))) return 0;
  const others = ~i32x4.bitmask(zeros) & 15;
  const columns = i32x4.add(i32x4.splat(<i32>((x - row) << 6)), i32x4(0, 1 << 8, 2 << 8, 3 << 8));
  v128.store(entries, i8x16.swizzle(v128.or(columns, codes), v128.load(LANES + (<usize>others << 4))));
  return entries + (<usize>popcnt(others) << 2);
}

/** The same for the elements of a row from x to end. It has no branch that depends on whether an element is 0. */
// @ts-ignore: decorator
@inline function compressSome<T>(row: usize, x: usize, end: usize, coder: usize, entries: usize): usize {
  const table = coder + tableOffset();
  for (; x < end; x += sizeof<T>()) {
    const value = <f64>load<T>(x), other = value != 0;
    let code = usualCode(value);
    if (i32(load<f64>(table + (<usize>code << 3)) != value) & i32(other)) {
      code = codeOf(value, coder);
      if (code == <u32>CODES) return 0;
    }
    store<u32>(entries, (<u32>((x - row) / sizeof<T>()) << 8) | code);
    entries += <usize>other << 2;
  }
  return entries;
}

/** The bits that are set in at least one of four vectors. */
// @ts-ignore: decorator
@inline function anyOf(x: usize): v128 {
  return v128.or(
    v128.or(v128.load(x), v128.load(x, 16)),
    v128.or(v128.load(x, 32), v128.load(x, 48)),
  );
}

/** Bytes of the coder of `compress`. */
export function coderBytes(): usize {
  return tableOffset() + (<u32>CODES << 3);
}

/** Offset of the table in the coder, in bytes. */
export function tableOffset(): usize {
  return SLOTS * 4;
}

/**
 * The code of a value, unless another value already has this code. Different pixels have different codes here, whether
 * they are bytes or bytes divided by 255.
 */
// @ts-ignore: decorator
@inline function usualCode(value: f64): u32 {
  return <u32>reinterpret<u64>(value * 255 + ROUNDER) & 255;
}

/** The code of a value that is not 0: its usual one, or, if that is another value's, any; CODES if all are in use. */
function codeOf(value: f64, coder: usize): u32 {
  const table = coder + tableOffset(), usual = usualCode(value);
  if (load<f64>(table + (<usize>usual << 3)) == 0) {
    store<f64>(table + (<usize>usual << 3), value);
    return usual;
  }
  let slot = <u32>((reinterpret<u64>(value) * 0x9E3779B97F4A7C15) >> 54);
  while (true) {
    const at = coder + (slot << 2);
    const taken = load<u32>(at);
    if (taken == 0) return newCode(value, table, at);
    if (load<f64>(table + ((taken - 1) << 3)) == value) return taken - 1;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

function newCode(value: f64, table: usize, slot: usize): u32 {
  for (let code: u32 = 0; code < <u32>CODES; code++) {
    const at = table + (<usize>code << 3);
    if (load<f64>(at) != 0) continue;
    store<f64>(at, value);
    store<u32>(slot, code + 1);
    return code;
  }
  return CODES;
}

/** out[i] = bias + x[rows[i]] W for n sparse rows of x; the rows of W and out, and bias, take `stride` bytes each. */
export function sparseTimesDense(
  starts: usize, rows: usize, n: i32, table: usize, W: usize, bias: usize, out: usize, stride: usize,
): void {
  for (let i = 0; i < n; i++) {
    const start = starts + (<usize>load<u32>(rows + (<usize>i << 2)) << 2);
    addRows<f64>(load<u32>(start), load<u32>(start, 4), table, W, stride, bias, out);
    out += stride;
  }
}

/**
 * Writes the n sparse rows column by column, with entries `i << 8 | code`. ends[c] becomes a pointer to the end of
 * column c, which is the start of column c + 1.
 */
export function sparseColumns(starts: usize, rows: usize, n: i32, columns: i32, ends: usize, entries: usize): void {
  memory.fill(ends, 0, <usize>columns << 2);
  for (let i = 0; i < n; i++) {
    const start = starts + (<usize>load<u32>(rows + (<usize>i << 2)) << 2);
    for (let e = <usize>load<u32>(start), end = <usize>load<u32>(start, 4); e < end; e += ENTRY_BYTES) {
      const count = ends + ((load<u32>(e) >> 8) << 2);
      store<u32>(count, load<u32>(count) + ENTRY_BYTES);
    }
  }
  countsToStarts(columns, ends, <u32>entries);
  for (let i = 0; i < n; i++) {
    const start = starts + (<usize>load<u32>(rows + (<usize>i << 2)) << 2);
    for (let e = <usize>load<u32>(start), end = <usize>load<u32>(start, 4); e < end; e += ENTRY_BYTES) {
      const entry = load<u32>(e);
      const next = ends + ((entry >> 8) << 2);
      const at = load<u32>(next);
      store<u32>(at, (<u32>i << 8) | (entry & 255));
      store<u32>(next, at + ENTRY_BYTES);
    }
  }
}

function countsToStarts(columns: i32, counts: usize, first: u32): void {
  for (const end = counts + (<usize>columns << 2); counts < end; counts += 4) {
    const count = load<u32>(counts);
    store<u32>(counts, first);
    first += count;
  }
}

/**
 * W += x^T delta for the columns of x from `first` to `end`, as sparseColumns writes them; rows of W and delta take
 * `stride` bytes. The outer loop goes over groups of vectors of delta's rows and the inner one over the columns of x,
 * so that a group stays in the first-level cache.
 */
export function addSparseTransposedTimesDense(
  ends: usize, entries: usize, first: i32, end: i32, table: usize, delta: usize, W: usize, stride: usize,
): void {
  if (first > 0) entries = load<u32>(ends + (<usize>(first - 1) << 2));
  W += <usize>first * stride;
  for (let left = <i32>(stride >> 4); left > 0; ) {
    const vectors = evenShare(left, MAX_VECTORS);
    let entry = entries, row = W;
    for (let column = first; column < end; column++, row += stride) {
      const last = <usize>load<u32>(ends + (<usize>column << 2));
      if (last > entry) addPart<f64, u32>(vectors, entry, last, table, delta, stride, row, row);
      entry = last;
    }
    W += <usize>vectors << 4;
    delta += <usize>vectors << 4;
    left -= vectors;
  }
}
