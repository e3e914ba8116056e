// The inner loops of operands whose elements stand side by side: c[r + i] = f(a[p + i], b[q + i]). Four elements a turn
// take two thirds of the time of one a turn, and half of the time of loops with strides.

/** Where results go: float64, or bytes for comparisons. */
export type Target = Float64Array | Uint8Array;

export type ContiguousLoop = (
  count: number,
  a: Float64Array,
  p: number,
  b: Float64Array,
  q: number,
  c: Target,
  r: number,
) => void;

export const add: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = a[u] + b[v];
    c[w + 1] = a[u + 1] + b[v + 1];
    c[w + 2] = a[u + 2] + b[v + 2];
    c[w + 3] = a[u + 3] + b[v + 3];
  }
  for (; i < count; i++) c[r + i] = a[p + i] + b[q + i];
};
export const subtract: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = a[u] - b[v];
    c[w + 1] = a[u + 1] - b[v + 1];
    c[w + 2] = a[u + 2] - b[v + 2];
    c[w + 3] = a[u + 3] - b[v + 3];
  }
  for (; i < count; i++) c[r + i] = a[p + i] - b[q + i];
};
export const multiply: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = a[u] * b[v];
    c[w + 1] = a[u + 1] * b[v + 1];
    c[w + 2] = a[u + 2] * b[v + 2];
    c[w + 3] = a[u + 3] * b[v + 3];
  }
  for (; i < count; i++) c[r + i] = a[p + i] * b[q + i];
};
export const divide: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = a[u] / b[v];
    c[w + 1] = a[u + 1] / b[v + 1];
    c[w + 2] = a[u + 2] / b[v + 2];
    c[w + 3] = a[u + 3] / b[v + 3];
  }
  for (; i < count; i++) c[r + i] = a[p + i] / b[q + i];
};
// Number(truth) is no branch, unlike `truth ? 1 : 0`: nobody can guess the truths of data.
export const equal: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = Number(a[u] === b[v]);
    c[w + 1] = Number(a[u + 1] === b[v + 1]);
    c[w + 2] = Number(a[u + 2] === b[v + 2]);
    c[w + 3] = Number(a[u + 3] === b[v + 3]);
  }
  for (; i < count; i++) c[r + i] = Number(a[p + i] === b[q + i]);
};
export const notEqual: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = Number(a[u] !== b[v]);
    c[w + 1] = Number(a[u + 1] !== b[v + 1]);
    c[w + 2] = Number(a[u + 2] !== b[v + 2]);
    c[w + 3] = Number(a[u + 3] !== b[v + 3]);
  }
  for (; i < count; i++) c[r + i] = Number(a[p + i] !== b[q + i]);
};
export const less: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = Number(a[u] < b[v]);
    c[w + 1] = Number(a[u + 1] < b[v + 1]);
    c[w + 2] = Number(a[u + 2] < b[v + 2]);
    c[w + 3] = Number(a[u + 3] < b[v + 3]);
  }
  for (; i < count; i++) c[r + i] = Number(a[p + i] < b[q + i]);
};
export const lessEqual: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = Number(a[u] <= b[v]);
    c[w + 1] = Number(a[u + 1] <= b[v + 1]);
    c[w + 2] = Number(a[u + 2] <= b[v + 2]);
    c[w + 3] = Number(a[u + 3] <= b[v + 3]);
  }
  for (; i < count; i++) c[r + i] = Number(a[p + i] <= b[q + i]);
};
export const greater: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = Number(a[u] > b[v]);
    c[w + 1] = Number(a[u + 1] > b[v + 1]);
    c[w + 2] = Number(a[u + 2] > b[v + 2]);
    c[w + 3] = Number(a[u + 3] > b[v + 3]);
  }
  for (; i < count; i++) c[r + i] = Number(a[p + i] > b[q + i]);
};
export const greaterEqual: ContiguousLoop = (count, a, p, b, q, c, r) => {
  let i = 0;
  for (const last = count - 3; i < last; i += 4) {
    const u = p + i,
      v = q + i,
      w = r + i;
    c[w] = Number(a[u] >= b[v]);
    c[w + 1] = Number(a[u + 1] >= b[v + 1]);
    c[w + 2] = Number(a[u + 2] >= b[v + 2]);
    c[w + 3] = Number(a[u + 3] >= b[v + 3]);
  }
  for (; i < count; i++) c[r + i] = Number(a[p + i] >= b[q + i]);
};

/** Both candidates of the last elements. Choosing by index is no branch, so a wrong guess costs nothing. */
const pairs = new Float64Array(32);

export const maximum: ContiguousLoop = (count, a, p, b, q, c, r) => {
  for (let i = 0; i < count; i++) {
    const x = a[p + i],
      y = b[q + i],
      k = (i & 15) << 1;
    pairs[k] = x;
    pairs[k + 1] = y;
    c[r + i] = pairs[k + (Number(x < y) | Number(y !== y))];
  }
};
export const minimum: ContiguousLoop = (count, a, p, b, q, c, r) => {
  for (let i = 0; i < count; i++) {
    const x = a[p + i],
      y = b[q + i],
      k = (i & 15) << 1;
    pairs[k] = x;
    pairs[k + 1] = y;
    c[r + i] = pairs[k + (Number(x > y) | Number(y !== y))];
  }
};
/** Copies of a single operand, so that it too is read as elements side by side. */
const copies = new Float64Array(512);
/** Fewer elements are quicker in a loop with strides. */
const MANY = 32;

/**
 * Runs a loop for contiguous elements where it can, a single value beside an array included. Returns whether it has.
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
  if (sa === 1 && sb === 1) loop(count, a, p, b, q, c, r);
  else if (count < MANY || (sa !== 1 && sb !== 1) || sa + sb !== 1) return false;
  else {
    copies.fill(sa === 0 ? a[p] : b[q], 0, Math.min(count, copies.length));
    for (let done = 0; done < count; done += copies.length) {
      const n = Math.min(count - done, copies.length);
      if (sa === 0) loop(n, copies, 0, b, q + done, c, r + done);
      else loop(n, a, p + done, copies, 0, c, r + done);
    }
  }
  return true;
}
