import test from "node:test";
import assert from "node:assert/strict";
import { TwoLayerNet } from "../../lib/src/networks/twoLayerNet";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np/ndarray";
import * as random from "../../lib/src/random";
import { fusedSteps } from "../../lib/src/training/fusedSteps";
import { plainSteps } from "../../lib/src/training/plainSteps";
import { plainOf } from "../networks/plain";

/** Sixty pixels of which two in nine are not blank, and one of two labels. */
function draw(rows: number) {
  const x = np.multiply(random.randint(0, 4, [rows, 60]) as NDArray, np.less(random.rand(rows, 60) as NDArray, 0.3));
  return { x, t: random.randint(0, 2, [rows]) as NDArray };
}

test("an evaluation is the plain one also where float32 cannot tell logits apart or does not hold a weight", () => {
  random.seed(20);
  const [train, test] = [draw(900), draw(7)];
  const data = { xTrain: train.x, tTrain: train.t, xTest: test.x, tTest: test.t };
  const settings = { batchSize: 10, gradient: "backprop", learningRate: 0.5 } as const;
  const compare = (network: TwoLayerNet, what: string) => {
    const [fused, plain] = [fusedSteps(network, data, settings)!, plainSteps(plainOf(network), data, "backprop", 0.5)];
    const accuracies = [fused.evaluate(), plain.evaluate()];
    fused.release();
    assert.deepEqual(accuracies[0], accuracies[1], what);
  };
  const network = new TwoLayerNet(60, 9, 2, 0.3);
  const y = network.predict(data.xTrain);
  for (let row = 0; row < 40; row++) {
    // this row's two logits, as far apart as the logarithms of its probabilities, end 1e-9 apart
    const apart = Math.log(np.at(y, row, 0) / np.at(y, row, 1));
    network.params.b2 = np.array([0, apart + (row % 2 ? 1e-9 : -1e-9)]);
    compare(network, `row ${row} undecided`);
  }
  for (const factor of [1e20, 1e37, 1e39, 1e300]) {
    np.multiply(network.params.W1, factor / np.max(np.abs(network.params.W1)), { out: network.params.W1 });
    compare(network, `weights up to ${factor}`);
  }
});
