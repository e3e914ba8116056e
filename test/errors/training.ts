import { gradientDescent, np, train, TwoLayerNet, type TrainingData, type TrainOptions } from "../../lib/src";
import { good, type GoodCall, type Row } from "./table";

const any = (value: unknown): never => value as never;
const f = (v: { data: Float64Array }) => v.data[0] ** 2;
const network = () => new TwoLayerNet(3, 4, 2);
const data = (): TrainingData => {
  const x = np.array([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    t = np.array([0, 1], { dtype: "int32" });
  return { xTrain: x, tTrain: t, xTest: x, tTest: t };
};
const trained = (options: TrainOptions) => train(network(), data(), { iterations: 1, batchSize: 2, ...options });
const aborted = () => {
  const controller = new AbortController();
  controller.abort();
  return controller.signal;
};

export const rows: readonly Row[] = [
  [
    () => gradientDescent(any(undefined), np.array([1])),
    "TypeError",
    "gradientDescent: f = undefined: wanted a function",
  ],
  [
    () => gradientDescent(f, any(undefined)),
    "TypeError",
    "gradientDescent: initX = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => gradientDescent(f, np.array([1], { dtype: "int32" }) as never),
    "TypeError",
    "gradientDescent: initX = int32 array of shape (1,): wanted a float64 array, as np.array([3, 4]) makes",
  ],
  [
    () =>
      gradientDescent(
        any(() => "1"),
        np.array([1]),
      ),
    "TypeError",
    'gradientDescent: f gave "1": wanted a number',
  ],
  [
    () => gradientDescent(f, np.array([1]), any({ lr: 0.5 })),
    "TypeError",
    "gradientDescent: option lr: wanted one of learningRate, steps, onStep",
  ],
  [
    () => gradientDescent(f, np.array([1]), any(0.5)),
    "TypeError",
    "gradientDescent: options = 0.5: wanted an object with any of learningRate, steps, onStep",
  ],
  [
    () => gradientDescent(f, np.array([1]), { learningRate: NaN }),
    "RangeError",
    "gradientDescent: learningRate = NaN: wanted a finite number",
  ],
  [
    () => gradientDescent(f, np.array([1]), { steps: 1.5 }),
    "RangeError",
    "gradientDescent: steps = 1.5: wanted a whole number from 0",
  ],
  [
    () => gradientDescent(f, np.array([1]), { onStep: any(5) }),
    "TypeError",
    "gradientDescent: onStep = 5: wanted a function",
  ],
  [
    () => train(any(undefined), data()),
    "TypeError",
    "train: network = undefined: wanted an object with params, loss, accuracy and gradient",
  ],
  [
    () => train(any(TwoLayerNet), data()),
    "TypeError",
    "train: network = class TwoLayerNet: wanted an object with params, loss, accuracy and gradient",
  ],
  [() => train(any({}), data()), "TypeError", "train: network.params = undefined: wanted an object of arrays"],
  [() => train(any({ params: { W: [1] } }), data()), "TypeError", "train: network.params.W = [1]: wanted an array"],
  [() => train(any({ params: {}, loss: 5 }), data()), "TypeError", "train: network.loss = 5: wanted a function"],
  [
    () => train(any({ params: {}, loss: f, accuracy: f }), data()),
    "TypeError",
    "train: network.gradient = undefined: wanted a function",
  ],
  [
    () => train(any(data()), any(network())),
    "TypeError",
    "train: xTrain = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => train(network(), any(undefined)),
    "TypeError",
    "train: data = undefined: wanted an object with xTrain, tTrain, xTest, tTest",
  ],
  [
    () => train(network(), any({ xTrain: [[1, 2, 3]] })),
    "TypeError",
    "train: tTrain = undefined: wanted an array, a number, a boolean or a list of these",
  ],
  [
    () => train(network(), { ...data(), tTest: np.array([0]) }),
    "RangeError",
    "train: 2 rows of xTest and 1 of tTest: wanted as many",
  ],
  [
    () => train(network(), { ...data(), xTest: np.zeros([0, 3]), tTest: np.zeros(0) }),
    "RangeError",
    "train: xTest of shape (0,3): wanted at least one row",
  ],
  [
    () => train(network(), { ...data(), xTrain: np.zeros(3) }),
    "RangeError",
    "train: xTrain of shape (3,): wanted (N,D)",
  ],
  [
    () => train(network(), { ...data(), tTrain: any(np.array(1)) }),
    "RangeError",
    "train: tTrain of shape (): wanted (N,K) or (N,)",
  ],
  [
    () => train(network(), data(), any(5)),
    "TypeError",
    "train: options = 5: wanted an object with any of iterations, batchSize, learningRate, gradient, evaluateEvery, onEvaluate, onProgress, signal",
  ],
  [
    () => train(network(), data(), any({ epochs: 5 })),
    "TypeError",
    "train: option epochs: wanted one of iterations, batchSize, learningRate, gradient, evaluateEvery, onEvaluate, onProgress, signal",
  ],
  [() => trained({ iterations: -1 }), "RangeError", "train: iterations = -1: wanted a whole number from 0"],
  [() => trained({ batchSize: 0 }), "RangeError", "train: batchSize = 0: wanted a whole number from 1"],
  [
    () => trained({ batchSize: 2 ** 40 }),
    "RangeError",
    "train: batchSize = 1099511627776 rows of 3: wanted at most 715827882",
  ],
  [() => trained({ learningRate: any("0.1") }), "RangeError", 'train: learningRate = "0.1": wanted a finite number'],
  [() => trained({ evaluateEvery: 0.5 }), "RangeError", "train: evaluateEvery = 0.5: wanted a whole number from 1"],
  [
    () => trained({ gradient: any("exact") }),
    "RangeError",
    'train: gradient = "exact": wanted "backprop" or "numerical"',
  ],
  [() => trained({ onEvaluate: any({}) }), "TypeError", "train: onEvaluate = {}: wanted a function"],
  [() => trained({ onProgress: any(true) }), "TypeError", "train: onProgress = true: wanted a function"],
  [
    () => trained({ signal: any(5) }),
    "TypeError",
    "train: signal = 5: wanted an AbortSignal, as new AbortController().signal",
  ],
  [
    () => trained({ signal: aborted() }),
    "RangeError",
    "train: signal that has fired: wanted a new one, as interruptSignal() gives",
  ],
];

export const calls: Readonly<Record<string, GoodCall>> = {
  gradientDescent: good(gradientDescent, () => [
    f,
    np.array([1]),
    { learningRate: 0.1, steps: 2, onStep: () => undefined },
  ]),
  // what does not fit the network is said by the network, whose methods may be the reader's own
  train: good(
    train,
    () => [
      network(),
      { ...data() },
      {
        iterations: 1,
        batchSize: 2,
        learningRate: 0.1,
        evaluateEvery: 1,
        gradient: "backprop",
        onEvaluate: () => undefined,
        onProgress: () => undefined,
        signal: new AbortController().signal,
      },
    ],
    ["train", "TwoLayerNet.gradient", "TwoLayerNet.predict"],
  ),
};
