import test from "node:test";
import assert from "node:assert/strict";
import stdlibDgemm from "@stdlib/blas/base/dgemm";
import { dgemm, type Transpose } from "../../lib/src/blas";
import { RandomState } from "../../lib/src/random";
import { idleArena } from "../../lib/src/wasm/arena";

const stream = new RandomState(1);
const uniform = () => stream.rand();
const draw = (length: number) => Float64Array.from({ length }, () => 2 * uniform() - 1);
const FORMS: [Transpose, Transpose][] = [
  ["no-transpose", "no-transpose"],
  ["transpose", "no-transpose"],
  ["no-transpose", "transpose"],
  ["transpose", "transpose"],
];

/** Element [i, j] at offset + i * step1 + j * step2, in an array with NaN between the elements. */
function scattered(rows: number, columns: number, step1: number, step2: number) {
  const lowest = Math.min(0, (rows - 1) * step1) + Math.min(0, (columns - 1) * step2);
  const highest = Math.max(0, (rows - 1) * step1) + Math.max(0, (columns - 1) * step2);
  const data = new Float64Array(highest - lowest + 3).fill(NaN);
  const offset = 1 - lowest;
  const values = draw(rows * columns);
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) data[offset + i * step1 + j * step2] = values[i * columns + j];
  }
  return { data, offset, step1, step2 };
}

type Placed = ReturnType<typeof scattered>;

function compare(
  form: [Transpose, Transpose],
  [M, N, K]: number[],
  alpha: number,
  beta: number,
  A: Placed,
  B: Placed,
  C: Placed,
) {
  const run = (routine: typeof dgemm, target: Float64Array) =>
    routine(
      ...form,
      M,
      N,
      K,
      alpha,
      A.data,
      A.step1,
      A.step2,
      A.offset,
      B.data,
      B.step1,
      B.step2,
      B.offset,
      beta,
      target,
      C.step1,
      C.step2,
      C.offset,
    );
  const ours = run(dgemm, C.data.slice());
  const theirs = run(stdlibDgemm.ndarray as typeof dgemm, C.data.slice());
  ours.forEach((value, at) => {
    const wanted = theirs[at];
    const close = Number.isNaN(wanted)
      ? Number.isNaN(value)
      : Math.abs(value - wanted) <= 1e-14 * (K + 1) * (Math.abs(alpha) + 1);
    assert.ok(close, `${form} ${M}x${K}x${N} alpha ${alpha} beta ${beta}: element ${at} is ${value}, not ${wanted}`);
  });
}

test("the product equals @stdlib's for every form and remainder of the tiles, with alpha and beta", () => {
  const sizes = [1, 2, 3, 5, 6, 7, 10, 13, 50, 97];
  for (const form of FORMS) {
    for (const M of sizes) {
      for (const N of sizes) {
        const K = sizes[(M + N) % sizes.length] * 3;
        const A = form[0] === "transpose" ? scattered(K, M, M, 1) : scattered(M, K, K, 1);
        const B = form[1] === "transpose" ? scattered(N, K, K, 1) : scattered(K, N, N, 1);
        compare(form, [M, N, K], 1, 0, A, B, scattered(M, N, N, 1));
        compare(form, [M, N, K], -0.5, 2, A, B, scattered(M, N, N, 1));
      }
    }
  }
});

test("strides may leave gaps, run backwards, or put columns first, in each operand", () => {
  const [M, N, K] = [23, 14, 31];
  const layouts = [
    (_: number, c: number) => [c + 3, 1],
    (r: number) => [1, r],
    (r: number) => [2, 2 * r + 1],
    (_: number, c: number) => [-c, 1],
    (r: number) => [-1, -r],
  ];
  for (const a of layouts) {
    for (const b of layouts) {
      for (const c of layouts) {
        const place = (rows: number, columns: number, layout: typeof a) =>
          scattered(rows, columns, ...(layout(rows, columns) as [number, number]));
        compare(FORMS[0], [M, N, K], 1.5, -1, place(M, K, a), place(K, N, b), place(M, N, c));
        compare(FORMS[3], [M, N, K], 1.5, -1, place(K, M, a), place(N, K, b), place(M, N, c));
      }
    }
  }
});

test("products larger than a block in each direction are put together right", () => {
  for (const [M, N, K] of [
    [700, 5, 2500],
    [3, 4200, 40],
    [2100, 30, 300],
  ]) {
    compare(FORMS[0], [M, N, K], 1, 0.5, scattered(M, K, K, 1), scattered(K, N, N, 1), scattered(M, N, N, 1));
  }
});

test("float32 operands are multiplied in float64", () => {
  const [M, N, K] = [20, 10, 30];
  const A = Float32Array.from(draw(M * K));
  const B = Float32Array.from(draw(K * N));
  const multiply = (a: Float64Array | Float32Array, b: Float64Array | Float32Array) =>
    dgemm(...FORMS[0], M, N, K, 1, a, K, 1, 0, b, N, 1, 0, 0, new Float64Array(M * N), N, 1, 0);
  assert.deepEqual(multiply(A, B), multiply(Float64Array.from(A), Float64Array.from(B)));
});

test("an element does not depend on which rows it is computed with", () => {
  const [M, N, K] = [301, 50, 784];
  const A = draw(M * K),
    B = draw(K * N);
  const whole = dgemm(...FORMS[0], M, N, K, 1, A, K, 1, 0, B, N, 1, 0, 0, new Float64Array(M * N), N, 1, 0);
  const rows = dgemm(...FORMS[0], 7, N, K, 1, A, K, 1, 100 * K, B, N, 1, 0, 0, new Float64Array(7 * N), N, 1, 0);
  assert.deepEqual(rows, whole.slice(100 * N, 107 * N));
});

test("beta = 0 does not read C, and nothing is left of NaN and infinity but where they belong", () => {
  const [M, N, K] = [20, 20, 20];
  const A = draw(M * K),
    B = draw(K * N);
  A[3 * K + 4] = NaN;
  B[2 * N + 5] = Infinity;
  const C = dgemm(...FORMS[0], M, N, K, 1, A, K, 1, 0, B, N, 1, 0, 0, new Float64Array(M * N).fill(NaN), N, 1, 0);
  C.forEach((value, at) => {
    const [i, j] = [Math.floor(at / N), at % N];
    assert.equal(Number.isNaN(value), i === 3, `row ${i}, column ${j}: ${value}`);
    if (i !== 3) assert.equal(Number.isFinite(value), j !== 5);
  });
});

test("the memory that a product takes is bounded, whatever its sizes", () => {
  for (const [M, N, K] of [
    [20000, 400, 1],
    [1, 60000, 200],
    [60000, 1, 200],
    [2, 2, 3_000_000],
  ]) {
    const A = new Float64Array(M * K).fill(1),
      B = new Float64Array(K * N).fill(2);
    const C = dgemm(...FORMS[0], M, N, K, 1, A, K, 1, 0, B, N, 1, 0, 0, new Float64Array(M * N), N, 1, 0);
    assert.ok(C.every((value) => value === 2 * K));
    assert.ok(idleArena()!.bytes < 48 * 2 ** 20, `${M}x${K}x${N}: ${idleArena()?.bytes} bytes`);
  }
});
