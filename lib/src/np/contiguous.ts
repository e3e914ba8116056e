/** Where results go: float64, or bytes for comparisons. */
export type Target = Float64Array | Uint8Array;

// The inner loops of operands whose elements stand side by side: c[i] = f(a[i], b[i]). With one index for all and four
// elements a turn they take half of the time of loops with strides.

export type ContiguousLoop = (count: number, a: Float64Array, b: Float64Array, c: Target) => void;

export const add: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = a[i] + b[i];
    c[i + 1] = a[i + 1] + b[i + 1];
    c[i + 2] = a[i + 2] + b[i + 2];
    c[i + 3] = a[i + 3] + b[i + 3];
  }
  for (; i < count; i++) c[i] = a[i] + b[i];
};
export const subtract: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = a[i] - b[i];
    c[i + 1] = a[i + 1] - b[i + 1];
    c[i + 2] = a[i + 2] - b[i + 2];
    c[i + 3] = a[i + 3] - b[i + 3];
  }
  for (; i < count; i++) c[i] = a[i] - b[i];
};
export const multiply: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = a[i] * b[i];
    c[i + 1] = a[i + 1] * b[i + 1];
    c[i + 2] = a[i + 2] * b[i + 2];
    c[i + 3] = a[i + 3] * b[i + 3];
  }
  for (; i < count; i++) c[i] = a[i] * b[i];
};
export const divide: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = a[i] / b[i];
    c[i + 1] = a[i + 1] / b[i + 1];
    c[i + 2] = a[i + 2] / b[i + 2];
    c[i + 3] = a[i + 3] / b[i + 3];
  }
  for (; i < count; i++) c[i] = a[i] / b[i];
};
// Number(truth) is no branch, unlike `truth ? 1 : 0`: nobody can guess the truths of data.
export const equal: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = Number(a[i] === b[i]);
    c[i + 1] = Number(a[i + 1] === b[i + 1]);
    c[i + 2] = Number(a[i + 2] === b[i + 2]);
    c[i + 3] = Number(a[i + 3] === b[i + 3]);
  }
  for (; i < count; i++) c[i] = Number(a[i] === b[i]);
};
export const notEqual: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = Number(a[i] !== b[i]);
    c[i + 1] = Number(a[i + 1] !== b[i + 1]);
    c[i + 2] = Number(a[i + 2] !== b[i + 2]);
    c[i + 3] = Number(a[i + 3] !== b[i + 3]);
  }
  for (; i < count; i++) c[i] = Number(a[i] !== b[i]);
};
export const less: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = Number(a[i] < b[i]);
    c[i + 1] = Number(a[i + 1] < b[i + 1]);
    c[i + 2] = Number(a[i + 2] < b[i + 2]);
    c[i + 3] = Number(a[i + 3] < b[i + 3]);
  }
  for (; i < count; i++) c[i] = Number(a[i] < b[i]);
};
export const lessEqual: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = Number(a[i] <= b[i]);
    c[i + 1] = Number(a[i + 1] <= b[i + 1]);
    c[i + 2] = Number(a[i + 2] <= b[i + 2]);
    c[i + 3] = Number(a[i + 3] <= b[i + 3]);
  }
  for (; i < count; i++) c[i] = Number(a[i] <= b[i]);
};
export const greater: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = Number(a[i] > b[i]);
    c[i + 1] = Number(a[i + 1] > b[i + 1]);
    c[i + 2] = Number(a[i + 2] > b[i + 2]);
    c[i + 3] = Number(a[i + 3] > b[i + 3]);
  }
  for (; i < count; i++) c[i] = Number(a[i] > b[i]);
};
export const greaterEqual: ContiguousLoop = (count, a, b, c) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    c[i] = Number(a[i] >= b[i]);
    c[i + 1] = Number(a[i + 1] >= b[i + 1]);
    c[i + 2] = Number(a[i + 2] >= b[i + 2]);
    c[i + 3] = Number(a[i + 3] >= b[i + 3]);
  }
  for (; i < count; i++) c[i] = Number(a[i] >= b[i]);
};

/** Both candidates of the last elements. Choosing by index is no branch, so a wrong guess costs nothing. */
const pairs = new Float64Array(32);

/** b where it is larger or nan, else a. */
export const maximum: ContiguousLoop = (count, a, b, c) => {
  for (let i = 0; i < count; i++) {
    const x = a[i],
      y = b[i],
      k = (i & 15) << 1;
    pairs[k] = x;
    pairs[k + 1] = y;
    c[i] = pairs[k + (Number(x < y) | Number(y !== y))];
  }
};
/** b where it is smaller or nan, else a. */
export const minimum: ContiguousLoop = (count, a, b, c) => {
  for (let i = 0; i < count; i++) {
    const x = a[i],
      y = b[i],
      k = (i & 15) << 1;
    pairs[k] = x;
    pairs[k + 1] = y;
    c[i] = pairs[k + (Number(x > y) | Number(y !== y))];
  }
};

/** Fewer elements are quicker in a loop with strides. */
const MANY = 32;
/** As many as make up for the views that the loops need of a part of an array. */
const MANY_IN_A_PART = 256;

/**
 * Runs a loop for contiguous elements where that is quicker, also for a single value beside an array. Returns whether
 * it has.
 */
export function runContiguous(
  loop: ContiguousLoop,
  count: number,
  a: Float64Array,
  p: number,
  sa: number,
  b: Float64Array,
  q: number,
  sb: number,
  c: Target,
  r: number,
  sc: number,
): boolean {
  if (sc !== 1) return false;
  if (sa === 1 && sb === 1) {
    if (p === 0 && q === 0 && r === 0) loop(count, a, b, c);
    else if (count < MANY_IN_A_PART) return false;
    else loop(count, part(a, p, count), part(b, q, count), part(c, r, count));
    return true;
  }
  if (count < MANY || (sa !== 1 && sb !== 1) || sa + sb !== 1) return false;
  const single = sa === 0 ? a[p] : b[q];
  for (let done = 0; done < count; done += BLOCK) {
    const n = Math.min(count - done, BLOCK);
    const same = copiesOf(single, n);
    const to = part(c, r + done, n);
    if (sa === 0) loop(n, same, part(b, q + done, n), to);
    else loop(n, part(a, p + done, n), same, to);
  }
  return true;
}

/** A view of `count` elements from `start` on; the array itself where it begins there. */
function part<T extends Target>(x: T, start: number, count: number): T {
  return start === 0 ? x : (x.subarray(start, start + count) as T);
}

/** A single operand or a row is copied as often as goes into this many elements, and so reads as an array. */
export const BLOCK = 4096;
const copies = new Float64Array(BLOCK);
let copied = 0;

/** The first `count` elements hold this value. They often do so already, when a loop goes on. */
function copiesOf(value: number, count: number): Float64Array {
  if (!Object.is(copies[0], value)) copied = 0;
  if (copied < count) {
    copies.fill(value, 0, count);
    copied = count;
  }
  return copies;
}
