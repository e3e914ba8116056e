import type { NDArray } from "../np";

/** Numbers up to which an array is looked at whole. */
const WHOLE = 2 ** 20;
/**
 * How many numbers are looked at in a row of a larger array, in its middle: to read all of it would slow each step by a
 * third.
 */
const MIDDLE = 64;

/**
 * Tells whether rows of an array are still what they were when this was made: by a sum of 32 bits over the bits of a
 * row, which one changed number always changes. A row is looked at once after each suspicion, and only when it is asked
 * for; in an array of more than a million numbers only the middle of it.
 */
export class RowWatch {
  private readonly sums: Int32Array;
  /** The suspicion after which each row was last found unchanged. */
  private readonly cleared: Int32Array;
  private suspicion = 0;
  private readonly sumOf: (row: number) => number;

  constructor(x: NDArray) {
    this.sumOf = rowSums(x);
    this.sums = Int32Array.from({ length: x.shape[0] }, (_, row) => this.sumOf(row));
    this.cleared = new Int32Array(x.shape[0]);
  }

  /** To be called when somebody may have written into the array. */
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

/** In four lanes, which a processor does at a time. */
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

/** A different result for each value of one of the two. */
function mix(sum: number, word: number): number {
  const product = Math.imul(sum ^ word, 0x9e3779b1);
  return (product << 13) | (product >>> 19);
}
