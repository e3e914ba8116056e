import { np, sigmoid, stepFunction, xorGate, type NDArray } from "../../lib/src/index";
import * as plots from "../../lib/src/plots/index";

const bowl = (x: NDArray): number => np.sum(np.square(x));
const image = Float64Array.from({ length: 784 }, (_, i) => ((i * 37) % 256) / 255);
const points = [
  [0.5, 0.5],
  [1.5, 0.5],
  [1, 1.5],
];
const labels = [7, 2, 1];
const predictions = [7, 3, 1];
const probabilities = labels.map((label) => Array.from({ length: 10 }, (_, digit) => (digit === label ? 0.55 : 0.05)));
const history = { trainAccuracy: [0.1, 0.78, 0.88], testAccuracy: [0.1, 0.79, NaN] };

/** One small plot of each kind, always the same. */
export const cases: Record<string, () => plots.Plot> = {
  accuracy: () => plots.accuracy(history),
  accuracyOfSeveral: () => plots.accuracy({ relu: history, sigmoid: history }),
  confusionMatrix: () => plots.confusionMatrix(labels, predictions),
  decisionBoundary: () => plots.decisionBoundary(xorGate, { title: "XOR" }),
  decisionBoundaryOfThree: () =>
    plots.decisionBoundary((x1, x2) => (x2 > 1 ? 2 : Number(x1 > 1)), {
      points,
      labels: [0, 1, 2],
      x: [0, 2],
      y: [0, 2],
    }),
  descentPath: () =>
    plots.descentPath(bowl, [
      [-3, 4],
      [-2.4, 3.2],
      [-1.92, 2.56],
    ]),
  digit: () => plots.digit(image, { label: 7, prediction: 7 }),
  digits: () => plots.digits([image, image, image], { labels, predictions }),
  digitsWithProbabilities: () => plots.digits([image, image, image], { labels, predictions, probabilities }),
  functionPlot: () => plots.functionPlot([stepFunction, sigmoid], { tangentAt: 1 }),
  functionPlotWithGaps: () => plots.functionPlot((x) => 1 / x, { from: -1, to: 1, y: [-5, 5] }),
  gradientField: () => plots.gradientField(bowl, { count: 3 }),
  learningRates: () => plots.learningRates(bowl, [-3, 4], [0.9, 0.01], { steps: 5 }),
  learningRatesWithSlider: () => plots.learningRates(bowl, [-3, 4], { from: 0.1, to: 1.1 }, { steps: 5 }),
  loss: () => plots.loss([2.3, 1.7, 1.9, 1.1], { movingAverage: 2 }),
  lossOfSeveral: () => plots.loss({ "rate 0.1": [2.3, 1.7], "rate 1": [2.3, 0.9, 0.4] }, { movingAverage: 2 }),
  network: () => plots.network([["x1", "x2"], ["y"]], { linkLabel: (_, from) => `w${from + 1}` }),
  scatter: () => plots.scatter(points, { labels: ["a", "b", "b"] }),
  weights: () => plots.weights(np.reshape(np.linspace(-0.5, 0.5, 1568), [784, 2])),
};
