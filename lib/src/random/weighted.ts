import { asArray, cast, shapeText, type NDArray, type NestedList } from "../np/internal";

/**
 * Checks the probabilities and returns them: one for each item, none below 0, with a sum of 1 to within NumPy's
 * tolerance, which is the square root of the machine epsilon of their dtype.
 */
export function checkProbabilities(p: NestedList | NDArray, population: number): Float64Array {
  const given = asArray("choice", p, "p");
  const weights = cast("choice", given, "float64");
  if (weights.ndims !== 1 || weights.length !== population) {
    throw new RangeError(
      `choice: p of shape ${shapeText(weights.shape)}: wanted shape (${population},), one for each item`,
    );
  }
  const single = given.dtype === "float32" || p instanceof Float32Array;
  const tolerance = single ? Math.sqrt(2 ** -23) : 2 ** -26;
  const total = kahanSum(weights.data);
  if (!weights.data.every((weight) => weight >= 0) || !(Math.abs(total - 1) <= tolerance)) {
    throw new RangeError(
      `choice: p with a sum of ${total}: wanted none below 0 and a sum of 1, to within ${tolerance.toPrecision(2)}`,
    );
  }
  return weights.data;
}

/** As NumPy adds them up: what each addition loses goes into the next. */
function kahanSum(values: Float64Array): number {
  let sum = values.length > 0 ? values[0] : 0,
    lost = 0;
  for (let i = 1; i < values.length; i++) {
    const next = values[i] - lost,
      total = sum + next;
    lost = total - sum - next;
    sum = total;
  }
  return sum;
}

/** Where each value of `points` falls in the running total of `weights`, scaled to end at 1. */
export function searchCumulative(weights: Float64Array, points: Float64Array): Int32Array {
  const shares = new Float64Array(weights.length);
  let total = 0;
  for (let i = 0; i < weights.length; i++) shares[i] = total += weights[i];
  for (let i = 0; i < shares.length; i++) shares[i] /= total;
  const places = new Int32Array(points.length);
  for (let i = 0; i < points.length; i++) places[i] = firstAbove(shares, points[i]);
  return places;
}

/**
 * Draws `count` different indices by weight. As many as are still missing are drawn at once and repeats are dropped;
 * the ones that were found get the weight 0. This is repeated until there are `count`.
 */
export function weightedPlaces(
  weights: Float64Array,
  count: number,
  uniform: (count: number) => Float64Array,
): Int32Array {
  const left = weights.slice(),
    found: number[] = [];
  while (found.length < count) {
    const points = uniform(count - found.length);
    for (const position of found) left[position] = 0;
    found.push(...new Set(searchCumulative(left, points)));
  }
  return Int32Array.from(found);
}

/** The first place whose share exceeds the point. */
function firstAbove(shares: Float64Array, point: number): number {
  let low = 0,
    high = shares.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (shares[middle] > point) high = middle;
    else low = middle + 1;
  }
  return low;
}
