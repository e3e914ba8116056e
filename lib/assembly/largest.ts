/** The largest magnitude of `count` doubles, NaN if there is one among them; 0 of none. */
export function largestMagnitude(x: usize, count: i32): f64 {
  let most: f64 = 0;
  for (const end = x + (<usize>count << 3); x < end; x += 8) most = max(most, abs(load<f64>(x)));
  return most;
}
