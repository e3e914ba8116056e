import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray, Operand } from "../../lib/src/np";
import { seeded } from "../seed";
import { arrayOf, below, comparer, filledShape, ownDType, pick, random, randomShape } from "./fuzz";

// NumPy's rules for dtypes, shapes and options at their edges.

const compare = comparer();

test(seeded("a product by a single value has the dtype that multiply gives"), async () => {
  for (let i = 0; i < 150; i++) {
    // finite numbers: BLAS leaves out a product by 0, which would be nan
    const x = np.array(random.randint(-9, 9, below(4)), { dtype: ownDType() }),
      value = pick<number | boolean>(2, -3, 0.5, true, false);
    for (const name of ["dot", "outer"] as const) {
      const f = np[name] as (a: Operand, b: Operand) => unknown;
      await compare(() => f(x, value), `np.${name}(x, v)`, { x, v: value });
      await compare(() => f(value, x), `np.${name}(v, x)`, { x, v: value });
    }
    const other = pick<number | boolean>(2, 0.5, true);
    await compare(() => np.dot(value, other), "np.array(np.dot(v, w))", { v: value, w: other });
    await compare(() => np.outer(value, other), "np.outer(v, w)", { v: value, w: other });
  }
});

test(seeded("round takes any number of decimals"), async () => {
  for (let i = 0; i < 200; i++) {
    const x = pick(
      () => arrayOf(randomShape(), "float64"),
      () => arrayOf(randomShape(), "int32"),
    )();
    const decimals = pick(below(12) - 6, below(60) - 30, 300, 308, 309, -308, -400);
    // beyond, NumPy's integers are what its processor makes of nan
    if (x.dtype === "int32" && decimals < -308) continue;
    await compare(() => np.round(x, decimals), `np.round(x, ${decimals})`, { x });
  }
});

test(seeded("out may be larger than the result, which is broadcast over it, and no integer is -0"), async () => {
  for (let i = 0; i < 200; i++) {
    const whole = filledShape(1);
    const part = () => whole.slice(below(whole.length + 1)).map((length) => (below(3) === 0 ? 1 : length));
    const a = arrayOf(part(), ownDType()),
      b = arrayOf(part(), ownDType());
    const out = np.zeros(below(8) === 0 ? [...whole, 2] : whole, { dtype: ownDType() });
    const name = pick("add", "multiply", "maximum", "less");
    const f = np[name as "add"] as (a: Operand, b: Operand, options: { out: NDArray }) => unknown;
    await compare(() => f(a, b, { out }), `np.${name}(a, b, out=out)\nout`, { a, b, out: np.copy(out) });
    const negated = np.zeros(whole);
    const python = "np.negative(a, out=out)\nout";
    await compare(() => np.negative(a, { out: negated }), python, { a, out: np.zeros(whole) });
  }
  assert.ok(Object.is(np.prod(np.array([-1, 0], { dtype: "int32" })), 0));
});

test(seeded("arrays without elements are reshaped, reduced and taken from where NumPy does it"), async () => {
  for (let i = 0; i < 200; i++) {
    const x = np.zeros(pick([0], [0, 3], [2, 0], [0, 0], [2, 0, 3]), { dtype: ownDType() });
    const shape = pick([2, 0, -1], [0, -1], [-1], [-1, 3], [0], [3, 0], [0, 0, 5], [1]);
    await compare(() => np.reshape(x, shape), `np.reshape(x, ${JSON.stringify(shape)})`, { x });
    const axis = below(x.ndims);
    for (const name of ["sum", "max", "min", "argmax", "any", "prod"] as const) {
      const f = np[name] as unknown as (x: NDArray, options: { axis: number }) => unknown;
      await compare(() => f(x, { axis }), `np.${name}(x, axis=${axis})`, { x });
    }
    const places = np.array(pick<number[]>([0], [2], [], [-1]), { dtype: "int32" });
    await compare(() => np.take(x, places, { axis }), `np.take(x, i, axis=${axis})`, { x, i: places });
    await compare(() => np.at(x, places), "x[i]", { x, i: places });
  }
});

test(seeded("lists of one element are written where NumPy writes them"), async () => {
  const values = () =>
    pick<() => unknown>(
      () => 5,
      () => [5],
      () => [[5]],
      () => np.array([5]),
      () => np.array([[5]]),
    )();
  for (let i = 0; i < 150; i++) {
    // NumPy's bool arrays take a list for its truth
    const x = np.zeros(pick([], [3], [2, 3]), { dtype: pick<np.DType>("float64", "int32") });
    const value = values();
    const indices = x.shape.slice(below(x.ndims + 1)).map(() => pick<number | string | number[]>(0, ":", [0]));
    const inside = indices.map((index) => (typeof index === "object" ? "[0]" : String(index))).join(", ");
    const changed = np.copy(x);
    await compare(
      () => {
        np.set(changed, indices, value as Operand);
        return changed;
      },
      `x[${inside === "" ? "()" : `${inside},`}] = value\nx`,
      { x, value },
    );
  }
});

test(seeded("arange of tiny and huge steps has NumPy's length"), async () => {
  const value = () => pick(0, 1, -1, 0.5, 2.2e-16, 1e-300, 1.8e308, random.randn(), below(20));
  for (let i = 0; i < 150; i++) {
    const [start, stop, step] = [value(), value(), pick(1, -1, 0.5, 1.7e308, 2 ** 40, 0.1)];
    if (Math.abs(stop - start) / Math.abs(step) > 1000) continue;
    const float = { dtype: "float64" } as const;
    await compare(() => np.arange(start, stop, step, float), "np.arange(a, b, c, dtype=float)", {
      a: start,
      b: stop,
      c: step,
    });
  }
});

test("an option that is undefined is one that is left out", () => {
  assert.equal(np.allclose([1], [1 + 1e-9], { rtol: undefined, atol: undefined, equalNan: undefined }), true);
  assert.equal(np.repr(np.argmax([1, 3, 2], { axis: undefined })), "array(1)");
  assert.equal(np.repr(np.argmax([[1, 3, 2]], { keepdims: true })), "array([[1]])");
  assert.equal(np.repr(np.sum([1, 2], { axis: undefined, keepdims: undefined })), "array(3.)");
  assert.equal(np.repr(np.zeros(2, { dtype: undefined })), "array([0., 0.])");
  assert.equal(np.repr(np.linspace(0, 1, 3, { endpoint: undefined })), "array([0. , 0.5, 1. ])");
  assert.equal(np.repr(np.concatenate([[1], [2]], { axis: undefined })), "array([1., 2.])");
  assert.equal(np.array2string([1, 2], { precision: undefined, separator: undefined }), "[1. 2.]");
});

test("print options that were handed out do not change those in force", () => {
  const options = np.getPrintOptions() as { precision: number };
  try {
    options.precision = 2;
  } catch {
    // frozen is fine too
  }
  assert.equal(np.getPrintOptions().precision, 8);
});
