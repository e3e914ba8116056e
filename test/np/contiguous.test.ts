import assert from "node:assert/strict";
import test from "node:test";
import { sigmoid, softmax } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { RandomState } from "../../lib/src/random/index";
import { openNumpy } from "../numpy";
import type { NumpyArray } from "../numpy";
import { seed, seeded } from "../seed";

// Arrays in row-major order take loops without strides. Each result is compared, to the bit, with that of the loops
// with strides on the same values, which the other tests compare with NumPy.

const random = new RandomState(seed);
const numpy = openNumpy();
test.after(() => numpy.close());

const sizes = [0, 1, 3, 31, 32, 33, 63, 64, 65, 511, 513, 5000];
const special = [0, -0, 1, -1, NaN, Infinity, -Infinity, 1e-310, 0.1];

/** Values of which many are special. */
function values(shape: readonly number[]): NDArray<"float64"> {
  const x = np.zeros(shape);
  for (let i = 0; i < x.length; i++) x.data[i] = random.randint(3) === 0 ? special[random.randint(9)] : random.randn();
  return x;
}

/** The same values, two elements apart in memory and not from the first one on: no loop without strides takes them. */
function scattered(x: NDArray<"float64">): NDArray<"float64"> {
  const shape = np.shape(x);
  const wide = np.full([...shape.slice(0, -1), 2 * (shape.at(-1) ?? 0)], 7);
  x.data.forEach((value, i) => {
    wide.data[2 * i + 1] = value;
  });
  return np.slice(wide, ...shape.slice(1).map(() => ":"), "1::2") as NDArray<"float64">;
}

/** The same values from the third element of a larger buffer on. */
function shifted(x: NDArray<"float64">): NDArray<"float64"> {
  return np.reshape(np.slice(np.concatenate([[7, 7], np.reshape(x, -1)]), "2:"), np.shape(x)) as NDArray<"float64">;
}

/** All nan counts as one value: its payload is not specified. */
function assertSame(actual: NDArray, expected: NDArray | NumpyArray, title: string): void {
  assert.deepEqual([...actual.shape], [...expected.shape], title);
  const values = np.copy(actual).data,
    wanted = "strides" in expected ? np.copy(expected).data : expected.data;
  for (let i = 0; i < values.length; i++)
    if (!Object.is(values[i], wanted[i])) assert.fail(`${title}: [${i}] is ${values[i]}, not ${wanted[i]}`);
}

const binary = ["add", "subtract", "multiply", "divide", "maximum", "minimum"] as const;
const comparisons = ["equal", "notEqual", "less", "lessEqual", "greater", "greaterEqual"] as const;
const unary = ["exp", "log", "tanh", "sqrt", "negative", "abs", "isnan", "floor"] as const;

for (const name of [...binary, ...comparisons]) {
  test(seeded(`${name} of contiguous arrays, single values and rows has the bits of the loop with strides`), () => {
    for (const n of sizes) {
      const a = values([n]),
        b = values([n]),
        f = np[name];
      const expected = f(scattered(a), scattered(b));
      assertSame(f(a, b), expected, `${name} of ${n}`);
      assertSame(f(shifted(a), shifted(b)), expected, `${name} of ${n} in larger buffers`);
      for (const single of [...special, 2.5]) {
        const all = np.full(n, single);
        assertSame(f(a, single), f(scattered(a), scattered(all)), `${name} of ${n} and ${single}`);
        assertSame(f(single, a), f(scattered(all), scattered(a)), `${name} of ${single} and ${n}`);
        assertSame(f(a, [single]), f(scattered(a), scattered(all)), `${name} of ${n} and [${single}]`);
      }
      for (const rows of [1, 4]) {
        const x = values([rows, n]),
          columns = values([rows, 1]);
        assertSame(f(x, b), f(scattered(x), scattered(b)), `${name} of (${rows},${n}) and (${n},)`);
        assertSame(f(b, x), f(scattered(b), scattered(x)), `${name} of (${n},) and (${rows},${n})`);
        assertSame(f(x, columns), f(scattered(x), columns), `${name} of (${rows},${n}) and (${rows},1)`);
      }
    }
  });
}

for (const name of binary) {
  test(seeded(`${name} with out writes the same, also over an operand and over a part of one`), () => {
    for (const n of sizes) {
      const a = values([n]),
        b = values([n]),
        f = np[name];
      const expected = f(scattered(a), scattered(b));
      const out = np.full(n, 7);
      assert.equal(f(a, b, { out }), out);
      assertSame(out, expected, `${name} into another array`);
      for (const over of [0, 1]) {
        const operands = [np.copy(a), np.copy(b)];
        f(operands[0], operands[1], { out: operands[over] });
        assertSame(operands[over], expected, `${name} over operand ${over}`);
      }
      // one element further in the same buffer: each element would be overwritten before it is read
      const buffer = np.concatenate([a, [7]]) as NDArray<"float64">;
      f(np.slice(buffer, ":-1") as NDArray, b, { out: np.slice(buffer, "1:") as NDArray });
      assertSame(np.slice(buffer, "1:") as NDArray, expected, `${name} over a part of an operand`);
      if (n === 0) continue;
      const scalar = np.copy(a);
      f(scalar, np.slice(scalar, ":1") as NDArray, { out: scalar });
      assertSame(scalar, f(scattered(a), np.at(a, 0) as number), `${name} with the first element of out`);
    }
  });
}

for (const name of unary) {
  test(seeded(`${name} of a contiguous array has the bits of the loop with strides`), () => {
    for (const n of sizes) {
      const a = values([n]);
      const expected = np[name](scattered(a));
      assertSame(np[name](a), expected, `${name} of ${n}`);
      assertSame(np[name](shifted(a)), expected, `${name} of ${n} in a larger buffer`);
      const one = a.data.map((x) => Number(np[name](x)));
      assertSame(np.array(np[name](a), { dtype: "float64" }), np.array(one), `${name} of each of ${n}`);
    }
  });
}

const reductions = ["sum", "max", "min", "mean", "var", "argmax", "argmin"] as const;
const shapes = [[1], [3], [7], [8], [129], [5000], [1, 1], [3, 1], [1, 5], [4, 9], [5, 130], [100, 50], [3, 4, 5]];

for (const name of reductions) {
  test(seeded(`${name} of a contiguous array has the bits of the loop with strides`), () => {
    for (const shape of shapes) {
      for (const x of [values(shape), random.randn(...shape), np.zeros(shape), np.full(shape, -0)]) {
        const view = scattered(x);
        assert.ok(Object.is(np[name](x), np[name](view)), `${name} of shape ${String(np.shape(x))}`);
        for (let axis = 0; axis < shape.length; axis++) {
          const along = (from: NDArray, options: { axis: number; keepdims?: boolean }) =>
            np[name](from, options) as NDArray;
          assertSame(along(x, { axis }), along(view, { axis }), `${name} along axis ${axis} of ${shape.join()}`);
          const options = { axis: axis - shape.length, keepdims: true };
          assertSame(along(shifted(x), options), along(view, options), `${name} keeps axis ${axis}`);
        }
      }
    }
  });
}

test("power looks for a single exponent as NumPy does: in an array of no axis, not in one of one element", async () => {
  for (const shape of [[], [1], [1, 1], [2]]) {
    const x = np.full(shape, -Infinity),
      half = np.full(shape, 0.5);
    const expected = await numpy("np.reshape(np.power(x, half), np.shape(x))", { x, half });
    assertSame(np.power(x, half) as NDArray, expected as NumpyArray, `power of shape ${shape.join()}`);
  }
});

test("a sum of several neighbouring axes is that of NumPy to the bit", async () => {
  const x = random.randn(4, 30, 7);
  for (const axis of [
    [0, 1],
    [1, 2],
    [0, 1, 2],
  ]) {
    const expected = await numpy(`np.sum(x, axis=${JSON.stringify(axis).replace("[", "(").replace("]", ")")})`, { x });
    const actual = np.sum(x, { axis });
    assertSame(actual, typeof expected === "number" ? np.array(expected) : (expected as NumpyArray), axis.join());
  }
});

test(seeded("elementwise operations and reductions of 5,000 numbers have NumPy's bits"), async () => {
  const x = random.randn(100, 50),
    y = random.randn(100, 50),
    b = random.randn(50);
  const cases: [string, NDArray][] = [
    ["x + b", np.add(x, b)],
    ["b - x", np.subtract(b, x)],
    ["x * y", np.multiply(x, y)],
    ["1 / x", np.divide(1, x)],
    ["np.maximum(0, x)", np.maximum(0, x)],
    ["(x > y) * 1.0", np.array(np.greater(x, y), { dtype: "float64" })],
    ["np.where(x > 0, x, y)", np.where(np.greater(x, 0), x, y)],
    ["np.sum(x, axis=0)", np.sum(x, { axis: 0 })],
    ["np.sum(x, axis=1)", np.sum(x, { axis: 1 })],
    ["np.mean(x, axis=0)", np.mean(x, { axis: 0 })],
    ["np.var(x, axis=1)", np.var(x, { axis: 1 })],
    ["np.max(x, axis=1, keepdims=True)", np.max(x, { axis: 1, keepdims: true })],
    ["np.sum(x).reshape(1)", np.array([np.sum(x)])],
  ];
  for (const [code, actual] of cases) {
    assertSame(actual, (await numpy(code, { x, y, b })) as NumpyArray, code);
  }
});

const others = ["float32", "int32", "bool"] as const;

test(seeded("other dtypes, which go through a buffer, give what their float64 copies give"), () => {
  for (const dtype of others) {
    for (const shape of [[1], [5], [4095], [4097], [9000], [3, 9000], [9000, 2], [2, 3, 700]]) {
      const x = np.array(np.multiply(random.randn(...shape), 3), { dtype }),
        doubles = np.array(x, { dtype: "float64" });
      // a larger buffer, of which x is a part
      const longer = np.concatenate([np.array([7, 7], { dtype }), np.reshape(x, -1)]);
      const part = np.reshape(np.slice(longer, "2:") as NDArray, shape);
      const y = random.randn(...shape);
      for (const from of [x, part]) {
        for (const name of ["exp", "sqrt"] as const)
          assertSame(np[name](np.abs(from)), np[name](np.abs(doubles)), `${name} of ${dtype}`);
        for (const name of [...binary, ...comparisons]) {
          const f = np[name],
            title = `${name} of ${dtype} ${String(np.shape(x))}`;
          assertSame(f(from, y), f(doubles, y), title);
          assertSame(f(y, from), f(y, doubles), title);
          assertSame(f(from, 0.5), f(doubles, 0.5), title);
          assertSame(f(0.5, from), f(0.5, doubles), title);
        }
        for (const name of reductions) {
          if (dtype === "int32" && name === "sum") continue; // an exact sum, in another order
          assert.equal(Number(np[name](from)), Number(np[name](doubles)), `${name} of ${dtype}`);
          for (let axis = 0; axis < shape.length; axis++) {
            const along = (of: NDArray) => np[name](of, { axis }) as NDArray;
            assertSame(
              np.array(along(from), { dtype: "float64" }),
              np.array(along(doubles), { dtype: "float64" }),
              name,
            );
          }
        }
      }
    }
  }
});

test(seeded("where takes each element from the right array, whatever the dtype of the condition"), () => {
  for (const n of sizes) {
    const a = values([n]),
      b = values([n]);
    const truths = np.greater(random.randn(n), 0);
    const expected = np.array(Array.from(truths.data, (truth, i) => (truth ? a : b).data[i]));
    for (const dtype of ["bool", "float64", "float32", "int32"] as const)
      assertSame(np.where(np.array(truths, { dtype }), a, b), np.reshape(expected, n), `where of ${n} ${dtype}`);
    assertSame(np.where(np.slice(truths, "::-1"), a, 0), np.where(np.copy(np.slice(truths, "::-1")), a, 0), "reversed");
  }
});

test(seeded("sigmoid and softmax have the bits of the book's forms in np operations"), () => {
  for (const n of sizes) {
    const x = values([n]);
    const expected = np.divide(1, np.add(1, np.exp(np.negative(x))));
    assertSame(sigmoid(x), expected, `sigmoid of ${n}`);
    assertSame(sigmoid(scattered(x)), expected, `sigmoid of a view of ${n}`);
    for (const classes of [1, 2, 10, 200]) {
      const scores = np.multiply(random.randn(n, classes), 30);
      if (n > 0) np.set(scores, [0, 0], special[random.randint(9)]);
      const powers = np.exp(np.subtract(scores, np.max(scores, { axis: 1, keepdims: true })));
      const shares = np.divide(powers, np.sum(powers, { axis: 1, keepdims: true }));
      assertSame(softmax(scores), shares, `softmax of (${n},${classes})`);
      assertSame(softmax(scattered(scores)), shares, `softmax of a view of (${n},${classes})`);
      if (n > 0)
        assertSame(softmax(np.slice(scores, 0) as NDArray), np.slice(shares, 0) as NDArray, "softmax of a row");
    }
  }
});
