import test from "node:test";
import assert from "node:assert/strict";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { seeded } from "../seed";
import { arrayOf, below, comparer, exact, ownDType, pick, random, randomShape } from "./fuzz";

const compare = comparer();
const py = (value: unknown): string =>
  JSON.stringify(value).replaceAll("true", "True").replaceAll("false", "False").replaceAll("null", "None");

test(seeded("stack, vstack and hstack join as NumPy's"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(randomShape(), ownDType());
    const y = arrayOf(
      x.shape.map((n) => (below(8) === 0 ? below(4) : n)),
      ownDType(),
    );
    const axis = below(2 * x.ndims + 4) - x.ndims - 2;
    await compare(() => np.stack([x, y, x], { axis }), `np.stack([x, y, x], axis=${axis})`, { x, y });
    await compare(() => np.vstack([x, y]), "np.vstack([x, y])", { x, y });
    await compare(() => np.hstack([x, y, x]), "np.hstack([x, y, x])", { x, y });
    await compare(() => np.concatenate([x, y], { axis: 0 }), "np.concatenate([x, y])", { x, y });
  }
});

test(seeded("split cuts into views where NumPy does"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(randomShape(1), ownDType());
    const axis = below(x.ndims + 1) - (below(2) === 0 ? 1 : 0);
    const sections = pick<number | number[]>(1, 2, 3, [2], [1, 3], [-1], [0, 9], [3, 1]);
    const python = `np.split(x, ${py(sections)}, axis=${axis})`;
    await compare(() => np.split(x, sections, { axis }).length, `len(${python})`, { x });
    const count = typeof sections === "number" ? sections : sections.length + 1;
    for (let k = 0; k < count; k++) {
      await compare(() => np.split(x, sections, { axis })[k], `${python}[${k}]`, { x });
    }
  }
  const x = np.zeros([4, 2]);
  np.set(np.split(x, 2)[1], [":"], 1);
  assert.deepEqual([...x.data], [0, 0, 0, 0, 1, 1, 1, 1]);
});

test(seeded("repeat, tile and pad give NumPy's arrays"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(randomShape(), ownDType());
    const axis = below(x.ndims + 2) - 1;
    const repeats = pick<number | number[]>(
      0,
      1,
      3,
      [2],
      Array.from({ length: x.shape[axis] ?? 2 }, () => below(3)),
    );
    await compare(() => np.repeat(x, repeats), `np.repeat(x, ${py(repeats)})`, { x });
    await compare(() => np.repeat(x, repeats, { axis }), `np.repeat(x, ${py(repeats)}, axis=${axis})`, { x });
    const reps = pick<number | number[]>(0, 2, [2, 1], [1, 3, 2], [], [2, 1, 1, 2]);
    await compare(() => np.tile(x, reps), `np.tile(x, ${py(reps)})`, { x });
    const width = pick<number | number[] | number[][]>(
      0,
      2,
      [1, 2],
      [[2]],
      x.shape.map(() => [below(3), below(3)]),
    );
    await compare(() => np.pad(x, width), `np.pad(x, ${py(width)})`, { x });
    for (const mode of ["edge", "reflect", "symmetric", "wrap"] as const) {
      const far = x.shape.map(() => [below(9), below(9)]);
      await compare(() => np.pad(x, far, mode), `np.pad(x, ${py(far)}, "${mode}")`, { x });
    }
    const constantValues = pick<number | number[] | number[][]>(
      3,
      [1, 2],
      x.shape.map(() => [below(3), below(3)]),
    );
    if (x.ndims > 0 && x.dtype !== "bool") {
      const python = `np.pad(x, ${py(width)}, constant_values=${py(constantValues)})`;
      await compare(() => np.pad(x, width, "constant", { constantValues }), python, { x });
    }
  }
});

test(seeded("expandDims, squeeze, flatten and ravel change nothing but the shape"), async () => {
  for (let i = 0; i < 150; i++) {
    const x = arrayOf(
      randomShape().map((n) => (below(2) === 0 ? 1 : n)),
      ownDType(),
    );
    const axis = pick<number | number[]>(below(7) - 3, [0, -1], [1, 0], [0, 0]);
    await compare(() => np.expandDims(x, { axis }), `np.expand_dims(x, axis=${tuple(axis)})`, { x });
    await compare(() => np.squeeze(x), "np.squeeze(x)", { x });
    await compare(() => np.squeeze(x, { axis }), `np.squeeze(x, axis=${tuple(axis)})`, { x });
    await compare(() => np.flatten(x), "x.flatten()", { x });
    await compare(() => np.ravel(x), "np.ravel(x)", { x });
  }
  const x = np.arange(4);
  assert.equal(np.ravel(x).data, x.data);
  assert.notEqual(np.flatten(x).data, x.data);
  assert.equal(np.expandDims(x, { axis: 0 }).data, x.data);
});

const tuple = (axis: number | readonly number[]) => (typeof axis === "number" ? axis : `(${axis.join(",")},)`);

test(seeded("meshgrid gives a plane's and a matrix's coordinates"), async () => {
  for (let i = 0; i < 60; i++) {
    const lines = Array.from({ length: 1 + below(3) }, () => arrayOf([below(5)], ownDType()));
    const [x, y = null, z = null] = lines;
    const given = ["x", "y", "z"].slice(0, lines.length).join(", ");
    for (const indexing of ["xy", "ij"] as const) {
      for (const k of lines.keys()) {
        const grids = () => (np.meshgrid as (...all: unknown[]) => readonly NDArray[])(...lines, { indexing });
        await compare(() => grids()[k], `np.meshgrid(${given}, indexing="${indexing}")[${k}]`, { x, y, z });
      }
    }
  }
  assert.equal(np.meshgrid([1, 2], [3, 4, 5])[0].shape.join(), "3,2");
});

test(seeded("arrays are made as NumPy makes them"), async () => {
  for (let i = 0; i < 100; i++) {
    const [n, m, k] = [below(5), below(5), below(9) - 4];
    const dtype = ownDType();
    const named = `np.${dtype === "bool" ? "bool_" : dtype === "int32" ? "int64" : dtype}`;
    await compare(() => np.eye(n, m, { k, dtype }), `np.eye(${n}, ${m}, ${k}, ${named})`, {});
    await compare(() => np.eye(n, { k }), `np.eye(${n}, k=${k})`, {});
    await compare(() => np.identity(n, { dtype }), `np.identity(${n}, ${named})`, {});
    const x = arrayOf(randomShape(), dtype === "bool" ? "float64" : dtype);
    await compare(() => np.diag(x, { k }), `np.diag(x, ${k})`, { x });
    await compare(() => np.trace(x, { k }), `np.trace(x, ${k})`, { x });
    await compare(
      () => np.trace(x, { axis1: -1, axis2: 0 }),
      "np.trace(x, axis1=-1, axis2=0)",
      { x },
      { relative: 1e-12 },
    );
    await compare(() => np.fullLike(x, 7), "np.full_like(x, 7)", { x });
    await compare(() => np.onesLike(x, { dtype: "bool" }), "np.ones_like(x, dtype=bool)", { x });
    await compare(() => np.shape(np.emptyLike(x)).length, "np.empty_like(x).ndim", { x });
    const values = arrayOf(x.shape.slice(below(x.ndims + 1)), "float64");
    await compare(() => np.full(x.shape, values), `np.full(${py(x.shape)}, values)`, { values });
    const [low, high, num] = [random.randn(), random.randn() * 3, below(7)];
    const options = { endpoint: below(2) === 0, base: pick(10, 2, 2.5) };
    const python = `np.logspace(low, high, ${num}, endpoint=${py(options.endpoint)}, base=${options.base})`;
    await compare(() => np.logspace(low, high, num, options), python, { low, high }, { ulp: 2 });
    const whole = arrayOf(randomShape(), "int32");
    await compare(() => np.astype(whole, "bool"), "whole.astype(bool)", { whole });
    await compare(() => np.astype(np.multiply(whole, 0.3), "int32"), "(whole * 0.3).astype(int)", { whole });
  }
});

test(seeded("isclose and arrayEqual look at values and shapes"), async () => {
  for (let i = 0; i < 150; i++) {
    const a = arrayOf(randomShape()),
      equalNan = below(2) === 0;
    const b = below(2) === 0 ? np.copy(a) : np.add(a, pick(0, 1e-9, 1e-3));
    const named = `equal_nan=${py(equalNan)}`;
    await compare(() => np.arrayEqual(a, b, { equalNan }), `np.array_equal(a, b, ${named})`, { a, b });
    await compare(() => np.isclose(a, b, { equalNan }), `np.isclose(a, b, ${named})`, { a, b }, exact);
    await compare(() => np.isclose(a, b, { rtol: 0, atol: 1e-2 }), "np.isclose(a, b, 0, 1e-2)", { a, b });
  }
});
