/**
 * The smallest magnitude that is not 0 in a matrix of doubles; Infinity if all elements are 0. The padding of the rows
 * is ignored.
 *
 * @param stride - bytes from row to row
 */
export function smallestMagnitude(x: usize, rows: i32, columns: i32, stride: usize): f64 {
  const infinite = f64x2.splat(Infinity), zero = f64x2.splat(0);
  const pairs = <usize>(columns >> 1) << 4;
  let least = infinite;
  for (let row = 0; row < rows; row++, x += stride) {
    for (let p = x; p < x + pairs; p += 16) {
      const magnitude = f64x2.abs(v128.load(p));
      least = f64x2.pmin(least, v128.bitselect(infinite, magnitude, f64x2.eq(magnitude, zero)));
    }
    if (columns & 1) {
      const magnitude = f64x2.abs(v128.load_splat<f64>(x + pairs));
      least = f64x2.pmin(least, v128.bitselect(infinite, magnitude, f64x2.eq(magnitude, zero)));
    }
  }
  return min(f64x2.extract_lane(least, 0), f64x2.extract_lane(least, 1));
}

/**
 * The largest magnitude in a matrix of doubles. It is NaN if an element is NaN, and 0 for an empty matrix. The padding
 * of the rows is ignored.
 *
 * @param x - pointer, a multiple of 16
 * @param stride - bytes from row to row; a multiple of 16 if there are several rows
 */
export function largestMagnitude(x: usize, rows: i32, columns: i32, stride: usize): f64 {
  const pairs = <usize>(columns >> 1) << 4;
  // pmax is one instruction (f64x2.max is seven) but loses NaN, so `nans` collects which lanes had one
  let most = f64x2.splat(0), nans = most;
  for (let row = 0; row < rows; row++, x += stride) {
    for (let p = x; p < x + pairs; p += 16) {
      const magnitude = f64x2.abs(v128.load(p));
      most = f64x2.pmax(most, magnitude);
      nans = v128.or(nans, f64x2.ne(magnitude, magnitude));
    }
    if (columns & 1) {
      const magnitude = f64x2.abs(v128.load_splat<f64>(x + pairs));
      most = f64x2.pmax(most, magnitude);
      nans = v128.or(nans, f64x2.ne(magnitude, magnitude));
    }
  }
  return v128.any_true(nans) ? NaN : max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}
