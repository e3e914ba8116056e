import test from "node:test";
import assert from "node:assert/strict";
import * as np from "../../lib/src/np";
import * as blas from "../../lib/src/np/blas";
import type { Doubles } from "../../lib/src/np/blas";
import { seeded } from "../seed";
import { arrayOf, below, comparer, pick } from "./fuzz";

const compare = comparer();
/** Plain, reversed, stepped and transposed arrays of whole numbers, whose sums are exact in any order. */
function doubles(...shape: number[]): Doubles {
  const x = arrayOf(shape, "float64") as Doubles;
  for (let k = 0; k < x.data.length; k++) x.data[k] = below(19) - 9;
  return x;
}

const factor = () => pick(0, 1, -1, 0.5, 3);

test(seeded("routines of vectors give NumPy's values, over views too"), async () => {
  for (let i = 0; i < 150; i++) {
    const n = pick(0, 1, 2, 5, 9, 40);
    const x = doubles(n),
      y = doubles(n),
      alpha = factor();
    await compare(() => blas.ddot(x, y), "np.dot(x, y)", { x, y });
    await compare(() => blas.dnrm2(x), "np.linalg.norm(x)", { x });
    await compare(() => blas.dasum(x), "np.sum(np.abs(x))", { x });
    await compare(() => blas.idamax(x), "int(np.argmax(np.abs(x))) if x.size else -1", { x });
    const before = np.copy(y);
    await compare(() => blas.daxpy(alpha, x, y), "alpha * x + y", { alpha, x, y: before });
    assert.equal(blas.dcopy(x, y), y);
    await compare(() => y, "x", { x });
    await compare(() => blas.dscal(alpha, y), "alpha * x", { alpha, x });
  }
});

test(seeded("daxpy takes arrays of any equal shapes and strides"), async () => {
  for (let i = 0; i < 150; i++) {
    const shape = pick([], [3], [0, 2], [2, 3], [4, 1], [2, 3, 4], [1, 1, 5]);
    const x = doubles(...shape),
      y = doubles(...shape),
      alpha = factor();
    const before = np.copy(y);
    await compare(() => blas.daxpy(alpha, x, y), "alpha * x + y", { alpha, x, y: before });
  }
});

test("daxpy has the same bits for a whole array, for its transpose and row by row, and leaves y alone if alpha is 0", () => {
  const x = np.array([
      [0.1, 0.2, 0.3],
      [1 / 3, 1e-17, NaN],
    ]),
    start = np.array([
      [0.7, -0.1, 1e16],
      [1, 1, 1],
    ]);
  // 0.7 + 3 * 0.1 and so on, each product and each sum rounded once
  const wanted = [0.7 + 3 * 0.1, -0.1 + 3 * 0.2, 1e16 + 3 * 0.3, 1 + 3 * (1 / 3), 1 + 3 * 1e-17, NaN];
  const [whole, turned, rows] = [np.copy(start), np.copy(start), np.copy(start)];
  assert.equal(blas.daxpy(3, x, whole), whole);
  blas.daxpy(3, np.transpose(x), np.transpose(turned));
  for (const i of [0, 1]) blas.daxpy(3, np.slice(x, i), np.slice(rows, i));
  for (const y of [whole, turned, rows]) assert.deepEqual([...y.data], wanted);
  for (const y of [np.copy(start), np.transpose(np.copy(np.transpose(start)))]) {
    blas.daxpy(0, x, y);
    assert.deepEqual(y.tolist(), start.tolist());
  }
});

test(seeded("dgemv and dger multiply matrices and vectors of any strides"), async () => {
  for (let i = 0; i < 150; i++) {
    const [m, n] = below(15) === 0 ? [100, 150] : [pick(0, 1, 2, 5, 9), pick(0, 1, 3, 7)];
    const A = doubles(m, n),
      [alpha, beta] = [factor(), factor()];
    const trans = pick<blas.Transpose>("no-transpose", "transpose");
    const [columns, rows] = trans === "transpose" ? [m, n] : [n, m];
    const x = doubles(columns),
      y = doubles(rows);
    const inputs = { alpha, beta, A: np.copy(A), x, y: np.copy(y) };
    const python = `alpha * (A${trans === "transpose" ? ".T" : ""} @ x) + beta * y`;
    await compare(() => blas.dgemv(trans, alpha, A, x, beta, y), python, inputs);
    const [left, right] = [doubles(m), doubles(n)];
    const outer = "alpha * np.outer(left, right) + A";
    await compare(() => blas.dger(alpha, left, right, A), outer, { alpha, left, right, A: np.copy(A) });
  }
});

test(seeded("dgemm multiplies matrices of any strides"), async () => {
  for (let i = 0; i < 150; i++) {
    const [m, n, k] = [pick(0, 1, 4, 30), pick(1, 3, 20), pick(0, 1, 5, 25)];
    const [transA, transB] = [
      pick<blas.Transpose>("no-transpose", "transpose"),
      pick<blas.Transpose>("no-transpose", "transpose"),
    ];
    const A = transA === "transpose" ? doubles(k, m) : doubles(m, k),
      B = transB === "transpose" ? doubles(n, k) : doubles(k, n),
      C = doubles(m, n);
    const [alpha, beta] = [factor(), factor()];
    const op = (name: string, trans: string) => (trans === "transpose" ? `${name}.T` : name);
    const python = `alpha * (${op("A", transA)} @ ${op("B", transB)}) + beta * C`;
    const inputs = { alpha, beta, A, B, C: np.copy(C) };
    await compare(() => blas.dgemm(transA, transB, alpha, A, B, beta, C), python, inputs);
  }
});

test("an operand that shares memory with the result is read as it was", () => {
  const x = np.array([1, 2, 3, 4]);
  blas.daxpy(1, np.slice(x, ":-1"), np.slice(x, "1:"));
  assert.deepEqual([...x.data], [1, 3, 5, 7]);
  const M = np.array([
    [1, 2],
    [3, 4],
  ]);
  blas.daxpy(1, np.transpose(M), M);
  assert.deepEqual([...M.data], [2, 5, 5, 8]);
  blas.daxpy(1, M, np.transpose(M));
  assert.deepEqual([...M.data], [4, 10, 10, 16]);
  blas.dcopy(np.slice(x, "::-1"), x);
  assert.deepEqual([...x.data], [7, 5, 3, 1]);
  const A = np.array([
    [1, 2],
    [3, 4],
  ]);
  blas.dgemm("no-transpose", "no-transpose", 1, A, A, 0, A);
  assert.deepEqual([...A.data], [7, 10, 15, 22]);
  blas.dgemv("no-transpose", 1, A, np.slice(A, 0), 0, np.slice(A, 0));
  assert.deepEqual([...A.data], [149, 325, 15, 22]);
});

test("with a beta of 0 what stood in the result is not read", () => {
  const nan = np.full(2, NaN);
  assert.deepEqual([...blas.dgemv("no-transpose", 1, np.ones([2, 2]), np.ones(2), 0, nan).data], [2, 2]);
  const empty = blas.dgemv("no-transpose", 1, np.zeros([2, 0]), np.zeros(0), 0, np.full(2, NaN));
  assert.deepEqual([...empty.data], [0, 0]);
  const C = np.full([2, 2], NaN);
  const ones = np.ones([2, 2]);
  assert.deepEqual([...blas.dgemm("no-transpose", "no-transpose", 1, ones, ones, 0, C).data], [2, 2, 2, 2]);
});
