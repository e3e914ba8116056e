/** The elements that are added up without dividing them again, as in NumPy. */
const BLOCK = 128;

/**
 * The sum of `count` elements side by side from `p` on, pairwise in the order of NumPy and of @stdlib's dsumpw, so with
 * their bits. This one knows one kind of array and no stride.
 */
export function pairwiseSum(count: number, x: Float64Array, p: number): number {
  if (count < 8) {
    let sum = 0;
    for (let i = 0; i < count; i++) sum += x[p + i];
    return sum;
  }
  if (count <= BLOCK) return sumOfBlock(count, x, p);
  let half = Math.floor(count / 2);
  half -= half % 8;
  return pairwiseSum(half, x, p) + pairwiseSum(count - half, x, p + half);
}

function sumOfBlock(count: number, x: Float64Array, p: number): number {
  let s0 = x[p],
    s1 = x[p + 1],
    s2 = x[p + 2],
    s3 = x[p + 3],
    s4 = x[p + 4],
    s5 = x[p + 5],
    s6 = x[p + 6],
    s7 = x[p + 7];
  const whole = count - (count % 8);
  for (let i = 8; i < whole; i += 8) {
    const q = p + i;
    s0 += x[q];
    s1 += x[q + 1];
    s2 += x[q + 2];
    s3 += x[q + 3];
    s4 += x[q + 4];
    s5 += x[q + 5];
    s6 += x[q + 6];
    s7 += x[q + 7];
  }
  let sum = s0 + s1 + (s2 + s3) + (s4 + s5 + (s6 + s7));
  for (let i = whole; i < count; i++) sum += x[p + i];
  return sum;
}
