import assert from "node:assert/strict";
import test from "node:test";
import stdlibDdot from "@stdlib/blas/base/ddot/lib/main.js";
import stdlibDgemm from "@stdlib/blas/base/dgemm/lib/main.js";
import stdlibDgemv from "@stdlib/blas/base/dgemv/lib/main.js";
import { ddot, dgemm, dgemv, type Transpose } from "../../lib/src/blas";
import { RandomState } from "../../lib/src/random";

const stream = new RandomState(6);
const draw = (length: number) => stream.randn(length).data.map((x) => (Math.abs(x) < 0.1 ? -0 : x));
const FORMS = ["no-transpose", "transpose"] as const;

test("ddot has the bits of @stdlib's for each length and stride", () => {
  const x = draw(400),
    y = draw(400);
  for (let n = 0; n < 24; n++) {
    for (const [sx, ox, sy, oy] of [
      [1, 0, 1, 0],
      [1, 3, 1, 9],
      [2, 1, 1, 0],
      [-1, 60, 1, 2],
      [3, 0, -2, 90],
      [0, 5, 1, 0],
    ]) {
      assert.equal(ddot(n, x, sx, ox, y, sy, oy), stdlibDdot.ndarray(n, x, sx, ox, y, sy, oy), `${n}: ${sx} and ${sy}`);
    }
  }
});

test("small products of matrices have the bits of @stdlib's dgemm, stored by rows and by columns", () => {
  for (let round = 0; round < 400; round++) {
    const [M, N] = [1, 2].map(() => 1 + Math.floor(7 * stream.rand()));
    // fewer than 500 multiplications
    const K = Math.max(1, Math.floor((499 * stream.rand()) / (M * N)));
    for (const ofA of FORMS) {
      for (const ofB of FORMS) {
        const a = draw(M * K),
          b = draw(K * N);
        for (const [lda, ldb] of [
          [ofA === "transpose" ? [M, 1] : [K, 1], ofB === "transpose" ? [K, 1] : [N, 1]],
          [ofA === "transpose" ? [1, K] : [1, M], ofB === "transpose" ? [1, N] : [1, K]],
        ]) {
          const run = (routine: typeof dgemm) =>
            routine(
              ofA,
              ofB,
              M,
              N,
              K,
              1,
              a,
              lda[0],
              lda[1],
              0,
              b,
              ldb[0],
              ldb[1],
              0,
              0,
              new Float64Array(M * N),
              N,
              1,
              0,
            );
          assert.deepEqual(run(dgemm), run(stdlibDgemm.ndarray as typeof dgemm), `${M}x${K}x${N} ${ofA} ${ofB} ${lda}`);
        }
      }
    }
  }
});

/** Where the elements of a matrix are: strides and offset. */
const layouts: readonly ((m: number, n: number) => readonly [number, number, number])[] = [
  (_, n) => [n, 1, 0],
  (m) => [1, m, 1],
  (_, n) => [2 * n + 1, 2, 3],
  (m, n) => [-n, 1, (m - 1) * n],
];

function call(
  routine: typeof dgemv,
  trans: Transpose,
  m: number,
  n: number,
  alpha: number,
  beta: number,
  layout: number,
) {
  const random = new RandomState([m, n, layout]);
  const values = (length: number) => random.randn(length).data;
  const a = values(2 * (m + 1) * (n + 1)),
    x = values(2 * Math.max(m, n)),
    y = values(2 * Math.max(m, n));
  if (beta === 0) y.fill(NaN);
  return routine(trans, m, n, alpha, a, ...layouts[layout](m, n), x, 2, 0, beta, y, 1, 0);
}

test("dgemv of a small matrix has the bits of @stdlib's, and does not read y if beta is 0", () => {
  for (const [m, n] of [
    [1, 5],
    [5, 1],
    [3, 4],
    [6, 7],
    [70, 33],
    [33, 70],
  ]) {
    for (const trans of FORMS) {
      for (const layout of layouts.keys()) {
        for (const [alpha, beta] of [
          [1, 0],
          [2, 0],
          [1, 0.5],
        ]) {
          const ours = call(dgemv, trans, m, n, alpha, beta, layout);
          const theirs = call(stdlibDgemv.ndarray as typeof dgemv, trans, m, n, alpha, beta, layout);
          assert.deepEqual(ours, theirs, `${m}x${n} ${trans} layout ${layout} alpha ${alpha} beta ${beta}`);
        }
      }
    }
  }
});

/** y by dgemm: x and y stand in two equal columns each, so that it is not a product with a vector. */
function byDgemm(
  trans: Transpose,
  m: number,
  n: number,
  alpha: number,
  a: Float64Array,
  x: Float64Array,
  beta: number,
  y: Float64Array,
) {
  const [rows, inner] = trans === "transpose" ? [n, m] : [m, n];
  const twice = (v: Float64Array) => Float64Array.from({ length: 2 * v.length }, (_, i) => v[i >> 1]);
  const C = dgemm(trans, "no-transpose", rows, 2, inner, alpha, a, n, 1, 0, twice(x), 2, 1, 0, beta, twice(y), 2, 1, 0);
  return C.filter((_, i) => i % 2 === 0);
}

test("dgemv of a large matrix has the bits of dgemm, by rows and by columns", () => {
  for (const [m, n] of [
    [100, 100],
    [257, 67],
    [67, 1030],
    [2500, 5],
    [5, 2500],
  ]) {
    for (const trans of FORMS) {
      for (const [alpha, beta] of [
        [1, 0],
        [-2, 0],
        [0.5, 3],
      ]) {
        const a = draw(m * n),
          x = draw(trans === "transpose" ? m : n),
          y = draw(trans === "transpose" ? n : m);
        const ours = dgemv(trans, m, n, alpha, a, n, 1, 0, x, 1, 0, beta, y.slice(), 1, 0);
        assert.deepEqual(ours, byDgemm(trans, m, n, alpha, a, x, beta, y), `${m}x${n} ${trans} ${alpha} ${beta}`);
      }
    }
  }
});
