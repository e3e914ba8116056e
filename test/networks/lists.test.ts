import assert from "node:assert/strict";
import test from "node:test";
import { numericalGradient } from "../../lib/src/differentiation";
import * as networks from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { ArrayOrLists } from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { gradientDescent, train } from "../../lib/src/training";

// Nested lists and typed arrays can be given wherever an array is read: the results are those of the array.

const rows = [
  [0.1, 0.7],
  [0.4, 0.2],
  [0.9, 0.3],
];
const labels = [1, 0, 1];
const oneHot = [
  [0, 1],
  [1, 0],
  [0, 1],
];
const asTyped = (lists: readonly (readonly number[])[]) => lists.map((row) => Float64Array.from(row));

function twoLayers(): networks.TwoLayerNet {
  random.seed(3);
  return new networks.TwoLayerNet(2, 4, 2, 0.5);
}

function threeLayers(): networks.ThreeLayerNet {
  const ones = (...shape: number[]) => np.full(shape, 0.3);
  const weights = { W1: ones(2, 3), b1: ones(3), W2: ones(3, 4), b2: ones(4), W3: ones(4, 2), b3: ones(2) };
  return networks.ThreeLayerNet.fromWeights(weights);
}

const calls: Readonly<Record<string, (x: ArrayOrLists, t: ArrayOrLists) => unknown>> = {
  sigmoid: (x) => networks.sigmoid(x),
  relu: (x) => networks.relu(x),
  stepFunction: (x) => networks.stepFunction(x),
  softmax: (x) => networks.softmax(x),
  sumSquaredError: (x, t) => networks.sumSquaredError(x, t),
  crossEntropyError: (x, t) => networks.crossEntropyError(x, t),
  "TwoLayerNet.predict": (x) => twoLayers().predict(x),
  "TwoLayerNet.loss": (x, t) => twoLayers().loss(x, t),
  "TwoLayerNet.accuracy": (x, t) => twoLayers().accuracy(x, t),
  "TwoLayerNet.gradient": (x, t) => twoLayers().gradient(x, t).W1,
  "TwoLayerNet.numericalGradient": (x, t) => twoLayers().numericalGradient(x, t).W1,
  "ThreeLayerNet.predict": (x) => threeLayers().predict(x),
  "ThreeLayerNet.accuracy": (x, t) => threeLayers().accuracy(x, t),
};

for (const [name, call] of Object.entries(calls)) {
  test(`${name} takes lists and typed arrays as it takes arrays`, () => {
    for (const t of [labels, oneHot]) {
      const expected = np.repr(call(np.array(rows), np.array(t)) as np.Printable);
      assert.equal(np.repr(call(rows, t) as np.Printable), expected);
      assert.equal(np.repr(call(asTyped(rows), t) as np.Printable), expected);
    }
    assert.equal(
      np.repr(call(rows, Int32Array.from(labels)) as np.Printable),
      np.repr(call(rows, labels) as np.Printable),
    );
  });
}

test("SimpleNet and Perceptron take them too", () => {
  random.seed(1);
  const net = new networks.SimpleNet();
  assert.equal(net.loss([0.6, 0.9], [0, 0, 1]), net.loss(np.array([0.6, 0.9]), np.array([0, 0, 1])));
  const weights = [np.array([0.5, 0.5]), [0.5, 0.5], Float64Array.of(0.5, 0.5)];
  for (const given of weights) assert.equal(new networks.Perceptron(given, -0.7).fire(1, 1), 1);
});

test("numericalGradient and gradientDescent take a list for the point", () => {
  const f = (x: np.NDArray) => np.sum(np.square(x));
  assert.equal(np.repr(numericalGradient(f, [3, 4])), np.repr(numericalGradient(f, np.array([3, 4]))));
  const options = { learningRate: 0.1, steps: 5 };
  assert.equal(np.repr(gradientDescent(f, [3, 4], options)), np.repr(gradientDescent(f, np.array([3, 4]), options)));
});

test("train takes lists for images and labels", async () => {
  const options = { iterations: 3, batchSize: 2, evaluateEvery: 1 };
  const trained = async (x: ArrayOrLists, t: ArrayOrLists) => {
    const net = twoLayers();
    return train(net, { xTrain: x, tTrain: t, xTest: x, tTest: t }, options);
  };
  assert.deepEqual(await trained(rows, labels), await trained(np.array(rows), np.array(labels)));
});
