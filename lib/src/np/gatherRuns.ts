import type { NDArray } from "./ndarray";

/** What a reduction reads: the array itself, of any dtype. A float64 copy of all of MNIST would take 376 MB. */
export type Values = NDArray["data"];

/** Reduces `count` elements of x into c: all of them into one element if `sc` is 0, else each into its own element. */
export type ReduceRun = (
  count: number,
  x: Values,
  p: number,
  sx: number,
  c: Float64Array,
  r: number,
  sc: number,
) => void;

/** The elements in NumPy's iteration buffer. */
const BUFFER = 8192;

/**
 * NumPy's iterator gathers the runs of a scattered array, as many whole ones as go into its buffer, and adds those up.
 */
export function gatherRuns(run: ReduceRun, length: number) {
  let buffer = new Float64Array(0),
    filled = 0;
  const flush = (c: Float64Array) => {
    run(filled, buffer, 0, 1, c, 0, 0);
    filled = 0;
  };
  const visit: ReduceRun = (count, x, p, sx, c, r, sc) => {
    if (count === length) return run(count, x, p, sx, c, r, sc);
    const runs = Math.max(1, Math.floor(BUFFER / count));
    if (buffer.length === 0) buffer = new Float64Array(Math.min(runs * count, length));
    for (let i = 0; i < count; i++, p += sx) buffer[filled++] = x[p];
    if (filled === buffer.length) flush(c);
  };
  return {
    visit,
    finish: (c: Float64Array) => {
      if (filled > 0) flush(c);
    },
  };
}
