import * as math from "../math";

/** Where n p is above this, values are drawn by acceptance and rejection. */
const MOST_BY_INVERSION = 30;

/**
 * Makes a function that draws how many of `n` trials succeed, each with the probability `p`, from uniform numbers: the
 * same numbers as NumPy's legacy stream.
 */
export function binomialDrawer(n: number, p: number, uniform: () => number): () => number {
  if (p > 0.5) {
    const failures = binomialDrawer(n, 1 - p, uniform);
    return () => n - failures();
  }
  return p * n <= MOST_BY_INVERSION ? inversion(n, p, uniform) : rejection(n, p, uniform);
}

/** Adds up the probabilities of 0, 1, 2 ... successes until they pass a uniform number. */
function inversion(n: number, p: number, uniform: () => number): () => number {
  const q = 1 - p,
    ofNone = math.exp(n * math.log(q)),
    mean = n * p;
  const bound = Math.trunc(Math.min(n, mean + 10 * Math.sqrt(mean * q + 1)));
  return () => {
    let count = 0,
      probability = ofNone,
      left = uniform();
    while (left > probability) {
      count++;
      if (count > bound) {
        count = 0;
        probability = ofNone;
        left = uniform();
      } else {
        left -= probability;
        probability = ((n - count + 1) * p * probability) / (count * q);
      }
    }
    return count;
  };
}

/**
 * The algorithm BTPE: a triangle, two parallelograms and two exponential tails above the probabilities.
 * @see Kachitvichyanukul and Schmeiser, Binomial random variate generation, 1988
 */
function rejection(n: number, p: number, uniform: () => number): () => number {
  const hull = hullOf(n, p);
  const { p1, p2, p3, p4, c, m, xm, xl, xr, leftRate, rightRate } = hull;
  const propose = (): number | undefined => {
    const u = uniform() * p4;
    let v = uniform(),
      y: number;
    if (u <= p1) return Math.floor(xm - p1 * v + u);
    if (u <= p2) {
      const x = xl + (u - p1) / c;
      v = v * c + 1 - Math.abs(m - x + 0.5) / p1;
      if (v > 1) return undefined;
      y = Math.floor(x);
    } else if (u <= p3) {
      y = Math.floor(xl + math.log(v) / leftRate);
      if (y < 0 || v === 0) return undefined;
      v *= (u - p2) * leftRate;
    } else {
      y = Math.floor(xr - math.log(v) / rightRate);
      if (y > n || v === 0) return undefined;
      v *= (u - p3) * rightRate;
    }
    return accepts(n, hull, y, v) ? y : undefined;
  };
  return () => {
    for (;;) {
      const y = propose();
      if (y !== undefined) return y;
    }
  };
}

function hullOf(n: number, p: number) {
  const q = 1 - p,
    mode = n * p + p,
    m = Math.floor(mode);
  const p1 = Math.floor(2.195 * Math.sqrt(n * p * q) - 4.6 * q) + 0.5;
  const xm = m + 0.5,
    xl = xm - p1,
    xr = xm + p1;
  const c = 0.134 + 20.5 / (15.3 + m);
  const rate = (a: number) => a * (1 + a / 2);
  const leftRate = rate((mode - xl) / (mode - xl * p)),
    rightRate = rate((xr - mode) / (xr * q));
  const p2 = p1 * (1 + 2 * c),
    p3 = p2 + c / leftRate,
    p4 = p3 + c / rightRate;
  return { p, q, m, p1, p2, p3, p4, c, xm, xl, xr, leftRate, rightRate };
}

type Hull = ReturnType<typeof hullOf>;

/** Whether v is at most the probability of y divided by the probability of the mode. */
function accepts(n: number, hull: Hull, y: number, v: number): boolean {
  const { p, q, m } = hull;
  const k = Math.abs(y - m),
    variance = n * p * q;
  if (k <= 20 || k >= variance / 2 - 1) return v <= ratio(n, hull, y);
  const rho = (k / variance) * ((k * (k / 3 + 0.625) + 0.16666666666666666) / variance + 0.5);
  const t = (-k * k) / (2 * variance),
    logV = math.log(v);
  if (logV < t - rho) return true;
  return logV <= t + rho && logV <= logRatio(n, hull, y);
}

/** The probability of y over that of the mode, factor by factor. */
function ratio(n: number, { p, q, m }: Hull, y: number): number {
  const s = p / q,
    a = s * (n + 1);
  let product = 1;
  for (let i = m + 1; i <= y; i++) product *= a / i - s;
  for (let i = y + 1; i <= m; i++) product /= a / i - s;
  return product;
}

/** The logarithm of that, by Stirling's formula. */
function logRatio(n: number, { p, q, m, xm }: Hull, y: number): number {
  const x1 = y + 1,
    f1 = m + 1,
    z = n + 1 - m,
    w = n - y + 1;
  return (
    xm * math.log(f1 / x1) +
    (n - m + 0.5) * math.log(z / w) +
    (y - m) * math.log((w * p) / (x1 * q)) +
    correction(f1) +
    correction(z) +
    correction(x1) +
    correction(w)
  );
}

function correction(x: number): number {
  const x2 = x * x;
  return (13680 - (462 - (132 - (99 - 140 / x2) / x2) / x2) / x2) / x / 166320;
}
