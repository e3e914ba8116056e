import { logPair, roundedLog } from "./roundedLog";

/**
 * The same result as `roundedLog` to the bit, ten times as fast. The logarithm is computed to about 65 bits. In one of
 * a thousand cases these do not decide to which double it rounds; then `roundedLog` computes it again.
 *
 * x = 2**k m with sqrt(1/2) < m < sqrt(2) or so. A table gives c near 1 / m, of so few bits that r = c m - 1 is exact
 * in two doubles; log x = k ln 2 - log c + r - r**2 / 2 + r**3 / 3 - ...
 */
export function quickLog(x: number): number {
  if (!(x >= SMALLEST_NORMAL && x < Infinity)) return roundedLog(x);
  bits.setFloat64(0, x);
  const word = bits.getUint32(0);
  const cell = (word >>> 13) & (CELLS - 1),
    over = cell >= HALF ? 1 : 0;
  const k = (word >>> 20) - 1023 + over;
  const { inverse, high, low } = table;
  const c = inverse[cell];
  // m in two parts: the product of each and c is exact
  bits.setUint32(0, (word & 0xfffff) | ((1023 - over) << 20));
  const m = bits.getFloat64(0);
  bits.setUint32(4, 0);
  const top = bits.getFloat64(0);
  const first = top * c - 1,
    second = (m - top) * c;
  const r = first + second,
    rest = first - r + second;
  // r**2 in two doubles, as in roundedLog's twoProduct
  const t = 134217729 * r,
    rh = t - (t - r),
    rl = r - rh;
  const square = r * r,
    squareRest = rh * rh - square + 2 * rh * rl + rl * rl;
  const series =
    1 / 3 + r * (-1 / 4 + r * (1 / 5 + r * (-1 / 6 + r * (1 / 7 + r * (-1 / 8 + r * (1 / 9 - r * (1 / 10)))))));
  const whole = k * LN2_HIGH,
    a = whole + high[cell],
    aRest = restOfSum(whole, high[cell], a);
  const b = a + r,
    bRest = restOfSum(a, r, b);
  const d = b - square / 2,
    dRest = restOfSum(b, -square / 2, d);
  const tail =
    r * square * series +
    (rest * (1 - r * (1 - r)) - squareRest / 2 + (k * LN2_LOW + low[cell] + (aRest + bRest + dRest)));
  const doubt = d * DOUBT,
    rounded = d + (tail + doubt);
  return rounded === d + (tail - doubt) ? rounded : roundedLog(x);
}

const SMALLEST_NORMAL = 2.2250738585072014e-308;
/** ln 2 in two parts; the first has so few bits that k times it is exact. */
const LN2_HIGH = 6.9314718036912381649e-1,
  LN2_LOW = 1.90821492927058770002e-10;
/** The error is below 2**-65 of the logarithm; a larger bound costs a few more calls of roundedLog. */
const DOUBT = 2 ** -63;
/** A cell has all m that agree in the first 7 bits after the point. From cell HALF on, m is divided by 2. */
const CELLS = 128,
  HALF = 53;

const bits = new DataView(new ArrayBuffer(8));

const table = makeTable();

/** c of each cell, and -log c in two doubles. In the two cells beside 1, c is 1, so that log x keeps all its bits. */
function makeTable() {
  const inverse = new Float64Array(CELLS),
    high = new Float64Array(CELLS),
    low = new Float64Array(CELLS);
  for (let cell = 0; cell < CELLS; cell++) {
    const middle = (1 + (cell + 0.5) / CELLS) / (cell >= HALF ? 2 : 1);
    const besideOne = cell === 0 || cell === CELLS - 1;
    inverse[cell] = besideOne ? 1 : Math.round(512 / middle) / 512;
    [high[cell], low[cell]] = besideOne ? [0, 0] : logPair(inverse[cell]).map((part) => -part);
  }
  return { inverse, high, low };
}

/** What a + b loses when it is rounded to `sum`. */
function restOfSum(a: number, b: number, sum: number): number {
  const part = sum - a;
  return a - (sum - part) + (b - part);
}
