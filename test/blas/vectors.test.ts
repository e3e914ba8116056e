import test from "node:test";
import assert from "node:assert/strict";
import { dgemm, dger } from "../../lib/src/blas";
import { RandomState } from "../../lib/src/random";

const stream = new RandomState(2);
const draw = (length: number) => Float64Array.from({ length }, () => 2 * stream.rand() - 1);

test("dger adds what dgemm of a column and a row adds, to any strides", () => {
  for (const [M, N] of [
    [1, 1],
    [3, 5],
    [7, 2],
  ]) {
    const x = draw(2 * M),
      y = draw(N),
      A = draw(M * N),
      B = A.slice();
    // x every second element, y from its end, A by columns
    dger(M, N, 0.5, x, 2, 1, y, -1, N - 1, A, 1, M, 0);
    dgemm("no-transpose", "no-transpose", M, N, 1, 0.5, x, 2, 1, 1, y, 1, -1, N - 1, 1, B, 1, M, 0);
    for (let i = 0; i < A.length; i++) assert.ok(Math.abs(A[i] - B[i]) <= 1e-15, `${A[i]} and ${B[i]} at ${i}`);
  }
});
