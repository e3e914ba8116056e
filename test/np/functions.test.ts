// Past 250 lines because it is one table: a row for each np function and what NumPy is asked.
import test from "node:test";
import assert from "node:assert/strict";
import * as np from "../../lib/src/np/index";
import type { NDArray, Operand } from "../../lib/src/np/index";
import { seeded } from "../seed";
import { arrayOf, below, comparer, exact, filledShape, ownDType, pick, random, randomShape, shapePair } from "./fuzz";
import type { Tolerance } from "./fuzz";

const compare = comparer();

const binary = {
  add: np.add,
  subtract: np.subtract,
  multiply: np.multiply,
  divide: np.divide,
  maximum: np.maximum,
  minimum: np.minimum,
  equal: np.equal,
  not_equal: np.notEqual,
  less: np.less,
  greater: np.greater,
} as unknown as Record<string, (a: Operand, b: Operand, options?: { out: NDArray }) => unknown>;

test(seeded("functions of two operands broadcast as NumPy's"), async () => {
  for (const [name, f] of Object.entries(binary)) {
    for (let i = 0; i < 80; i++) {
      const [first, second] = shapePair();
      const a = arrayOf(first),
        b = below(5) === 0 ? pick(2, -1, 0.5, 0, 1.5) : arrayOf(second);
      await compare(() => f(a, b), `np.${name}(a, b)`, { a, b });
      if (typeof b === "number") await compare(() => f(b, a), `np.${name}(b, a)`, { a, b });
    }
  }
});

test(seeded("out receives the result, in place and over a view, where its dtype can hold it"), async () => {
  for (let i = 0; i < 300; i++) {
    const name = pick(...Object.keys(binary).slice(0, 6));
    const shape = filledShape(1);
    const a = arrayOf(shape, ownDType()),
      b = arrayOf(shape.slice(below(shape.length)), ownDType());
    const out = below(3) === 0 ? arrayOf(shape, ownDType()) : a;
    const reversed = out === a && below(2) === 0 ? np.slice(a, "::-1") : out;
    const python = `${reversed === out ? (out === a ? "out = a" : "") : "out = a[::-1]"}\nnp.${name}(a, b, out=out)\nout`;
    const before = np.copy(out);
    await compare(() => binary[name](a, b, { out: reversed }), python, { a: np.copy(a), b: np.copy(b), out: before });
  }
});

const unary: readonly (readonly [string, (x: NDArray) => unknown, Tolerance])[] = [
  ["np.negative(x)", (x) => np.negative(x), exact],
  ["np.abs(x)", (x) => np.abs(x), exact],
  ["np.square(x * 1) if x.dtype == bool else np.square(x)", (x) => np.square(x), exact],
  ["np.sqrt(x * 1.0)", (x) => np.sqrt(x), exact],
  ["np.exp(x * 1.0)", (x) => np.exp(x), { ulp: 2 }],
  ["np.log(x * 1.0)", (x) => np.log(x), { ulp: 2 }],
  ["np.tanh(x * 1.0)", (x) => np.tanh(x), { ulp: 3 }],
  ["np.round(x) if x.dtype != bool else x", (x) => np.round(x), exact],
  ["np.round(x, 3) if x.dtype != bool else x", (x) => np.round(x, 3), exact],
  ["np.copy(x)", (x) => np.array(x, { dtype: x.dtype === "float32" ? "float64" : x.dtype }), exact],
];

test(seeded("functions of one operand give NumPy's values"), async () => {
  for (const [python, f, tolerance] of unary) {
    for (let i = 0; i < 60; i++) {
      const x = arrayOf(randomShape());
      await compare(() => f(x), python, { x }, tolerance);
    }
  }
});

const reductions = {
  sum: np.sum,
  mean: np.mean,
  max: np.max,
  min: np.min,
  argmax: np.argmax,
  argmin: np.argmin,
} as unknown as Record<string, (x: NDArray, options?: { axis: number | number[]; keepdims?: boolean }) => unknown>;

test(seeded("reductions are NumPy's to the last bit, whole and along any axis, to 1e-12 along two"), async () => {
  for (const [name, f] of Object.entries(reductions)) {
    for (let i = 0; i < 60; i++) {
      const shape =
        below(6) === 0 ? pick([1000], [300, 7], [7, 300], [3, 200, 4], [128], [129], [40, 33]) : filledShape();
      const x = arrayOf(shape);
      await compare(() => f(x), `np.${name}(x)`, { x });
      for (let axis = -x.ndims - 1; axis <= x.ndims; axis++) {
        const keepdims = below(2) === 0;
        await compare(
          () => f(x, { axis, keepdims }),
          `np.${name}(x, axis=${axis}, keepdims=${keepdims ? "True" : "False"})`,
          { x },
        );
      }
      if (x.ndims > 1 && !name.startsWith("arg")) {
        await compare(() => f(x, { axis: [0, -1] }), `np.${name}(x, axis=(0, -1))`, { x }, { relative: 1e-12 });
      }
    }
  }
});

test("reductions of nothing are refused, but for the sum", () => {
  assert.equal(np.sum([]), 0);
  for (const f of [np.mean, np.max, np.min, np.argmax, np.argmin]) assert.throws(() => f([]), RangeError);
});

const products: readonly (readonly [number[], number[]])[] = [
  [[3], [3]],
  [[2, 3], [3]],
  [[3], [3, 4]],
  [
    [2, 3],
    [3, 4],
  ],
  [
    [1, 5],
    [5, 1],
  ],
  [
    [20, 30],
    [30, 10],
  ],
  [
    [2, 3, 4],
    [4, 5],
  ],
  [[2, 3, 4], [4]],
  [[4], [2, 4, 3]],
  [
    [2, 3, 4],
    [5, 4, 6],
  ],
  [
    [3, 0],
    [0, 4],
  ],
  [
    [0, 3],
    [3, 2],
  ],
  [[], [3]],
  [[3], []],
  [
    [2, 3],
    [2, 3],
  ],
  [[3], [4]],
  [
    [2, 2],
    [2, 2, 2],
  ],
];

const ofTerms: Tolerance = { relative: 1e-12, of: "np.dot(np.abs(a * 1.0), np.abs(b * 1.0))" };

test(seeded("dot and outer give NumPy's products to 1e-12 for every pair of shapes and layouts"), async () => {
  for (const [first, second] of products) {
    for (let i = 0; i < 8; i++) {
      const finite = (shape: number[]) => {
        const x = arrayOf(shape);
        for (let k = 0; k < x.data.length; k++) {
          if (!Number.isFinite(x.data[k])) x.data[k] = 1;
        }
        return x;
      };
      const a = finite(first),
        b = finite(second);
      await compare(() => np.dot(a, b), "np.dot(a, b)", { a, b }, ofTerms);
      await compare(() => np.outer(a, b), "np.outer(a, b)", { a, b });
    }
  }
});

test(seeded("reshape, transpose and concatenate arrange as NumPy's"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(randomShape(), ownDType());
    const shape = pick<number[]>([-1], [x.length], [x.length, 1], [2, -1], [-1, 3], [4, 4], [...x.shape].reverse());
    await compare(() => np.reshape(x, shape), `np.reshape(x, ${JSON.stringify(shape)})`, { x });
    await compare(() => np.transpose(x), "np.transpose(x)", { x });
    const axes = [...random.permutation(x.ndims).data];
    await compare(() => np.transpose(x, axes), `np.transpose(x, ${JSON.stringify(axes)})`, { x });
    const axis = below(Math.max(1, x.ndims)) - (below(2) === 0 ? x.ndims : 0);
    const differs = (k: number) => k === (axis + x.ndims) % x.ndims || below(12) === 0;
    const y = arrayOf(
      x.shape.map((n, k) => (differs(k) ? below(4) : n)),
      ownDType(),
    );
    await compare(() => np.concatenate([x, y, x], { axis }), `np.concatenate([x, y, x], axis=${axis})`, { x, y });
  }
});

const sliceText = () => {
  const part = () => (below(2) === 0 ? "" : String(below(13) - 6));
  return `${part()}:${part()}${below(2) === 0 ? "" : `:${pick("", "-1", "2", "-2", "3")}`}`;
};

test(seeded("slices are Python's, views of the same memory, and can be set"), async () => {
  for (let i = 0; i < 400; i++) {
    const x = arrayOf(randomShape(1), ownDType());
    const indices = x.shape
      .slice(below(x.ndims))
      .map((n) => (below(3) === 0 ? below(n + 2) - (below(2) === 0 ? n : 0) : sliceText()));
    await compare(() => np.slice(x, ...indices), `x[${indices.join(", ")}]`, { x });
    const value = pick<Operand>(
      7,
      0.75,
      -2.5,
      true,
      ...(indices.some((index) => typeof index === "string") ? [[1.5]] : []),
    );
    const python = `v = value\nx[${indices.join(", ")}] = np.array(v)\nx`;
    const changed = np.copy(x);
    await compare(
      () => {
        np.set(changed, indices, value);
        return changed;
      },
      python,
      { x, value },
    );
  }
  const x = np.zeros([2, 3]);
  np.set(np.slice(x, ":", 1), [0], 5);
  assert.equal(np.at(x, 0, 1), 5);
  np.set(np.transpose(np.reshape(x, [3, 2])), [1, 2], 4);
  assert.equal(np.at(x, 1, 2), 4);
});

test(seeded("index arrays and masks pick and set as NumPy's"), async () => {
  for (let i = 0; i < 250; i++) {
    const x = arrayOf(filledShape(1), ownDType());
    const places = (axis: number, shape: number[]) => {
      const chosen = np.zeros(shape, { dtype: "int32" });
      for (let k = 0; k < chosen.length; k++)
        chosen.data[k] = below(x.shape[axis]) - (below(3) === 0 ? x.shape[axis] : 0);
      if (below(15) === 0 && chosen.length > 0) chosen.data[0] = x.shape[axis];
      return chosen;
    };
    const i0 = places(0, pick<number[]>([3], [0], [2, 2]));
    await compare(() => np.at(x, i0), "x[i0]", { x, i0 });
    const axis = below(x.ndims);
    const taken = places(axis, pick<number[]>([3], [], [2, 2]));
    await compare(() => np.take(x, taken, { axis }), `np.take(x, i, axis=${axis})`, { x, i: taken });
    await compare(() => np.take(x, i0), "np.take(x, i0)", { x, i0 });
    await compare(() => np.take(5, [0, -1], { axis: -1 }), "np.take(5.0, [0, -1], axis=-1)", {});
    const shape = [...x.shape.slice(0, axis), ...taken.shape, ...x.shape.slice(axis + 1)];
    const out = below(2) === 0 ? np.zeros(shape, { dtype: x.dtype }) : np.zeros([...shape].reverse()).T;
    await compare(() => np.take(x, taken, { axis, out }), `np.take(x, i, axis=${axis}).astype(out.dtype)`, {
      x,
      i: taken,
      out,
    });
    const mask = np.greater(arrayOf(x.shape, "float64"), 0);
    await compare(() => np.at(x, mask), "x[m]", { x, m: mask });
    const changed = np.copy(x),
      rows = np.copy(x);
    await compare(
      () => {
        np.set(changed, [mask], 0);
        return changed;
      },
      "x[m] = 0\nx",
      { x, m: mask },
    );
    const one = places(0, [3]);
    await compare(
      () => {
        np.set(rows, [one], 0.75);
        return rows;
      },
      "x[i] = 0.75\nx",
      { x, i: one },
    );
    if (x.ndims < 2) continue;
    const i1 = places(1, pick<number[]>([3], [1], [2, 1, 3]));
    await compare(() => np.at(x, one, i1), "x[i, j]", { x, i: one, j: i1 });
    await compare(() => np.at(x, one, 0), "x[i, 0]", { x, i: one });
    const pairs = np.copy(x);
    await compare(
      () => {
        np.set(pairs, [one, i1], 2);
        return pairs;
      },
      "x[i, j] = 2\nx",
      { x, i: one, j: i1 },
    );
  }
});

test(seeded("where and allclose choose and judge as NumPy's"), async () => {
  for (let i = 0; i < 150; i++) {
    const [first, second] = shapePair();
    const a = arrayOf(first),
      b = below(3) === 0 ? pick(0, 1.5) : arrayOf(second);
    const condition = np.greater(arrayOf(second, "float64"), 0);
    await compare(() => np.where(condition, a, b), "np.where(c, a, b)", { c: condition, a, b });
    const near = np.add(np.array(a, { dtype: "float64" }), pick(0, 1e-9, 1e-6, 1e-3));
    const equalNan = below(2) === 0;
    const python = `bool(np.allclose(n, a, equal_nan=${equalNan ? "True" : "False"}))`;
    await compare(() => np.allclose(near, a, { equalNan }), python, { n: near, a });
  }
});

const makers: readonly (readonly [string, () => unknown])[] = [
  ["np.zeros((2, 3))", () => np.zeros([2, 3])],
  ["np.ones(3, dtype=int)", () => np.ones(3, { dtype: "int32" })],
  ["np.full((2, 2), 0.5)", () => np.full([2, 2], 0.5)],
  ["np.full(2, 1.7, dtype=int)", () => np.full(2, 1.7, { dtype: "int32" })],
  ["np.zeros_like(np.arange(3))", () => np.zerosLike(np.arange(3))],
  ["np.ones_like(np.zeros((2, 0)))", () => np.onesLike(np.zeros([2, 0]))],
  ["np.arange(5)", () => np.arange(5)],
  ["np.arange(2, 10, 3)", () => np.arange(2, 10, 3)],
  ["np.arange(10, 2, -3)", () => np.arange(10, 2, -3)],
  ["np.arange(-1, 1, 0.1)", () => np.arange(-1, 1, 0.1)],
  ["np.arange(0.0, 20.0, 0.1)", () => np.arange(0, 20, 0.1)],
  ["np.arange(3, 0)", () => np.arange(3, 0)],
  ["np.arange(-2.0, 2.5, 0.25)", () => np.arange(-2, 2.5, 0.25)],
  ["np.arange(3.0)", () => np.arange(3, { dtype: "float64" })],
  ["np.arange(1, 3.0)", () => np.arange(1, 3, { dtype: "float64" })],
  ["np.arange(3).astype(float)", () => np.arange(0, 3, 1, { dtype: "float64" })],
  ["np.linspace(0, 1, 7)", () => np.linspace(0, 1, 7)],
  ["np.linspace(-5, 5, 50)", () => np.linspace(-5, 5)],
  ["np.linspace(3, 3, 4)", () => np.linspace(3, 3, 4)],
  ["np.linspace(0, 1, 7, endpoint=False)", () => np.linspace(0, 1, 7, { endpoint: false })],
  ["np.linspace(2, 3, 1)", () => np.linspace(2, 3, 1)],
  ["np.linspace(2, 3, 0)", () => np.linspace(2, 3, 0)],
  [
    "np.array([[1.0, 2], [3, 4]])",
    () =>
      np.array([
        [1, 2],
        [3, 4],
      ]),
  ],
  ["np.array([True, False])", () => np.array([true, false])],
  ["np.array([])", () => np.array([])],
  ["np.array(5.0)", () => np.array(5)],
  ["np.array([[], []])", () => np.array([[], []])],
  ["np.array([np.arange(3), np.arange(3)])", () => np.array([np.arange(3), np.arange(3)])],
  ["np.array([1.9, -1.9]).astype(int)", () => np.array([1.9, -1.9], { dtype: "int32" })],
];

test("arrays are made with NumPy's values and dtypes", async () => {
  for (const [python, make] of makers) await compare(make, python, {});
});
