// The inner loops: c[r] = f(a[p], b[q]) for `count` elements, each operand walking with its own step. One function an
// operation, because one loop calling many small functions runs ten times slower; that is why they look alike.

/** Where results go: float64, or bytes for comparisons. */
export type Target = Float64Array | Uint8Array;
export type UnaryLoop = (
  count: number,
  a: Float64Array,
  p: number,
  sa: number,
  c: Float64Array,
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
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] + b[q];
};
export const subtract: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] - b[q];
};
export const multiply: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] * b[q];
};
export const divide: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] / b[q];
};
/** NaN wins, as in np.maximum. */
export const maximum: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const x = a[p],
      y = b[q];
    c[r] = x >= y || x !== x ? x : y;
  }
};
export const minimum: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) {
    const x = a[p],
      y = b[q];
    c[r] = x <= y || x !== x ? x : y;
  }
};
export const equal: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] === b[q] ? 1 : 0;
};
export const notEqual: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] !== b[q] ? 1 : 0;
};
export const less: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] < b[q] ? 1 : 0;
};
export const greater: BinaryLoop = (count, a, p, sa, b, q, sb, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, q += sb, r += sc) c[r] = a[p] > b[q] ? 1 : 0;
};

export const negative: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = -a[p];
};
export const exp: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.exp(a[p]);
};
export const log: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.log(a[p]);
};
export const sqrt: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.sqrt(a[p]);
};
export const square: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = a[p] * a[p];
};
export const tanh: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.tanh(a[p]);
};
export const abs: UnaryLoop = (count, a, p, sa, c, r, sc) => {
  for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = Math.abs(a[p]);
};
