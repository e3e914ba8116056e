import test from "node:test";
import assert from "node:assert/strict";
import * as dlfs from "../../lib/src/index";
import type { NDArray } from "../../lib/src/np";
import { train, type TrainOptions } from "../../lib/src/training";

const { np, TwoLayerNet, ThreeLayerNet, SimpleNet, Perceptron, gradientDescent } = dlfs;

/** What a cell may hand over by mistake. */
const ODD: readonly unknown[] = [
  undefined,
  null,
  [1, 2],
  new Float64Array(3),
  5,
  "a",
  true,
  {},
  () => 1,
  Symbol("s"),
  10n,
  Object.create(null),
  NaN,
  [[1, 2], [3]],
  [undefined],
];

const x = np.zeros([9, 5]),
  t = np.zeros(9),
  data = { xTrain: x, tTrain: t, xTest: x, tTest: t };
const sound = () => new TwoLayerNet(5, 4, 3);
const two = sound(),
  three = ThreeLayerNet.initialize(5, 4, 4, 3),
  simple = new SimpleNet(np.zeros([2, 3]));
const small = { iterations: 1, batchSize: 2 };
const METHODS = ["predict", "loss", "accuracy", "gradient", "numericalGradient"] as const;
type Call = (value: never) => unknown;

const calls: Record<string, Call> = {
  ...Object.fromEntries(
    ["sigmoid", "softmax", "relu", "stepFunction", "identity"].map((name) => [name, (dlfs as never)[name] as Call]),
  ),
  ...Object.fromEntries(
    ["crossEntropyError", "sumSquaredError"].flatMap((name) => {
      const error = (dlfs as never)[name] as (y: NDArray, t: NDArray) => number;
      return [
        [`${name} y`, (y: NDArray) => error(y, t)],
        [`${name} t`, (labels: NDArray) => error(np.zeros([2, 3]), labels)],
      ];
    }),
  ),
  ...Object.fromEntries(
    [two, three].flatMap((network) =>
      METHODS.filter((method) => method in network).flatMap((method) => {
        const call = (...args: unknown[]) =>
          (network[method as "loss"] as (...given: unknown[]) => unknown).apply(network, args);
        return [
          [`${network.constructor.name}.${method} x`, (value: never) => call(value, t)],
          [`${network.constructor.name}.${method} t`, (value: never) => call(x, value)],
        ];
      }),
    ),
  ),
  "SimpleNet.predict": (value) => simple.predict(value),
  "SimpleNet.loss t": (value) => simple.loss(np.zeros(2), value),
  "new SimpleNet": (W) => new SimpleNet(W).predict(np.zeros(2)),
  "new Perceptron": (weights) => new Perceptron(weights, 1),
  "new Perceptron bias": (bias) => new Perceptron([1], bias),
  andGate: (value) => dlfs.andGate(value, 1),
  "new TwoLayerNet": (size) => new TwoLayerNet(2, size, 2),
  "new TwoLayerNet weightInitStd": (std) => new TwoLayerNet(2, 2, 2, std),
  "ThreeLayerNet.initialize": (size) => ThreeLayerNet.initialize(2, 2, size, 2),
  "ThreeLayerNet.fromWeights": (weights) => ThreeLayerNet.fromWeights(weights),
  "ThreeLayerNet.fromWeights W1": (W1) => ThreeLayerNet.fromWeights({ ...three.params, W1 }),
  "train network": (network) => train(network, data, small),
  "train network.params": (params) => train({ ...methods(), params }, data, small),
  "train network.params.W": (W) => train({ ...methods(), params: { W } }, data, small),
  "train gradient": (found) => train({ ...methods(), params: { W: np.zeros(2) }, gradient: () => found }, data, small),
  "train data": (value) => train(two, value, small),
  "train options": (options) => train(two, { ...data, xTrain: np.zeros([9, 5, 1]) }, options),
  ...Object.fromEntries(
    Object.keys(data).map((key) => [
      `train ${key}`,
      (value: never) => train(sound(), { ...data, [key]: value }, small),
    ]),
  ),
  ...Object.fromEntries(
    ["iterations", "batchSize", "learningRate", "evaluateEvery", "gradient", "onEvaluate", "onProgress", "signal"].map(
      (key) => [
        `train ${key}`,
        (value: never) => train(sound(), data, { ...small, [key]: value ?? null } as TrainOptions),
      ],
    ),
  ),
  ...Object.fromEntries(
    ["W1", "b1", "W2", "b2"].flatMap((name) =>
      [...METHODS, "train"].map((method) => [
        `params.${name} ${method}`,
        (value: never) => {
          const network = sound();
          network.params = { ...network.params, [name]: value };
          return method === "train" ? train(network, data, small) : network[method as "loss"](x, t);
        },
      ]),
    ),
  ),
  params: (params) => Object.assign(sound(), { params }).predict(x),
  "gradientDescent f": (f) => gradientDescent(f, np.zeros(2), { steps: 1 }),
  "gradientDescent initX": (initX) => gradientDescent(() => 1, initX, { steps: 1 }),
  "gradientDescent options": (options) => gradientDescent(() => 1, np.zeros(2), options),
  ...Object.fromEntries(
    ["learningRate", "steps", "onStep"].map((key) => [
      `gradientDescent ${key}`,
      (value: never) => gradientDescent(() => 1, np.zeros(2), { steps: 1, [key]: value ?? null }),
    ]),
  ),
};

function methods() {
  return { loss: () => 1, accuracy: () => 1, gradient: () => ({ W: np.zeros(2) as NDArray<"float64"> }) };
}

const FROM_THE_ENGINE =
  /is not a function|Cannot|is not iterable|of undefined|of null|out of bounds|allocation failed|Invalid/;

for (const [name, call] of Object.entries(calls)) {
  test(`${name}: whatever it is given, it works or says what it got and what it wants`, async () => {
    for (const value of ODD) {
      const error = await Promise.resolve()
        .then(() => call(value as never))
        .then(
          () => undefined,
          (reason: Error) => reason,
        );
      if (error === undefined) continue;
      assert.match(error.message, /^[\w.]+: /, error.stack);
      assert.doesNotMatch(error.message, FROM_THE_ENGINE, error.stack);
    }
  });
}
