/**
 * The largest magnitude in a matrix of doubles, NaN if there is one among them; 0 of none. What pads its rows is left
 * out.
 *
 * @param x - on a multiple of 16, rows `stride` bytes apart, a multiple of 16 where there are several
 */
export function largestMagnitude(x: usize, rows: i32, columns: i32, stride: usize): f64 {
  const pairs = <usize>(columns >> 1) << 4;
  // pmax takes one instruction and f64x2.max seven, but loses NaN: its bits are gathered on the side
  let most = f64x2.splat(0), unlike = most;
  for (let row = 0; row < rows; row++, x += stride) {
    for (let p = x; p < x + pairs; p += 16) {
      const magnitude = f64x2.abs(v128.load(p));
      most = f64x2.pmax(most, magnitude);
      unlike = v128.or(unlike, f64x2.ne(magnitude, magnitude));
    }
    if (columns & 1) {
      const magnitude = f64x2.abs(v128.load_splat<f64>(x + pairs));
      most = f64x2.pmax(most, magnitude);
      unlike = v128.or(unlike, f64x2.ne(magnitude, magnitude));
    }
  }
  return v128.any_true(unlike) ? NaN : max(f64x2.extract_lane(most, 0), f64x2.extract_lane(most, 1));
}
