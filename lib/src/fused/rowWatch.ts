import type { NDArray } from "../np";

/** In an array of at most this many numbers, whole rows are checked. */
const WHOLE = 2 ** 20;
/**
 * In a larger array, only so many numbers in the middle of each row are checked: reading whole rows would make each
 * step a third slower.
 */
const MIDDLE = 64;

/**
 * Tells whether rows of an array still have the values that they had when this object was made. It compares a checksum
 * of 32 bits of each row, which always changes if one number of the row changes. A row is checked only when `unchanged`
 * is called for it, and only once after each call of `suspect`. In an array of more than a million numbers only the
 * middle of a row is checked.
 */
export class RowWatch {
  private readonly sums: Int32Array;
  /** For each row, the value of `suspicion` when the row was last found unchanged. */
  private readonly cleared: Int32Array;
  private suspicion = 0;
  private readonly sumOf: (row: number) => number;

  constructor(x: NDArray) {
    this.sumOf = rowSums(x);
    this.sums = Int32Array.from({ length: x.shape[0] }, (_, row) => this.sumOf(row));
    this.cleared = new Int32Array(x.shape[0]);
  }

  /** Must be called when somebody may have written into the array. */
  suspect(): void {
    this.suspicion++;
  }

  unchanged(rows: ArrayLike<number>): boolean {
    const { cleared, suspicion, sums, sumOf } = this;
    for (let i = 0; i < rows.length; i++) {
      const row = rows[i];
      if (cleared[row] === suspicion) continue;
      if (sumOf(row) !== sums[row]) return false;
      cleared[row] = suspicion;
    }
    return true;
  }
}

function rowSums({ data, shape, strides, offset: origin, length }: NDArray): (row: number) => number {
  const width = shape[1] ?? 1;
  const columns = length <= WHOLE ? width : Math.min(width, MIDDLE);
  const offset = origin + Math.floor((width - columns) / 2) * (strides[1] ?? 0);
  const size = data.BYTES_PER_ELEMENT;
  if (size >= 4 && (shape.length === 1 || strides[1] === 1)) {
    const words = new Int32Array(data.buffer, data.byteOffset, (data.length * size) / 4);
    return (row) => sum(words, ((offset + row * strides[0]) * size) / 4, (columns * size) / 4);
  }
  const copied = new Float64Array(columns),
    words = new Int32Array(copied.buffer);
  const step = strides[1] ?? 0;
  return (row) => {
    for (let j = 0, at = offset + row * strides[0]; j < columns; j++, at += step) copied[j] = data[at];
    return sum(words, 0, words.length);
  };
}

/** A checksum. It is computed in four independent parts, because a processor can do these at the same time. */
function sum(words: Int32Array, first: number, count: number): number {
  let a = 1,
    b = 2,
    c = 3,
    d = 4,
    i = first;
  for (const end = first + count - 3; i < end; i += 4) {
    a = mix(a, words[i]);
    b = mix(b, words[i + 1]);
    c = mix(c, words[i + 2]);
    d = mix(d, words[i + 3]);
  }
  for (const end = first + count; i < end; i++) a = mix(a, words[i]);
  return mix(mix(mix(a, b), c), d);
}

/** If one argument is fixed, different values of the other give different results. */
function mix(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, 0x9e3779b1);
  return (product << 13) | (product >>> 19);
}
