import { CODES, ENTRY_BYTES } from "../layouts";
import { evenShare } from "../math/simd";
import { addPart, addRows, MAX_VECTORS } from "./addRows";

/**
 * A sparse row is a sequence of u32 entries, `index << 8 | code`, which ends where the next row starts; `table` holds
 * the double of each code. Images of bytes have at most 256 different values, and four fifths of their pixels are 0:
 * for each pixel that is not 0, sparse rows take 4 bytes and a float64 array 40.
 */

/** A hash table finds the code of a value by the value's bits. It has four slots for each code: few slots are tried. */
const SLOTS: i32 = 1024;

/**
 * Compresses n rows of `columns` doubles. Returns the end of the entries written, or 0 when there are more than 256
 * values.
 *
 * @param coder - coderBytes() bytes, all 0 at the first call: the number of codes, the hash slots, then the table
 * @param starts - receives n + 1 pointers (u32): to the first entry of each row, and to the end of the last row
 * @param entries - memory for the entries: 4 * n * columns bytes
 */
export function compress(x: usize, n: i32, columns: i32, coder: usize, starts: usize, entries: usize): usize {
  store<u32>(starts, <u32>entries);
  for (let i = 0; i < n; i++) {
    for (let column: u32 = 0; column < <u32>columns; column++, x += 8) {
      while (column + 1 < <u32>columns && !v128.any_true(v128.load(x))) {
        column += 2;
        x += 16;
      }
      if (column == <u32>columns) break;
      const value = load<f64>(x);
      if (value == 0) continue;
      const code = codeOf(value, coder);
      if (code == <u32>CODES) return 0;
      store<u32>(entries, (column << 8) | code);
      entries += ENTRY_BYTES;
    }
    starts += 4;
    store<u32>(starts, <u32>entries);
  }
  return entries;
}

/** Bytes of the coder of `compress`. */
export function coderBytes(): usize {
  return tableOffset() + (<u32>CODES << 3);
}

/** Offset of the table in the coder, in bytes. */
export function tableOffset(): usize {
  return 16 + SLOTS * 4;
}

// @ts-ignore: decorator
@inline function codeOf(value: f64, coder: usize): u32 {
  const slots = coder + 16, table = coder + tableOffset();
  let slot = <u32>((reinterpret<u64>(value) * 0x9E3779B97F4A7C15) >> 54);
  while (true) {
    const at = slots + (slot << 2);
    const taken = load<u32>(at);
    if (taken == 0) return newCode(value, coder, at);
    if (reinterpret<u64>(load<f64>(table + ((taken - 1) << 3))) == reinterpret<u64>(value)) return taken - 1;
    slot = (slot + 1) & (SLOTS - 1);
  }
}

function newCode(value: f64, coder: usize, slot: usize): u32 {
  const code = load<u32>(coder);
  if (code == <u32>CODES) return <u32>CODES;
  store<u32>(coder, code + 1);
  store<u32>(slot, code + 1);
  store<f64>(coder + tableOffset() + (code << 3), value);
  return code;
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
      if (last > entry) addPart<f64>(vectors, entry, last, table, delta, stride, row, row);
      entry = last;
    }
    W += <usize>vectors << 4;
    delta += <usize>vectors << 4;
    left -= vectors;
  }
}
