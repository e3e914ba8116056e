import assert from "node:assert/strict";
import test from "node:test";
import { numericalGradient } from "../../lib/src/differentiation";
import { SimpleNet } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { openNumpy, type NumpyArray } from "../numpy";

const numpy = openNumpy();
test.after(() => numpy.close());

test("its weights are 2 by 3 standard normal numbers of the global stream, or those given", async () => {
  random.seed(8);
  const { data } = (await numpy("np.random.seed(8); np.random.randn(2, 3)")) as NumpyArray;
  new SimpleNet().W.data.forEach((weight, i) => assert.ok(Math.abs(weight - data[i]) <= 4e-16 * Math.abs(weight)));
  const W = np.zeros([2, 3]);
  assert.equal(new SimpleNet(W).W, W);
});

test("its gradient is the outer product of the input and softmax less target", async () => {
  random.seed(8);
  const network = new SimpleNet();
  const x = np.array([0.6, 0.9]),
    t = np.array([0, 0, 1]);
  const gradient = numericalGradient(() => network.loss(x, t), network.W);
  const { data } = (await numpy("e = np.exp(x @ W); np.outer(x, e / e.sum() - t)", {
    W: network.W,
    x,
    t,
  })) as NumpyArray;
  gradient.data.forEach((slope, i) => assert.ok(Math.abs(slope - data[i]) < 1e-6));
});

test("it gives the recorded loss and gradient of a published run, from the weights printed there", () => {
  const network = new SimpleNet(
    np.array([
      [-0.40257729, 0.17859138, 0.96420011],
      [-0.36479206, 2.00840306, -0.30003535],
    ]),
  );
  const x = np.array([0.6, 0.9]),
    t = np.array([0, 0, 1]);
  assert.ok(Math.abs(network.loss(x, t) - 1.8562116818445138) < 5e-9);
  assert.equal(
    np.str(numericalGradient(() => network.loss(x, t), network.W)),
    "[[ 0.03895352  0.46728812 -0.50624164]\n [ 0.05843028  0.70093218 -0.75936247]]",
  );
  assert.equal(network.loss(x, t), network.loss(np.reshape(x, [1, 2]), np.array([2], { dtype: "int32" })));
});
