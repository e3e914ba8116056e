import {
  andGate,
  crossEntropyError,
  nandGate,
  np,
  numericalDiff,
  numericalGradient,
  orGate,
  Perceptron,
  relu,
  sigmoid,
  SimpleNet,
  softmax,
  stepFunction,
  sumSquaredError,
  ThreeLayerNet,
  TwoLayerNet,
  xorGate,
} from "../../lib/src";
import { good, type GoodCall, type Row } from "./table";

const any = (value: unknown): never => value as never;
const x = np.array([
    [1, 2, 3],
    [4, 5, 6],
  ]),
  t = np.array([0, 1], { dtype: "int32" });
const simple = () => new SimpleNet(np.ones([2, 3]));
const two = () => new TwoLayerNet(3, 4, 2);
const three = () => ThreeLayerNet.initialize(3, 4, 4, 2);
const spoilt = () => Object.assign(two(), { params: { ...two().params, W2: undefined } });

export const rows: readonly Row[] = [
  [() => numericalDiff(any(undefined), 3), "TypeError", "numericalDiff: f = undefined: wanted a function"],
  [() => numericalDiff(any(class F {}), 3), "TypeError", "numericalDiff: f = class F: wanted a function"],
  [
    () =>
      numericalDiff(
        any(() => "6"),
        3,
      ),
    "TypeError",
    'numericalDiff: f gave "6": wanted a number',
  ],
  [() => numericalDiff((v) => v, NaN), "RangeError", "numericalDiff: x = NaN: wanted a finite number"],
  [() => numericalDiff((v) => v, 3, 0), "RangeError", "numericalDiff: h = 0: wanted a finite number above 0"],
  [
    () => numericalDiff((v) => v, 3, any("1e-4")),
    "RangeError",
    'numericalDiff: h = "1e-4": wanted a finite number above 0',
  ],
  [
    () =>
      numericalDiff(
        any(3),
        any((v: number) => v),
      ),
    "TypeError",
    "numericalDiff: f = 3: wanted a function",
  ],
  [() => numericalGradient(any(3), x), "TypeError", "numericalGradient: f = 3: wanted a function"],
  [
    () => numericalGradient(() => 1, any("x")),
    "TypeError",
    'numericalGradient: x = "x": wanted a float64 array, as np.array([3, 4]) makes',
  ],
  [
    () => numericalGradient(() => 1, any(null)),
    "TypeError",
    "numericalGradient: x = null: wanted a float64 array, as np.array([3, 4]) makes",
  ],
  [
    () => numericalGradient(() => 1, np.array([3, 4], { dtype: "int32" })),
    "TypeError",
    "numericalGradient: x = int32 array of shape (2,): wanted a float64 array, as np.array([3, 4]) makes",
  ],
  [
    () =>
      numericalGradient(
        any(() => undefined),
        x,
      ),
    "TypeError",
    "numericalGradient: f gave undefined: wanted a number",
  ],
  [
    () =>
      numericalGradient(
        any((v: typeof x) => v),
        x,
      ),
    "TypeError",
    "numericalGradient: f gave float64 array of shape (2,3): wanted a number",
  ],
  [
    () => numericalGradient(() => 1, x, -1e-4),
    "RangeError",
    "numericalGradient: h = -0.0001: wanted a finite number above 0",
  ],
  [() => new Perceptron([], 0), "RangeError", "Perceptron: weights = []: wanted one for each input"],
  [() => new Perceptron(any(0.5), 0), "TypeError", "Perceptron: weights = 0.5: wanted a list or an array of numbers"],
  [
    () => new Perceptron([1, any(undefined)], 0),
    "RangeError",
    "Perceptron: weights[1] = undefined: wanted a finite number",
  ],
  [() => new Perceptron(np.ones([1, 2]), 0), "RangeError", "Perceptron: weights of shape (1,2): wanted one axis"],
  [() => new Perceptron([1], NaN), "RangeError", "Perceptron: bias = NaN: wanted a finite number"],
  [() => new Perceptron([1, 1], 0).fire(1), "RangeError", "Perceptron.fire: 1 inputs: wanted 2, one for each weight"],
  [
    () => new Perceptron([1], 0).weightedSum(any("1")),
    "RangeError",
    'Perceptron.weightedSum: inputs[0] = "1": wanted a finite number',
  ],
  [
    () => new Perceptron([1], 0).weightedSum(1, 2),
    "RangeError",
    "Perceptron.weightedSum: 2 inputs: wanted 1, one for each weight",
  ],
  [() => andGate(0, NaN), "RangeError", "andGate: inputs[1] = NaN: wanted a finite number"],
  [() => nandGate(any(undefined), 1), "RangeError", "nandGate: inputs[0] = undefined: wanted a finite number"],
  [() => orGate(0, any("1")), "RangeError", 'orGate: inputs[1] = "1": wanted a finite number'],
  [() => xorGate(any(true), 0), "RangeError", "xorGate: inputs[0] = true: wanted a finite number"],
  [
    () => stepFunction(any("x")),
    "TypeError",
    'stepFunction: x = "x": wanted an array, a number, a boolean or a list of these',
  ],
  [
    () => sigmoid(any(undefined)),
    "TypeError",
    "sigmoid: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [() => relu(any(null)), "TypeError", "relu: x = null: wanted an array, a number, a boolean or a list of these"],
  [
    () => softmax(any(undefined)),
    "TypeError",
    "softmax: scores = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [() => softmax(any(5)), "RangeError", "softmax: scores of shape (): wanted (K,) or (N,K) with K > 0"],
  [() => softmax(np.zeros([2, 0])), "RangeError", "softmax: scores of shape (2,0): wanted (K,) or (N,K) with K > 0"],
  [
    () => sumSquaredError(any(undefined), t),
    "TypeError",
    "sumSquaredError: y = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => sumSquaredError(x, any("x")),
    "TypeError",
    'sumSquaredError: t = "x": wanted an array, a number, a boolean or a list of these',
  ],
  [
    () => sumSquaredError(x, np.array([0, 3])),
    "RangeError",
    "sumSquaredError: t[1] = 3: wanted a whole number from 0 to 2",
  ],
  [
    () => crossEntropyError(any(null), t),
    "TypeError",
    "crossEntropyError: y = null: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => crossEntropyError(x, any(undefined)),
    "TypeError",
    "crossEntropyError: t = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => crossEntropyError(np.zeros([10, 10]), np.zeros(60000)),
    "RangeError",
    "crossEntropyError: y of shape (10,10) and t of shape (60000,): wanted 10 labels or one-hot (10,10)",
  ],
  [
    () => crossEntropyError(np.zeros([2, 2, 2]), t),
    "RangeError",
    "crossEntropyError: y of shape (2,2,2): wanted (K,) or (N,K)",
  ],
  [
    () => crossEntropyError(x, np.array([0, -1])),
    "RangeError",
    "crossEntropyError: t[1] = -1: wanted a whole number from 0 to 2",
  ],
  [
    () => crossEntropyError(np.zeros([0, 3]), np.zeros([0, 3])),
    "RangeError",
    "crossEntropyError: y of shape (0,3): wanted at least one row",
  ],
  [
    () => new SimpleNet(any("W")),
    "TypeError",
    'SimpleNet: W = "W": wanted an array, a number, a boolean or a list of these',
  ],
  [() => new SimpleNet(any([1, 2, 3])), "RangeError", "SimpleNet: W of shape (3,): wanted two axes"],
  [() => simple().predict(x), "RangeError", "SimpleNet.predict: x of shape (2,3): wanted (N,2) or (2,)"],
  [
    () => simple().predict(any(undefined)),
    "TypeError",
    "SimpleNet.predict: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => simple().loss(any(undefined), t),
    "TypeError",
    "SimpleNet.loss: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => simple().loss(np.zeros([2, 2]), any("x")),
    "TypeError",
    'SimpleNet.loss: t = "x": wanted an array, a number, a boolean or a list of these',
  ],
  [() => new TwoLayerNet(0, 4, 2), "RangeError", "TwoLayerNet: inputSize = 0: wanted a whole number from 1"],
  [() => new TwoLayerNet(3, 4.5, 2), "RangeError", "TwoLayerNet: hiddenSize = 4.5: wanted a whole number from 1"],
  [() => new TwoLayerNet(3, 4, any("2")), "RangeError", 'TwoLayerNet: outputSize = "2": wanted a whole number from 1'],
  [
    () => new TwoLayerNet(784, 2 ** 30, 10),
    "RangeError",
    "TwoLayerNet: inputSize = 784 and hiddenSize = 1073741824: wanted at most 268435456 weights",
  ],
  [() => new TwoLayerNet(3, 4, 2, -1), "RangeError", "TwoLayerNet: weightInitStd = -1: wanted a finite number from 0"],
  [
    () => new TwoLayerNet(3, 4, 1),
    "RangeError",
    "TwoLayerNet: outputSize = 1: wanted 2 or more, one for each class: softmax over one unit is always 1",
  ],
  [
    () => TwoLayerNet.fromWeights(any(undefined)),
    "TypeError",
    "TwoLayerNet.fromWeights: weights = undefined: wanted an object of four arrays",
  ],
  [
    () => TwoLayerNet.fromWeights({ W1: np.zeros([3, 4]) }),
    "RangeError",
    "TwoLayerNet.fromWeights: weights = { W1 }: wanted b1, W2, b2 too",
  ],
  [
    () => TwoLayerNet.fromWeights({ ...two().params, W1: np.zeros(3) }),
    "RangeError",
    "TwoLayerNet.fromWeights: W1 of shape (3,) and b1 of shape (4,): wanted (3,H) and (H,)",
  ],
  [() => two().predict(np.zeros([3, 7])), "RangeError", "TwoLayerNet.predict: x of shape (3,7): wanted (N,3) or (3,)"],
  [
    () => two().predict(any(undefined)),
    "TypeError",
    "TwoLayerNet.predict: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [() => spoilt().predict(x), "TypeError", "TwoLayerNet.predict: params.W2 = undefined: wanted an array"],
  [
    () => two().loss(any(undefined), t),
    "TypeError",
    "TwoLayerNet.loss: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => two().loss(x, any(undefined)),
    "TypeError",
    "TwoLayerNet.loss: t = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => two().loss(x, np.array([0, 2])),
    "RangeError",
    "TwoLayerNet.loss: t[1] = 2: wanted a whole number from 0 to 1",
  ],
  [
    () => two().accuracy(x, any(null)),
    "TypeError",
    "TwoLayerNet.accuracy: t = null: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => two().accuracy(any({}), t),
    "TypeError",
    "TwoLayerNet.accuracy: x = {}: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => two().gradient(x, np.array([1, 1, 1])),
    "RangeError",
    "TwoLayerNet.gradient: y of shape (2,2) and t of shape (3,): wanted 2 labels or one-hot (2,2)",
  ],
  [
    () => two().accuracy(np.zeros([0, 3]), np.zeros([0, 2])),
    "RangeError",
    "TwoLayerNet.accuracy: y of shape (0,2): wanted at least one row",
  ],
  [
    () => two().gradient(any("x"), t),
    "TypeError",
    'TwoLayerNet.gradient: x = "x": wanted an array, a number, a boolean or a list of these',
  ],
  [
    () => two().numericalGradient(x, t, 0),
    "RangeError",
    "TwoLayerNet.numericalGradient: h = 0: wanted a finite number above 0",
  ],
  [
    () => two().numericalGradient(np.zeros([2, 5]), t),
    "RangeError",
    "TwoLayerNet.numericalGradient: x of shape (2,5): wanted (N,3) or (3,)",
  ],
  [
    () => two().numericalGradient(x, any(undefined)),
    "TypeError",
    "TwoLayerNet.numericalGradient: t = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => new ThreeLayerNet(any({ W1: np.zeros([3, 4]) })),
    "RangeError",
    "ThreeLayerNet: params = { W1 }: wanted b1, W2, b2, W3, b3 too",
  ],
  [
    () => new ThreeLayerNet({ ...three().params, W1: np.array(1) }),
    "RangeError",
    "ThreeLayerNet: W1 of shape () and b1 of shape (4,): wanted (D,H) and (H,)",
  ],
  [() => new ThreeLayerNet(any(7)), "TypeError", "ThreeLayerNet: params = 7: wanted an object of six arrays"],
  [
    () => new ThreeLayerNet({ ...three().params, b1: any("b1") }),
    "TypeError",
    'ThreeLayerNet: params.b1 = "b1": wanted an array',
  ],
  [
    () => ThreeLayerNet.initialize(2, 4, 4, 1),
    "RangeError",
    "ThreeLayerNet.initialize: outputSize = 1: wanted 2 or more, one for each class: softmax over one unit is always 1",
  ],
  [
    () => ThreeLayerNet.fromWeights(any(undefined)),
    "TypeError",
    "ThreeLayerNet.fromWeights: weights = undefined: wanted an object of six arrays",
  ],
  [
    () => ThreeLayerNet.fromWeights({ W1: np.zeros([3, 4]) }),
    "RangeError",
    "ThreeLayerNet.fromWeights: weights = { W1 }: wanted b1, W2, b2, W3, b3 too",
  ],
  [
    () => ThreeLayerNet.fromWeights({ ...three().params, b2: any("b2") }),
    "TypeError",
    'ThreeLayerNet.fromWeights: b2 = "b2": wanted an array, a number, a boolean or a list of these',
  ],
  [
    () => ThreeLayerNet.fromWeights({ ...three().params, W2: np.zeros([4, 5]) }),
    "RangeError",
    "ThreeLayerNet.fromWeights: W2 of shape (4,5) and b2 of shape (4,): wanted (4,H) and (H,)",
  ],
  [
    () => ThreeLayerNet.initialize(784, 50, 0, 10),
    "RangeError",
    "ThreeLayerNet.initialize: hiddenSize2 = 0: wanted a whole number from 1",
  ],
  [
    () => three().predict(np.zeros([3, 7])),
    "RangeError",
    "ThreeLayerNet.predict: x of shape (3,7): wanted (N,3) or (3,)",
  ],
  [
    () => three().loss(any(undefined), t),
    "TypeError",
    "ThreeLayerNet.loss: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => three().loss(x, any("t")),
    "TypeError",
    'ThreeLayerNet.loss: t = "t": wanted an array, a number, a boolean or a list of these',
  ],
  [
    () => three().accuracy(x, np.array([5, 0])),
    "RangeError",
    "ThreeLayerNet.accuracy: t[0] = 5: wanted a whole number from 0 to 1",
  ],
  [
    () => three().gradient(x, any(undefined)),
    "TypeError",
    "ThreeLayerNet.gradient: t = undefined: wanted an array, a number, a boolean or a list of these",
  ],
];

/** A network may have a predict of its own, which judges the shape of x. */
const judgedByPredict = (name: string): string[] => [name, name.replace(/\.\w+$/, ".predict")];

const method = (name: string, call: GoodCall["call"], args: GoodCall["args"]): GoodCall =>
  good(call, args, judgedByPredict(name));

export const calls: Readonly<Record<string, GoodCall>> = {
  numericalDiff: good(numericalDiff, () => [(v: number) => v * v, 3, 1e-4]),
  numericalGradient: good(numericalGradient, () => [() => 1, np.array([1, 2]), 1e-4]),
  Perceptron: good(
    (...args) => new Perceptron(...(args as never as [number[], number])),
    () => [[0.5, 0.5], -0.7],
  ),
  "Perceptron.weightedSum": good(
    (...args) => new Perceptron([1, 1], 0).weightedSum(...args),
    () => [1, 0],
  ),
  "Perceptron.fire": good(
    (...args) => new Perceptron([1, 1], 0).fire(...args),
    () => [1, 0],
  ),
  andGate: good(andGate, () => [1, 0]),
  nandGate: good(nandGate, () => [1, 0]),
  orGate: good(orGate, () => [1, 0]),
  xorGate: good(xorGate, () => [1, 0]),
  stepFunction: good(stepFunction, () => [x]),
  sigmoid: good(sigmoid, () => [x]),
  relu: good(relu, () => [x]),
  softmax: good(softmax, () => [x]),
  sumSquaredError: good(sumSquaredError, () => [x, t]),
  crossEntropyError: good(crossEntropyError, () => [x, t]),
  SimpleNet: good(
    (...args) => new SimpleNet(...(args as [])),
    () => [np.ones([2, 3])],
  ),
  "SimpleNet.predict": good(
    (...args) => simple().predict(...(args as never as [typeof x])),
    () => [np.ones([2, 2])],
  ),
  "SimpleNet.loss": method(
    "SimpleNet.loss",
    (...args) => simple().loss(...(args as never as [typeof x, typeof t])),
    () => [np.ones([2, 2]), t],
  ),
  TwoLayerNet: good(
    (...args) => new TwoLayerNet(...(args as never as [number, number, number])),
    () => [3, 4, 2, 0.01],
  ),
  ...networkCalls("TwoLayerNet", two),
  "TwoLayerNet.numericalGradient": good(
    (...args) => two().numericalGradient(...(args as never as [typeof x, typeof t])),
    () => [x, t, 1e-4],
  ),
  "TwoLayerNet.fromWeights": good(
    (...args) => TwoLayerNet.fromWeights(...(args as never as [TwoLayerNet["params"]])),
    () => [{ ...two().params }],
  ),
  ThreeLayerNet: good(
    (...args) => new ThreeLayerNet(...(args as never as [ThreeLayerNet["params"]])),
    () => [{ ...three().params }],
  ),
  "ThreeLayerNet.fromWeights": good(
    (...args) => ThreeLayerNet.fromWeights(...(args as never as [ThreeLayerNet["params"]])),
    () => [{ ...three().params }],
  ),
  "ThreeLayerNet.initialize": good(
    (...args) => ThreeLayerNet.initialize(...(args as never as [number, number, number, number])),
    () => [3, 4, 4, 2],
  ),
  ...networkCalls("ThreeLayerNet", three),
};

function networkCalls(name: string, make: () => TwoLayerNet | ThreeLayerNet): Record<string, GoodCall> {
  type Args = [typeof x, typeof t];
  return {
    [`${name}.predict`]: good(
      (...args) => make().predict(...(args as never as [typeof x])),
      () => [x],
    ),
    [`${name}.loss`]: method(
      `${name}.loss`,
      (...args) => make().loss(...(args as never as Args)),
      () => [x, t],
    ),
    [`${name}.accuracy`]: method(
      `${name}.accuracy`,
      (...args) => make().accuracy(...(args as never as Args)),
      () => [x, t],
    ),
    [`${name}.gradient`]: good(
      (...args) => make().gradient(...(args as never as Args)),
      () => [x, t],
    ),
  };
}
