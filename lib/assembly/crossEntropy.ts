/** -1/n sum log(y[label] + 1e-7) over n rows of probabilities, `stride` bytes apart. */
export function crossEntropy(y: usize, labels: usize, n: i32, stride: usize): f64 {
  let sum: f64 = 0;
  for (let i = 0; i < n; i++) {
    sum += Math.log(load<f64>(y + (<usize>load<i32>(labels) << 3)) + 1e-7);
    labels += 4;
    y += stride;
  }
  return -sum / <f64>n;
}

/** How many of n rows have their largest value, the first of equal ones, at their label. */
export function countRight(y: usize, labels: usize, n: i32, classes: i32, stride: usize): i32 {
  let right = 0;
  for (let i = 0; i < n; i++) {
    let best = 0, most = load<f64>(y);
    for (let k = 1; k < classes; k++) {
      const value = load<f64>(y + (<usize>k << 3));
      if (value > most) {
        best = k;
        most = value;
      }
    }
    if (best == load<i32>(labels)) right++;
    labels += 4;
    y += stride;
  }
  return right;
}
