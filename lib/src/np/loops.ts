import * as math from "../math";
import * as contiguous from "./contiguous";
import { runContiguous, type Target } from "./contiguous";

// The inner loops: c[r] = f(a[p], b[q]) for `count` elements, each operand with its own step. Each
// operation has a loop of its own, because one loop that calls many small functions is ten times slower.

export type UnaryLoop = (
  count: number,
  a: Float64Array,
  p: number,
  sa: number,
  c: Target,
  r: number,
  sc: number,
) => void;
export type BinaryLoop = (
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
) => void;

export const add: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.add, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] + b[q];
};
export const subtract: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.subtract, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] - b[q];
};
export const multiply: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.multiply, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] * b[q];
};
export const divide: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.divide, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] / b[q];
};
/** NaN wins, as in np.maximum. */
export const maximum: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.maximum, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const x = a[p],
      y = b[q];
    c[r] = x >= y || x !== x ? x : y;
  }
};
export const minimum: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.minimum, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const x = a[p],
      y = b[q];
    c[r] = x <= y || x !== x ? x : y;
  }
};
export const equal: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.equal, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = Number(a[p] === b[q]);
};
export const notEqual: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.notEqual, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = Number(a[p] !== b[q]);
};
export const less: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.less, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = Number(a[p] < b[q]);
};
export const greater: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.greater, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = Number(a[p] > b[q]);
};

export const negative: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = -a[p];
};
export const exp: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  math.mapDoubles(math.exp, "exp", count, a, p, sa, c, r, sc);
};
export const log: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  math.mapDoubles(math.log, "log", count, a, p, sa, c, r, sc);
};
export const logistic: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  math.mapDoubles(math.logistic, "logistic", count, a, p, sa, c, r, sc);
};
export const sqrt: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.sqrt(a[p]);
};
export const square: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = a[p] * a[p];
};
export const tanh: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  math.mapDoubles(math.tanh, "tanh", count, a, p, sa, c, r, sc);
};
export const abs: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.abs(a[p]);
};

/** Python's remainder, which has the sign of the divisor, as NumPy computes it. */
export const mod: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const y = b[q],
      rest = a[p] % y;
    if (rest === 0) c[r] = y < 0 ? -0 : 0;
    else c[r] = rest < 0 !== y < 0 ? rest + y : rest;
  }
};
/** The remainder of integers; a division by 0 gives 0. */
export const wholeMod: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const y = b[q],
      rest = y === 0 ? 0 : a[p] % y;
    c[r] = rest !== 0 && rest < 0 !== y < 0 ? rest + y : rest;
  }
};
/**
 * As NumPy computes it: (x - remainder) / y, where the remainder has the sign of y. This is a whole number except for
 * rounding errors, so it is rounded to the nearest one.
 */
export const floorDivide: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const x = a[p],
      y = b[q],
      rest = x % y;
    let quotient = (x - rest) / y;
    if (rest !== 0 && rest < 0 !== y < 0) quotient -= 1;
    const whole = Math.floor(quotient);
    if (y === 0) c[r] = x / y;
    else if (quotient === 0) c[r] = x / y < 0 || Object.is(x / y, -0) ? -0 : 0;
    else c[r] = quotient - whole > 0.5 ? whole + 1 : whole;
  }
};
/** The quotient of integers, rounded down; a division by 0 gives 0. */
export const wholeFloorDivide: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = b[q] === 0 ? 0 : Math.floor(a[p] / b[q]);
};
/**
 * As in NumPy, if all elements have the same exponent and it is 0.5, 2 or -1, a simpler operation is used: sqrt, square
 * or 1 / x. With the exponent 0.5, -inf then gives nan.
 */
export const power: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  const y = sb === 0 ? b[q] : NaN;
  if (y === 0.5) return sqrt(count, a, p, sa, c, r, sc);
  if (y === 2) return square(count, a, p, sa, c, r, sc);
  if (y === -1) return reciprocal(count, a, p, sa, c, r, sc);
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = powerOf(a[p], b[q]);
};
const reciprocal: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = 1 / a[p];
};
/** C's pow, unlike JavaScript's, gives 1 for a base of 1 whatever the exponent, and for -1 to an infinite one. */
function powerOf(x: number, y: number): number {
  return x === 1 || (x === -1 && (y === Infinity || y === -Infinity)) ? 1 : math.pow(x, y);
}
/**
 * The power of integers, computed by repeated squaring: exact as long as float64 holds the products exactly. Exponents
 * below 0 are refused, because an integer cannot hold the result.
 */
export const wholePower: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    if (b[q] < 0) throw new RangeError(`power: integers to the power ${b[q]}: wanted exponents from 0, or floats`);
    let base = a[p],
      result = 1;
    for (let left = b[q]; left > 0; left = Math.floor(left / 2)) {
      if (left % 2 === 1) result *= base;
      if (left > 1) base *= base;
    }
    c[r] = result;
  }
};
export const lessEqual: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.lessEqual, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = Number(a[p] <= b[q]);
};
export const greaterEqual: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  if (runContiguous(contiguous.greaterEqual, count, a, p, sa, b, q, sb, c, r, sc)) return;
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = Number(a[p] >= b[q]);
};
export const logicalAnd: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] !== 0 && b[q] !== 0 ? 1 : 0;
};
export const logicalOr: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] !== 0 || b[q] !== 0 ? 1 : 0;
};
export const logicalXor: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = (a[p] !== 0) !== (b[q] !== 0) ? 1 : 0;
};

export const logicalNot: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = a[p] === 0 ? 1 : 0;
};
export const isnan: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = a[p] !== a[p] ? 1 : 0;
};
export const isinf: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = a[p] === Infinity || a[p] === -Infinity ? 1 : 0;
};
export const isfinite: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Number.isFinite(a[p]) ? 1 : 0;
};
export const floor: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.floor(a[p]);
};
export const ceil: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.ceil(a[p]);
};
export const trunc: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.trunc(a[p]);
};
/** NumPy's sign of -0 is 0. */
export const sign: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.sign(a[p]) + 0;
};
export const sin: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = math.sin(a[p]);
};
export const cos: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = math.cos(a[p]);
};
export const log2: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = math.log2(a[p]);
};
export const log10: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = math.log10(a[p]);
};
export const log1p: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = math.log1p(a[p]);
};
export const expm1: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = math.expm1(a[p]);
};
export const positive: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = a[p];
};
