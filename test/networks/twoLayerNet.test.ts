import assert from "node:assert/strict";
import test from "node:test";
import { numericalGradients } from "../../lib/src/networks/numericalGradients";
import { TwoLayerNet, type TwoLayerParams } from "../../lib/src/networks/twoLayerNet";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as random from "../../lib/src/random";

const NAMES = ["W1", "b1", "W2", "b2"] as const;

function sample(std = 0.5): { network: TwoLayerNet; x: NDArray; labels: NDArray; oneHot: NDArray } {
  random.seed(3);
  const network = new TwoLayerNet(5, 4, 3, std);
  const labels = np.array([2, 0, 1, 1, 2, 0], { dtype: "int32" });
  const oneHot = np.array([
    [0, 0, 1],
    [1, 0, 0],
    [0, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
    [1, 0, 0],
  ]);
  return { network, x: random.randn(6, 5), labels, oneHot };
}

function furthest(a: TwoLayerParams, b: TwoLayerParams): number {
  return Math.max(...NAMES.map((name) => np.max(np.abs(np.subtract(a[name], b[name])))));
}

test("W1, then W2 are drawn from the global stream, and biases are 0", () => {
  random.seed(0);
  const { W1, b1, W2, b2 } = new TwoLayerNet(784, 50, 10).params;
  // np.random.seed(0); W1 = 0.01 * np.random.randn(784, 50); W2 = 0.01 * np.random.randn(50, 10)
  assert.equal(np.str(np.slice(W1, 0, ":3")), "[0.01764052 0.00400157 0.00978738]");
  assert.equal(np.str(np.slice(W2, 0, ":3")), "[-0.0152667   0.00195959  0.00613363]");
  assert.deepEqual([W1.shape, b1.shape, W2.shape, b2.shape], [[784, 50], [50], [50, 10], [10]]);
  assert.ok([...b1.data, ...b2.data].every((bias) => bias === 0));
});

test("backpropagation gives the numerical gradient, but for the 1e-7 in the logarithm", () => {
  const { network, x, oneHot } = sample();
  assert.ok(furthest(network.gradient(x, oneHot), network.numericalGradient(x, oneHot)) < 1e-7);
});

test("labels and one-hot rows give the same loss, accuracy and gradients", () => {
  const { network, x, labels, oneHot } = sample();
  assert.ok(Math.abs(network.loss(x, labels) - network.loss(x, oneHot)) < 1e-15);
  assert.equal(network.accuracy(x, labels), network.accuracy(x, oneHot));
  assert.equal(furthest(network.gradient(x, labels), network.gradient(x, oneHot)), 0);
});

test("the accuracy is the share of rows whose likeliest class is the right one", () => {
  const { network, x } = sample();
  const guesses = np.argmax(network.predict(x), { axis: 1 });
  assert.equal(network.accuracy(x, guesses), 1);
  const oneWrong = np.array([...guesses.data], { dtype: "int32" });
  np.set(oneWrong, [4], (guesses.data[4] + 1) % 3);
  assert.equal(network.accuracy(x, oneWrong), 5 / 6);
});

test("one sample without its row axis gives what a batch of one gives", () => {
  const { network, x } = sample();
  const single = np.slice(x, 0),
    batch = np.reshape(single, [1, 5]);
  const oneHot = np.array([0, 0, 1]),
    label = np.array([2], { dtype: "int32" });
  assert.deepEqual(np.shape(network.predict(single)).length, 1);
  assert.equal(np.str(network.predict(batch)), `[${np.str(network.predict(single))}]`);
  assert.equal(network.loss(single, oneHot), network.loss(batch, label));
  assert.equal(network.accuracy(single, oneHot), network.accuracy(batch, label));
  assert.equal(furthest(network.gradient(single, oneHot), network.gradient(batch, label)), 0);
});

test("float32 inputs are computed in float64", () => {
  const { network, x, labels } = sample();
  const narrow = np.array(x, { dtype: "float32" });
  const wide = np.array(narrow, { dtype: "float64" });
  assert.equal(network.loss(narrow, labels), network.loss(wide, labels));
  assert.equal(furthest(network.gradient(narrow, labels), network.gradient(wide, labels)), 0);
});

for (const h of [1e-4, 1e-2, 0.1]) {
  test(`the numerical gradient at h = ${h} is the central difference of the loss`, () => {
    const { network, x, labels } = sample();
    assert.ok(
      furthest(network.numericalGradient(x, labels, h), numericalGradients(network, x, labels, h) as TwoLayerParams) <
        1e-10,
    );
    const w = network.params.W1;
    const value = np.at(w, 1, 2);
    np.set(w, [1, 2], value + h);
    const above = network.loss(x, labels);
    np.set(w, [1, 2], value - h);
    const below = network.loss(x, labels);
    np.set(w, [1, 2], value);
    const slope = (above - below) / (2 * h);
    assert.ok(Math.abs(np.at(network.numericalGradient(x, labels, h).W1, 1, 2) - slope) < 1e-10);
  });
}

test("at h = 0.1 the numerical gradient is not the analytic one", () => {
  const { network, x, labels } = sample();
  assert.ok(furthest(network.numericalGradient(x, labels, 0.1), network.gradient(x, labels)) > 1e-6);
});
