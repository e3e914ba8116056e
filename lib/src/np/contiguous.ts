/** Where results go: float64, or bytes for comparisons. */
export type Target = Float64Array | Uint8Array;

/**
 * The inner loops of an operation f on operands whose elements stand side by side, from a place of their own on. With
 * one index for all, and a single value that is no array, they take half of the time of loops with strides.
 */
export interface ContiguousLoop {
  /** c[i] = f(a[i], b[i]) */
  arrays(count: number, a: Float64Array, p: number, b: Float64Array, q: number, c: Target, r: number): void;
  /** c[i] = f(a[i], value) */
  byValue(count: number, a: Float64Array, p: number, value: number, c: Target, r: number): void;
  /** c[i] = f(value, b[i]) */
  valueBy(count: number, value: number, b: Float64Array, q: number, c: Target, r: number): void;
}

export const add: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] + b[q + i];
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] + value;
  },
  valueBy: (count, value, b, q, c, r) => add.byValue(count, b, q, value, c, r),
};
export const subtract: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] - b[q + i];
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] - value;
  },
  valueBy(count, value, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = value - b[q + i];
  },
};
export const multiply: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] * b[q + i];
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] * value;
  },
  valueBy: (count, value, b, q, c, r) => multiply.byValue(count, b, q, value, c, r),
};
export const divide: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] / b[q + i];
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = a[p + i] / value;
  },
  valueBy(count, value, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = value / b[q + i];
  },
};
// Number(truth) is no branch, unlike `truth ? 1 : 0`: nobody can guess the truths of data.
export const equal: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] === b[q + i]);
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] === value);
  },
  valueBy: (count, value, b, q, c, r) => equal.byValue(count, b, q, value, c, r),
};
export const notEqual: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] !== b[q + i]);
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] !== value);
  },
  valueBy: (count, value, b, q, c, r) => notEqual.byValue(count, b, q, value, c, r),
};
export const less: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] < b[q + i]);
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] < value);
  },
  valueBy: (count, value, b, q, c, r) => greater.byValue(count, b, q, value, c, r),
};
export const lessEqual: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] <= b[q + i]);
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] <= value);
  },
  valueBy: (count, value, b, q, c, r) => greaterEqual.byValue(count, b, q, value, c, r),
};
export const greater: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] > b[q + i]);
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] > value);
  },
  valueBy: (count, value, b, q, c, r) => less.byValue(count, b, q, value, c, r),
};
export const greaterEqual: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] >= b[q + i]);
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) c[r + i] = Number(a[p + i] >= value);
  },
  valueBy: (count, value, b, q, c, r) => lessEqual.byValue(count, b, q, value, c, r),
};

/** Both candidates of the last elements. Choosing by index is no branch, so a wrong guess costs nothing. */
const pairs = new Float64Array(32);

/** b where it is larger or nan, else a. */
export const maximum: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) {
      const x = a[p + i],
        y = b[q + i],
        k = (i & 15) << 1;
      pairs[k] = x;
      pairs[k + 1] = y;
      c[r + i] = pairs[k + (Number(x < y) | Number(y !== y))];
    }
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) {
      const x = a[p + i],
        y = value,
        k = (i & 15) << 1;
      pairs[k] = x;
      pairs[k + 1] = y;
      c[r + i] = pairs[k + (Number(x < y) | Number(y !== y))];
    }
  },
  valueBy(count, value, b, q, c, r) {
    for (let i = 0; i < count; i++) {
      const x = value,
        y = b[q + i],
        k = (i & 15) << 1;
      pairs[k] = x;
      pairs[k + 1] = y;
      c[r + i] = pairs[k + (Number(x < y) | Number(y !== y))];
    }
  },
};
/** b where it is smaller or nan, else a. */
export const minimum: ContiguousLoop = {
  arrays(count, a, p, b, q, c, r) {
    for (let i = 0; i < count; i++) {
      const x = a[p + i],
        y = b[q + i],
        k = (i & 15) << 1;
      pairs[k] = x;
      pairs[k + 1] = y;
      c[r + i] = pairs[k + (Number(x > y) | Number(y !== y))];
    }
  },
  byValue(count, a, p, value, c, r) {
    for (let i = 0; i < count; i++) {
      const x = a[p + i],
        y = value,
        k = (i & 15) << 1;
      pairs[k] = x;
      pairs[k + 1] = y;
      c[r + i] = pairs[k + (Number(x > y) | Number(y !== y))];
    }
  },
  valueBy(count, value, b, q, c, r) {
    for (let i = 0; i < count; i++) {
      const x = value,
        y = b[q + i],
        k = (i & 15) << 1;
      pairs[k] = x;
      pairs[k + 1] = y;
      c[r + i] = pairs[k + (Number(x > y) | Number(y !== y))];
    }
  },
};

/** Runs a loop for contiguous elements where the steps permit it, also with a single value. Returns whether it did. */
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
  if (sa === 1 && sb === 1) loop.arrays(count, a, p, b, q, c, r);
  else if (sa === 1 && sb === 0) loop.byValue(count, a, p, b[q], c, r);
  else if (sa === 0 && sb === 1) loop.valueBy(count, a[p], b, q, c, r);
  else return false;
  return true;
}
