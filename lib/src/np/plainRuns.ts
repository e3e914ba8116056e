import { pairwiseSum } from "./pairwise";

/**
 * What a reduction does with float64 in row-major order: loops that see one kind of array and no stride. The results
 * have the bits of the loops with strides.
 */
export interface PlainRuns {
  /** The value of `count` elements side by side, at least one. */
  fold(count: number, x: Float64Array, p: number): number;
  /** Takes rows of `width` elements, one after the other, into the `width` values from `r` on. */
  rows(rows: number, width: number, x: Float64Array, p: number, c: Float64Array, r: number): void;
}

export const plainSum: PlainRuns = {
  // the sum of -0 alone is 0, as in NumPy
  fold: (count, x, p) => 0 + pairwiseSum(count, x, p),
  rows: addRows,
};

export const plainMax: PlainRuns = {
  fold(count, x, p) {
    let most = x[p],
      i = 0;
    if (most !== most) return most;
    for (const last = count - 3; i < last; i += 4) {
      const q = p + i;
      if (x[q] <= most && x[q + 1] <= most && x[q + 2] <= most && x[q + 3] <= most) continue;
      for (let k = q; k < q + 4; k++) {
        if (x[k] <= most) continue;
        most = x[k];
        if (most !== most) return most;
      }
    }
    for (; i < count; i++) {
      if (x[p + i] <= most) continue;
      most = x[p + i];
      if (most !== most) return most;
    }
    return most;
  },
  rows(rows, width, x, p, c, r) {
    for (let row = 0; row < rows; row++, p += width) {
      for (let i = 0; i < width; i++) {
        const value = x[p + i],
          most = c[r + i];
        if (value <= most) continue;
        if (most === most) c[r + i] = value; // a nan stays
      }
    }
  },
};

export const plainMin: PlainRuns = {
  fold(count, x, p) {
    let least = x[p],
      i = 0;
    if (least !== least) return least;
    for (const last = count - 3; i < last; i += 4) {
      const q = p + i;
      if (x[q] >= least && x[q + 1] >= least && x[q + 2] >= least && x[q + 3] >= least) continue;
      for (let k = q; k < q + 4; k++) {
        if (x[k] >= least) continue;
        least = x[k];
        if (least !== least) return least;
      }
    }
    for (; i < count; i++) {
      if (x[p + i] >= least) continue;
      least = x[p + i];
      if (least !== least) return least;
    }
    return least;
  },
  rows(rows, width, x, p, c, r) {
    for (let row = 0; row < rows; row++, p += width) {
      for (let i = 0; i < width; i++) {
        const value = x[p + i],
          least = c[r + i];
        if (value >= least) continue;
        if (least === least) c[r + i] = value; // a nan stays
      }
    }
  },
};

/** Four rows a turn, so that a sum is read and written once for four additions; their order stays. */
function addRows(rows: number, width: number, x: Float64Array, p: number, c: Float64Array, r: number): void {
  let row = 0;
  for (; row < rows - 3; row += 4, p += 4 * width) {
    const second = p + width,
      third = second + width,
      fourth = third + width;
    for (let i = 0; i < width; i++) c[r + i] = c[r + i] + x[p + i] + x[second + i] + x[third + i] + x[fourth + i];
  }
  for (; row < rows; row++, p += width) for (let i = 0; i < width; i++) c[r + i] += x[p + i];
}
