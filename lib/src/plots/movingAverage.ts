/**
 * For each place the mean of the `count` values around it: from `floor(count / 2)` places before it. At both ends it is
 * the mean of the values that there are. NaN is left out; a mean of nothing but NaN is NaN.
 */
export function movingAverage(values: ArrayLike<number>, count: number): Float64Array {
  const sums = windowSums(values, count, (value) => (Number.isNaN(value) ? 0 : value));
  const counts = windowSums(values, count, (value) => (Number.isNaN(value) ? 0 : 1));
  return sums.map((sum, i) => sum / counts[i]);
}

/**
 * The values are cut into blocks as long as a window, so a window is the end of one block and the beginning of the
 * next, and its sum is that of two running sums. Nothing is subtracted: the difference of two longer sums would have
 * no digit of the small losses that follow one of 1e20.
 */
function windowSums(values: ArrayLike<number>, count: number, part: (value: number) => number): Float64Array {
  const width = Math.min(count, 2 * values.length);
  const before = Math.floor(width / 2);
  const padded = new Float64Array(values.length + width);
  for (let i = 0; i < values.length; i++) padded[before + i] = part(values[i]);
  const fromStart = padded.slice();
  const toEnd = padded.slice();
  for (let i = 1; i < padded.length; i++) if (i % width !== 0) fromStart[i] += fromStart[i - 1];
  for (let i = padded.length - 2; i >= 0; i--) if ((i + 1) % width !== 0) toEnd[i] += toEnd[i + 1];
  return Float64Array.from(values, (_, i) => (i % width === 0 ? 0 : toEnd[i]) + fromStart[i + width - 1]);
}
