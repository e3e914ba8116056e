import assert from "node:assert/strict";
import test from "node:test";
import { ThreeLayerNet, TwoLayerNet } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { setThreadCount, threadCount } from "../../lib/src/wasm/threads";
import { plainOf, PlainThree } from "../networks/plain";

/** predict, gradient and accuracy by the routines, beside the same methods in their plain form. */

/** The largest difference, as a share of the largest magnitude. */
function difference(a: NDArray, b: NDArray): number {
  assert.deepEqual(a.shape, b.shape);
  assert.equal(a.dtype, b.dtype);
  return np.max(np.abs(np.subtract(a, b))) / np.max(np.abs(b));
}

/** Pixels, four fifths of them 0, as `loadMnist` gives them. */
function pixels(rows: number, columns: number): NDArray {
  const bytes = np.multiply(random.randint(1, 256, [rows, columns]), np.less(random.rand(rows, columns), 0.2));
  return np.array(np.divide(bytes, 255), { dtype: "float32" });
}

const SIZES = [
  [30, 784, 50, 10],
  [128, 784, 50, 10],
  [333, 85, 7, 3],
  [2049, 31, 1, 2],
  [130, 2600, 13, 11],
  [4500, 60, 20, 10],
];

const KINDS: Record<string, (rows: number, columns: number) => NDArray> = {
  pixels,
  "pixels in float64": (rows, columns) => np.array(pixels(rows, columns), { dtype: "float64" }),
  bytes: (rows, columns) => np.array(np.round(np.multiply(pixels(rows, columns), 255)), { dtype: "int32" }),
  "numbers without zeros": (rows, columns) => random.randn(rows, columns),
  "a transposed view": (rows, columns) => np.transpose(pixels(columns, rows)),
  "every second row": (rows, columns) => np.slice(pixels(2 * rows, columns), "::2"),
};

for (const [rows, inputs, hidden, classes] of SIZES) {
  for (const [kind, draw] of Object.entries(KINDS)) {
    test(`${rows} rows, ${inputs}-${hidden}-${classes}, ${kind}: the plain form's results`, () => {
      random.seed(rows + inputs);
      const network = new TwoLayerNet(inputs, hidden, classes, 0.2),
        plain = plainOf(network);
      const x = draw(rows, inputs),
        labels = random.randint(0, classes, [rows]);
      const t = np.equal(np.reshape(labels, [-1, 1]), np.arange(classes));
      const probabilities = network.predict(x);
      assert.ok(difference(probabilities, plain.predict(x)) < 1e-13);
      for (const targets of [labels, t]) {
        const [found, wanted] = [network.gradient(x, targets), plain.gradient(x, targets)];
        for (const name of ["W1", "b1", "W2", "b2"] as const) {
          assert.ok(difference(found[name], wanted[name]) < 1e-12, name);
        }
        assert.equal(network.accuracy(x, targets), plain.accuracy(x, targets));
        assert.ok(Math.abs(network.loss(x, targets) - plain.loss(x, targets)) < 1e-13 * plain.loss(x, targets));
      }
      const three = ThreeLayerNet.initialize(inputs, hidden, 9, classes),
        plainThree = new PlainThree(three.params);
      assert.ok(difference(three.predict(x), plainThree.predict(x)) < 1e-13);
      assert.equal(three.accuracy(x, labels), plainThree.accuracy(x, labels));
    });
  }
}

/** A network and a batch that are large enough for the routines, as `change` leaves them. */
function batch(change: (network: TwoLayerNet, x: NDArray, t: NDArray) => void) {
  random.seed(1);
  const network = new TwoLayerNet(784, 20, 10, 0.1),
    x = np.array(pixels(50, 784), { dtype: "float64" }),
    t = np.array(np.equal(np.reshape(random.randint(0, 10, [50]), [-1, 1]), np.arange(10)), { dtype: "float64" });
  change(network, x, t);
  return { network, x, t };
}

const LEFT_TO_THE_PLAIN_FORM: Record<string, (network: TwoLayerNet, x: NDArray, t: NDArray) => void> = {
  "NaN among the inputs": (_network, x) => np.set(x, [3, 5], NaN),
  "inf among the inputs": (_network, x) => np.set(x, [3, 5], Infinity),
  "inf among the weights": ({ params }) => np.set(params.W1, [400, 3], -Infinity),
  "NaN among the biases": ({ params }) => np.set(params.b2, [3], NaN),
  "weights of 1e200": ({ params }) => np.multiply(params.W1, 1e200, { out: params.W1 }),
  "hidden units that are exactly 0 or 1": ({ params }) => np.multiply(params.W1, 1e4, { out: params.W1 }),
  "probabilities that are exactly 0": ({ params }) => np.multiply(params.W2, 1e5, { out: params.W2 }),
  "params in float32": ({ params }) => {
    Object.assign(params, { W2: np.array(params.W2, { dtype: "float32" }) });
  },
  "params that share memory": ({ params }) => {
    params.b1 = np.slice(np.reshape(params.W1, [-1]), "0:20") as NDArray<"float64">;
  },
};

for (const [name, change] of Object.entries(LEFT_TO_THE_PLAIN_FORM)) {
  test(`${name}: exactly what the plain form gives`, () => {
    const { network, x, t } = batch(change);
    const plain = plainOf(network);
    assert.deepEqual(network.predict(x), plain.predict(x));
    assert.deepEqual(network.gradient(x, t), plain.gradient(x, t));
    assert.equal(network.accuracy(x, t), plain.accuracy(x, t));
  });
}

test("targets that are no labels are left to the plain form", () => {
  const { network, x, t } = batch((_network, _x, t) => np.set(t, [7], 0.1));
  assert.deepEqual(network.gradient(x, t), plainOf(network).gradient(x, t));
  assert.equal(network.accuracy(x, t), plainOf(network).accuracy(x, t));
});

test("the results are the same to the bit with any number of threads, and twice in a row", () => {
  const before = threadCount();
  const results = [1, 2, 3, 1].map((threads) => {
    setThreadCount(threads);
    random.seed(2);
    const network = new TwoLayerNet(784, 60, 10, 0.1),
      x = pixels(700, 784),
      t = random.randint(0, 10, [700]);
    return [network.gradient(x, t), network.predict(x), network.accuracy(x, t), network.predict(x)];
  });
  setThreadCount(before);
  for (const result of results.slice(1)) assert.deepEqual(result, results[0]);
  assert.deepEqual(results[0][1], results[0][3]);
});

test("a call that fails leaves nothing behind, and the gradient is of fresh arrays", () => {
  const { network, x, t } = batch(() => {});
  const before = network.gradient(x, t);
  assert.throws(() => network.gradient(np.slice(x, ":", "1:"), t), /TwoLayerNet.gradient: x of shape \(50,783\)/);
  assert.throws(() => network.gradient(x, np.slice(t, "1:")), /TwoLayerNet.gradient: y of shape \(50,10\) and t of/);
  assert.throws(() => network.accuracy(x, np.slice(t, "1:")), /TwoLayerNet.accuracy: y of shape \(50,10\) and t of/);
  const after = network.gradient(x, t);
  assert.deepEqual(after, before);
  np.multiply(before.W1, 0, { out: before.W1 });
  assert.deepEqual(network.gradient(x, t), after);
});
