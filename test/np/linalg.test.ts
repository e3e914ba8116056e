import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { seeded } from "../seed";
import { arrayOf, below, comparer, pick, filledShape } from "./fuzz";
import type { Tolerance } from "./fuzz";

const compare = comparer();
const close: Tolerance = { relative: 1e-12 };
const sums: Tolerance = { relative: 1e-12, of: "np.convolve(np.abs(a * 1.0), np.abs(v * 1.0))" };
const products: Tolerance = { relative: 1e-12, of: "np.matmul(np.abs(a * 1.0), np.abs(b * 1.0))" };

function finite(shape: number[]): NDArray {
  const x = arrayOf(shape);
  for (let k = 0; k < x.data.length; k++) if (!Number.isFinite(x.data[k])) x.data[k] = 1;
  return x;
}

const pairs: readonly (readonly [number[], number[]])[] = [
  [[3], [3]],
  [[2, 3], [3]],
  [[3], [3, 4]],
  [
    [2, 3],
    [3, 4],
  ],
  [
    [20, 30],
    [30, 10],
  ],
  [
    [5, 2, 3],
    [3, 4],
  ],
  [
    [5, 2, 3],
    [5, 3, 4],
  ],
  [
    [5, 1, 2, 3],
    [4, 3, 2],
  ],
  [[2, 3, 4], [4]],
  [[4], [2, 4, 3]],
  [
    [3, 0],
    [0, 4],
  ],
  [
    [0, 3],
    [3, 2],
  ],
  [[], [3]],
  [
    [2, 3],
    [2, 3],
  ],
  [
    [2, 2, 3],
    [3, 3, 2],
  ],
];

test(seeded("matmul multiplies matrices, broadcast over the axes before the last two"), async () => {
  for (const [first, second] of pairs) {
    for (let i = 0; i < 8; i++) {
      const a = finite(first),
        b = finite(second);
      await compare(() => np.matmul(a, b), "np.matmul(a, b)", { a, b }, products);
    }
  }
});

test(seeded("norm is NumPy's for vectors and matrices"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = finite(filledShape(1));
    const ord = pick<number | undefined>(undefined, undefined, 0, 1, 2, 3, -1, -2, 0.5, Infinity, -Infinity);
    const text = ord === undefined ? "None" : String(ord).replace("Infinity", "np.inf");
    const keepdims = below(2) === 0;
    for (let axis = -x.ndims - 1; axis <= x.ndims; axis++) {
      const python = `np.linalg.norm(x, ${text}, axis=${axis}, keepdims=${keepdims ? "True" : "False"})`;
      await compare(() => np.linalg.norm(x, { ord, axis, keepdims }), python, { x }, close);
    }
    await compare(() => np.linalg.norm(x), "np.linalg.norm(x)", { x }, close);
    if (x.ndims === 1) await compare(() => np.linalg.norm(x, { ord }), `np.linalg.norm(x, ${text})`, { x }, close);
    if (x.ndims < 2) continue;
    const order = pick<number | "fro">("fro", 1, -1, Infinity, -Infinity);
    const named = order === "fro" ? '"fro"' : String(order).replace("Infinity", "np.inf");
    for (const axis of [
      [0, 1],
      [-1, 0],
      [1, 1],
    ]) {
      const python = `np.linalg.norm(x, ${named}, axis=(${axis.join(", ")}), keepdims=${keepdims ? "True" : "False"})`;
      await compare(() => np.linalg.norm(x, { ord: order, axis, keepdims }), python, { x }, close);
    }
    if (x.ndims === 2)
      await compare(() => np.linalg.norm(x, { ord: order }), `np.linalg.norm(x, ${named})`, { x }, close);
  }
});

test(seeded("convolve has NumPy's three modes"), async () => {
  for (let i = 0; i < 100; i++) {
    const a = finite(below(9) === 0 ? [] : [below(9)]),
      v = finite(below(9) === 0 ? [] : [below(5)]);
    if (a.dtype === "bool" && v.dtype === "bool") continue;
    for (const mode of ["full", "same", "valid"]) {
      await compare(() => np.convolve(a, v, mode), `np.convolve(a, v, "${mode}")`, { a, v }, sums);
    }
  }
});
