/** Where results go: float64, or bytes for comparisons. */
export type Target = Float64Array | Uint8Array;

/**
 * The inner loops of an operation f on operands whose elements stand side by side. With one index for all, from 0 on,
 * they take half of the time of loops with strides; of two arrays, arithmetic takes four elements a turn.
 */
export interface ContiguousLoop {
  /** c[i] = f(a[i], b[i]) */
  arrays(count: number, a: Float64Array, b: Float64Array, c: Target): void;
  /** c[i] = f(a[i], value) */
  byValue(count: number, a: Float64Array, value: number, c: Target): void;
  /** c[i] = f(value, b[i]) */
  valueBy(count: number, value: number, b: Float64Array, c: Target): void;
}

export const add: ContiguousLoop = {
  arrays(count, a, b, c) {
    let i = 0;
    for (const last = count - 3; i < last; i += 4) {
      c[i] = a[i] + b[i];
      c[i + 1] = a[i + 1] + b[i + 1];
      c[i + 2] = a[i + 2] + b[i + 2];
      c[i + 3] = a[i + 3] + b[i + 3];
    }
    for (; i < count; i++) c[i] = a[i] + b[i];
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = a[i] + value;
  },
  valueBy: (count, value, b, c) => add.byValue(count, b, value, c),
};
export const subtract: ContiguousLoop = {
  arrays(count, a, b, c) {
    let i = 0;
    for (const last = count - 3; i < last; i += 4) {
      c[i] = a[i] - b[i];
      c[i + 1] = a[i + 1] - b[i + 1];
      c[i + 2] = a[i + 2] - b[i + 2];
      c[i + 3] = a[i + 3] - b[i + 3];
    }
    for (; i < count; i++) c[i] = a[i] - b[i];
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = a[i] - value;
  },
  valueBy(count, value, b, c) {
    for (let i = 0; i < count; i++) c[i] = value - b[i];
  },
};
export const multiply: ContiguousLoop = {
  arrays(count, a, b, c) {
    let i = 0;
    for (const last = count - 3; i < last; i += 4) {
      c[i] = a[i] * b[i];
      c[i + 1] = a[i + 1] * b[i + 1];
      c[i + 2] = a[i + 2] * b[i + 2];
      c[i + 3] = a[i + 3] * b[i + 3];
    }
    for (; i < count; i++) c[i] = a[i] * b[i];
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = a[i] * value;
  },
  valueBy: (count, value, b, c) => multiply.byValue(count, b, value, c),
};
export const divide: ContiguousLoop = {
  arrays(count, a, b, c) {
    let i = 0;
    for (const last = count - 3; i < last; i += 4) {
      c[i] = a[i] / b[i];
      c[i + 1] = a[i + 1] / b[i + 1];
      c[i + 2] = a[i + 2] / b[i + 2];
      c[i + 3] = a[i + 3] / b[i + 3];
    }
    for (; i < count; i++) c[i] = a[i] / b[i];
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = a[i] / value;
  },
  valueBy(count, value, b, c) {
    for (let i = 0; i < count; i++) c[i] = value / b[i];
  },
};
// Number(condition) needs no branch, unlike `condition ? 1 : 0`: a branch that depends on data is hard to predict.
export const equal: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] === b[i]);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] === value);
  },
  valueBy: (count, value, b, c) => equal.byValue(count, b, value, c),
};
export const notEqual: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] !== b[i]);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] !== value);
  },
  valueBy: (count, value, b, c) => notEqual.byValue(count, b, value, c),
};
export const less: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] < b[i]);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] < value);
  },
  valueBy: (count, value, b, c) => greater.byValue(count, b, value, c),
};
export const lessEqual: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] <= b[i]);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] <= value);
  },
  valueBy: (count, value, b, c) => greaterEqual.byValue(count, b, value, c),
};
export const greater: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] > b[i]);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] > value);
  },
  valueBy: (count, value, b, c) => less.byValue(count, b, value, c),
};
export const greaterEqual: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] >= b[i]);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = Number(a[i] >= value);
  },
  valueBy: (count, value, b, c) => lessEqual.byValue(count, b, value, c),
};

/** The two candidates for each of the last 16 elements. Choosing one by its index needs no branch to be predicted. */
const pairs = new Float64Array(32);

/** y where it is larger or nan, else x; `i` is the number of the element. */
function larger(x: number, y: number, i: number): number {
  const k = (i & 15) << 1;
  pairs[k] = x;
  pairs[k + 1] = y;
  return pairs[k + (Number(x < y) | Number(y !== y))];
}

export const maximum: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = larger(a[i], b[i], i);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = larger(a[i], value, i);
  },
  valueBy(count, value, b, c) {
    for (let i = 0; i < count; i++) c[i] = larger(value, b[i], i);
  },
};

/** y where it is smaller or nan, else x; `i` is the number of the element. */
function smaller(x: number, y: number, i: number): number {
  const k = (i & 15) << 1;
  pairs[k] = x;
  pairs[k + 1] = y;
  return pairs[k + (Number(x > y) | Number(y !== y))];
}

export const minimum: ContiguousLoop = {
  arrays(count, a, b, c) {
    for (let i = 0; i < count; i++) c[i] = smaller(a[i], b[i], i);
  },
  byValue(count, a, value, c) {
    for (let i = 0; i < count; i++) c[i] = smaller(a[i], value, i);
  },
  valueBy(count, value, b, c) {
    for (let i = 0; i < count; i++) c[i] = smaller(value, b[i], i);
  },
};

/** For a part of an array with fewer elements than this, making the views costs more time than the loop saves. */
const MANY_IN_A_PART = 256;

/** Runs a loop for contiguous elements where that is quicker, also with a single value. Returns whether it did. */
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
  if (sc !== 1 || !((sa === 1 && (sb === 1 || sb === 0)) || (sa === 0 && sb === 1))) return false;
  const needsViews = r > 0 || (sa === 1 && p > 0) || (sb === 1 && q > 0);
  if (needsViews && count < MANY_IN_A_PART) return false;
  const to = part(c, r, count);
  if (sa === 0) loop.valueBy(count, a[p], part(b, q, count), to);
  else if (sb === 0) loop.byValue(count, part(a, p, count), b[q], to);
  else loop.arrays(count, part(a, p, count), part(b, q, count), to);
  return true;
}

/** A view of `count` elements from `start` on; the array itself where it begins there. */
function part<T extends Target>(x: T, start: number, count: number): T {
  return start === 0 ? x : (x.subarray(start, start + count) as T);
}
