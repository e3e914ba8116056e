/**
 * e^x by the method of FreeBSD's msun (e_exp.c), as V8 and @stdlib/math have it; the bits are those of Node's Math.exp
 * and of the routine `exp`. @stdlib's own function gives 0 for the last x whose e^x is the smallest double.
 */
export function exp(x: number): number {
  if (x !== x || x === Infinity) return x;
  if (x > LARGEST) return Infinity;
  if (x < SMALLEST) return 0;
  const size = Math.abs(x);
  if (size < TINY) return 1 + x;
  if (x === 1) return Math.E;
  const k = size < HALF_LN2 ? 0 : Math.trunc(PER_LN2 * x + (x < 0 ? -0.5 : 0.5));
  const high = x - k * LN2_HIGH,
    low = k * LN2_LOW;
  const r = high - low,
    t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k === 0) return y;
  // the power of two in two steps where it is no double, or where the result is subnormal and must be rounded once
  if (k > 1023) return y * 2 * twoTo(k - 1);
  return k < -1021 ? y * twoTo(k + 1000) * twoTo(-1000) : y * twoTo(k);
}

/** `1 / (1 + e^-x)`, with the bits of the routine `logistic`. */
export const logistic = (x: number): number => 1 / (1 + exp(-x));

const LN2_HIGH = 6.9314718036912381649e-1, // so few bits that k times it is exact
  LN2_LOW = 1.9082149292705877e-10,
  PER_LN2 = 1.4426950408889634;
const P1 = 1.6666666666666602e-1,
  P2 = -2.7777777777015593e-3,
  P3 = 6.613756321437934e-5,
  P4 = -1.6533902205465252e-6,
  P5 = 4.1381367970572385e-8;
/** The largest x whose e^x is finite, and the smallest one whose e^x is not 0. */
const LARGEST = 709.782712893384,
  SMALLEST = -745.1332191019411;
/** Below this magnitude e^x is 1 + x. */
const TINY = 2 ** -28;
/** From this magnitude on k is not 0. */
const HALF_LN2 = 0.3465735912322998;

const double = new Float64Array(1),
  words = new Int32Array(double.buffer);
const HIGH_WORD = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1 ? 1 : 0;

function twoTo(k: number): number {
  words[HIGH_WORD] = (1023 + k) << 20;
  return double[0];
}
