/**
 * y = factor * (y - t), where y are n rows of probabilities and t the one-hot rows of their labels. With factor =
 * 1 / (size of the batch) the result is the derivative of the mean cross entropy with respect to the logits.
 */
export function outputDelta(y: usize, labels: usize, n: i32, factor: f64, stride: usize): void {
  const share = f64x2.splat(factor);
  for (let i = 0; i < n; i++) {
    const right = y + (<usize>load<i32>(labels) << 3);
    store<f64>(right, load<f64>(right) - 1);
    for (let p = y; p < y + stride; p += 16) v128.store(p, f64x2.mul(v128.load(p), share));
    labels += 4;
    y += stride;
  }
}

/** delta = factor * delta * z * (1 - z) for `count` doubles: the backward pass of the sigmoid. */
export function hiddenDelta(delta: usize, z: usize, count: i32, factor: f64): void {
  const one = f64x2.splat(1), scale = f64x2.splat(factor);
  for (const end = delta + (<usize>count << 3); delta < end; delta += 16) {
    const value = v128.load(z);
    const slope = f64x2.mul(value, f64x2.sub(one, value));
    v128.store(delta, f64x2.mul(f64x2.mul(scale, v128.load(delta)), slope));
    z += 16;
  }
}
