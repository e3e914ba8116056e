import assert from "node:assert/strict";
import test from "node:test";
import { loadMnist } from "../../lib/src/data/mnist";
import { loadWeights } from "../../lib/src/data/weights";
import { numericalGradients } from "../../lib/src/networks/numericalGradients";
import { ThreeLayerNet } from "../../lib/src/networks/threeLayerNet";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { bookWeights, fullMnist, withDlfsData } from "../data/sources";

function sample() {
  random.seed(5);
  const network = ThreeLayerNet.initialize(6, 5, 4, 3);
  return { network, x: random.randn(7, 6), labels: np.array([2, 0, 1, 1, 2, 0, 2], { dtype: "int32" }) };
}

test("backpropagation gives the numerical gradient, but for the 1e-7 in the logarithm", () => {
  const { network, x, labels } = sample();
  const analytic = network.gradient(x, labels),
    numerical = numericalGradients(network, x, labels);
  for (const name of ["W1", "b1", "W2", "b2", "W3", "b3"] as const) {
    assert.deepEqual(analytic[name].shape, network.params[name].shape);
    assert.ok(np.max(np.abs(np.subtract(analytic[name], numerical[name]))) < 1e-7, name);
  }
});

test("a sample alone gets the probabilities that it gets in a batch", () => {
  const { network, x } = sample();
  const batch = network.predict(x);
  assert.deepEqual(batch.shape, [7, 3]);
  for (let row = 0; row < 7; row++)
    assert.ok(np.allclose(network.predict(np.slice(x, row)), np.slice(batch, row), { rtol: 1e-14, atol: 0 }));
});

test("the first weights come from the global stream, of standard deviation 1 / sqrt(inputs)", () => {
  random.seed(0);
  const { W1, b1, W2 } = ThreeLayerNet.initialize(784, 50, 100, 10).params;
  // np.random.seed(0); np.random.randn(784, 50)[0, 0] / 28
  assert.equal(np.at(W1, 0, 0), 1.764052345967664 / 28);
  assert.deepEqual(
    [W1.shape, W2.shape],
    [
      [784, 50],
      [50, 100],
    ],
  );
  assert.ok([...b1.data].every((bias) => bias === 0));
});

test("weights are copied to float64, whatever their order in memory", () => {
  const { network } = sample();
  const stored = Object.fromEntries(
    Object.entries(network.params).map(([name, values]) => [name, np.array(values, { dtype: "float32" })]),
  );
  const loaded = ThreeLayerNet.fromWeights(stored);
  assert.equal(loaded.params.W1.dtype, "float64");
  assert.deepEqual([...loaded.params.W1.data], [...stored.W1.data]);
  const turned = np.transpose(np.copy(np.transpose(stored.W1)));
  assert.deepEqual([...ThreeLayerNet.fromWeights({ ...stored, W1: turned }).params.W1.data], [...stored.W1.data]);
});

const skip = fullMnist.skip || bookWeights.skip;

test("the book's weights read 0.9352 of the test images, one by one and by the hundred", { skip }, async () => {
  const { xTest, tTest } = await withDlfsData(fullMnist.folder, () => loadMnist());
  const network = ThreeLayerNet.fromWeights((await withDlfsData(bookWeights.folder, () => loadWeights())).params);
  assert.equal(
    shareOf(xTest, tTest, (i) => (np.argmax(network.predict(np.slice(xTest, i))) === tTest.data[i] ? 1 : 0), 1),
    0.9352,
  );
  assert.equal(
    shareOf(
      xTest,
      tTest,
      (i) => {
        const y = network.predict(np.slice(xTest, `${i}:${i + 100}`));
        return np.sum(np.equal(np.argmax(y, { axis: 1 }), np.slice(tTest, `${i}:${i + 100}`)));
      },
      100,
    ),
    0.9352,
  );
  assert.equal(network.accuracy(xTest, tTest), 0.9352);
});

test("with raw bytes they read 0.9207", { skip }, async () => {
  const { xTest, tTest } = await withDlfsData(fullMnist.folder, () => loadMnist({ normalize: false }));
  const network = ThreeLayerNet.fromWeights((await withDlfsData(bookWeights.folder, () => loadWeights())).params);
  assert.equal(network.accuracy(xTest, tTest), 0.9207);
});

function shareOf(x: NDArray, t: NDArray, right: (i: number) => number, step: number): number {
  let count = 0;
  for (let i = 0; i < x.shape[0]; i += step) count += right(i);
  return count / t.shape[0];
}
