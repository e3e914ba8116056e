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
