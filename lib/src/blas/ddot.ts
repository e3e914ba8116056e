import ddotRoutine from "@stdlib/blas/base/ddot/lib/main.js";

/**
 * The scalar product of two vectors, in @stdlib's argument order with strides and offsets, and with the bits of
 * @stdlib's routine. The loops of this file are called with float64 only, because a loop becomes several times as
 * slow once it has been called with arrays of several kinds. For other kinds @stdlib's routine is called.
 */
export function ddot(
  N: number,
  x: Float64Array,
  strideX: number,
  offsetX: number,
  y: Float64Array,
  strideY: number,
  offsetY: number,
): number {
  if (!(x instanceof Float64Array && y instanceof Float64Array)) {
    return ddotRoutine.ndarray(N, x, strideX, offsetX, y, strideY, offsetY);
  }
  // @stdlib sums in the order of inFives only if both strides are 1; for fewer than 5 products both orders are the same
  return N >= 5 && strideX === 1 && strideY === 1
    ? inFives(N, from(x, offsetX), from(y, offsetY))
    : inSteps(N, x, strideX, offsetX, y, strideY, offsetY);
}

/** A view whose element 0 is the one at `offset`: the engine reads x[i + 1] quicker than x[offset + i + 1]. */
function from(x: Float64Array, offset: number): Float64Array {
  return offset === 0 ? x : x.subarray(offset);
}

/** The remainder of N by 5 one by one, then five products at a time. */
function inFives(N: number, x: Float64Array, y: Float64Array): number {
  let sum = 0,
    i = 0;
  for (const first = N % 5; i < first; i++) sum += x[i] * y[i];
  for (; i < N; i += 5) {
    sum += x[i] * y[i] + x[i + 1] * y[i + 1] + x[i + 2] * y[i + 2] + x[i + 3] * y[i + 3] + x[i + 4] * y[i + 4];
  }
  return sum;
}

function inSteps(N: number, x: Float64Array, sx: number, p: number, y: Float64Array, sy: number, q: number): number {
  let sum = 0;
  for (let i = 0; i < N; i++, p += sx, q += sy) sum += x[p] * y[q];
  return sum;
}
