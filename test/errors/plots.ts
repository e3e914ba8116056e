import { np, plots } from "../../lib/src";
import { jupyterDisplay } from "../../lib/src/display/index";
import { good, type GoodCall, type Row } from "./table";

const any = (value: unknown): never => value as never;
const f = (v: { data: Float64Array }) => v.data[0] ** 2 + v.data[1] ** 2;
const square = (v: number) => v * v;
const pole = (v: number) => 1 / v;
const point = { mark: "point" };
const MARKS =
  "arc, area, bar, boxplot, circle, errorband, errorbar, geoshape, image, line, point, rect, rule, square, text, tick, trail";
const CHANNELS =
  "x, y, x2, y2, xOffset, yOffset, xError, xError2, yError, yError2, longitude, latitude, longitude2, latitude2, " +
  "theta, theta2, radius, radius2, color, fill, stroke, opacity, fillOpacity, strokeOpacity, strokeWidth, strokeDash, " +
  "size, angle, shape, detail, key, text, tooltip, href, url, description, order, facet, row, column";
const accuracies = { trainAccuracy: [0.5], testAccuracy: [0.5] };
const images = (count: number) => np.zeros([count, 784]);

export const rows: readonly Row[] = [
  [
    () => plots.accuracy({ trainAccuracy: [], testAccuracy: [] }),
    "RangeError",
    "accuracy: trainAccuracy is empty: wanted at least one number",
  ],
  [
    () => plots.accuracy({ trainAccuracy: [0.5], testAccuracy: [0.5, 0.6] }),
    "RangeError",
    "accuracy: 1 values of trainAccuracy and 2 of testAccuracy: wanted as many",
  ],
  [
    () => plots.accuracy({ trainAccuracy: [0.5], testAccuracy: [92] }),
    "RangeError",
    "accuracy: testAccuracy[0] = 92: wanted a share from 0 to 1",
  ],
  [
    () => plots.accuracy(any(undefined)),
    "TypeError",
    "accuracy: history = undefined: wanted an object with trainAccuracy and testAccuracy, or several by name",
  ],
  [
    () => plots.accuracy({}),
    "TypeError",
    "accuracy: history = {}: wanted an object with trainAccuracy and testAccuracy, or several by name",
  ],
  [
    () => plots.accuracy(any({ testAccuracy: [1] })),
    "TypeError",
    "accuracy: trainAccuracy = undefined: wanted a list or an array of numbers",
  ],
  [
    () => plots.accuracy(any({ relu: [0.5] })),
    "TypeError",
    "accuracy: history.relu.trainAccuracy = undefined: wanted a list or an array of numbers",
  ],
  [
    () => plots.accuracy(any({ relu: 0.5 })),
    "TypeError",
    "accuracy: history.relu = 0.5: wanted an object with trainAccuracy and testAccuracy",
  ],
  [
    () => plots.accuracy({ "rate 1": { trainAccuracy: [0.5, 1], testAccuracy: [2, 1] } }),
    "RangeError",
    'accuracy: history["rate 1"].testAccuracy[0] = 2: wanted a share from 0 to 1',
  ],
  [
    () => plots.accuracy(Object.fromEntries("abcdefgh".split("").map((name) => [name, accuracies]))),
    "RangeError",
    "accuracy: history of 8 names: wanted at most 7",
  ],
  [
    () => plots.accuracy({ trainAccuracy: [1], testAccuracy: [1] }, { title: any(5) }),
    "TypeError",
    "accuracy: title = 5: wanted a text",
  ],
  [
    () => plots.accuracy({ trainAccuracy: [1], testAccuracy: [1] }, any({ yTitle: "y" })),
    "TypeError",
    "accuracy: option yTitle: wanted one of xTitle, title",
  ],
  [() => plots.loss([1, Infinity]), "RangeError", "loss: trainLoss[1] = Infinity: wanted a finite number or NaN"],
  [() => plots.loss(any(["1"])), "TypeError", 'loss: trainLoss[0] = "1": wanted a number'],
  [
    () => plots.loss(any(undefined)),
    "TypeError",
    "loss: trainLoss = undefined: wanted a list or an array of numbers, or several by name",
  ],
  [() => plots.loss({}), "TypeError", "loss: trainLoss = {}: wanted a list or an array of numbers, or several by name"],
  [() => plots.loss(any({ a: 5 })), "TypeError", "loss: trainLoss.a = 5: wanted a list or an array of numbers"],
  [
    () => plots.loss({ "rate 1": [1, -Infinity] }),
    "RangeError",
    'loss: trainLoss["rate 1"][1] = -Infinity: wanted a finite number or NaN',
  ],
  [
    () => plots.loss(Object.fromEntries(Array.from({ length: 22 }, (_, i) => [`run ${i}`, [1]]))),
    "RangeError",
    "loss: trainLoss of 22 names: wanted at most 21",
  ],
  [() => plots.loss([1], { iterations: 0 }), "RangeError", "loss: iterations = 0: wanted a whole number from 1"],
  [
    () => plots.loss([1], any(5)),
    "TypeError",
    "loss: options = 5: wanted an object with any of iterations, movingAverage, xTitle, title",
  ],
  [() => plots.functionPlot([]), "RangeError", "functionPlot: curves = []: wanted at least one function"],
  [() => plots.functionPlot(any(undefined)), "TypeError", "functionPlot: curves[0] = undefined: wanted a function"],
  [
    () => plots.functionPlot(any({ f: 5, label: "f" })),
    "TypeError",
    "functionPlot: curves[0] = { f, label }: wanted a function",
  ],
  [
    () => plots.functionPlot(any({ f: square })),
    "TypeError",
    "functionPlot: curves[0].label = undefined: wanted a text",
  ],
  [() => plots.functionPlot(any(() => "1")), "TypeError", 'functionPlot: f(-5) = "1": wanted a number'],
  [
    () => plots.functionPlot([() => NaN, () => Infinity]),
    "RangeError",
    "functionPlot: functions that are NaN or infinite everywhere: wanted a number to draw",
  ],
  [() => plots.functionPlot(new Array(8).fill(square)), "RangeError", "functionPlot: 8 curves: wanted at most 7"],
  [
    () => plots.functionPlot(square, { y: [1, 0] }),
    "RangeError",
    "functionPlot: y = [1, 0]: wanted two finite numbers, the smaller first",
  ],
  [
    () => plots.functionPlot(pole, { tangentAt: 0 }),
    "RangeError",
    "functionPlot: tangentAt = 0, where pole is NaN or infinite: wanted a finite value",
  ],
  [
    () => plots.functionPlot(square, { from: 1, to: 1 }),
    "RangeError",
    "functionPlot: x = [1, 1]: wanted two finite numbers, the smaller first",
  ],
  [
    () => plots.functionPlot(square, { tangentAt: any("1") }),
    "TypeError",
    'functionPlot: tangentAt = "1": wanted a number or a list of numbers',
  ],
  [
    () => plots.functionPlot(square, { tangentAt: [NaN] }),
    "RangeError",
    "functionPlot: tangentAt = NaN: wanted a finite number",
  ],
  [() => plots.decisionBoundary(any(undefined)), "TypeError", "decisionBoundary: gate = undefined: wanted a function"],
  [
    () => plots.decisionBoundary(() => NaN),
    "RangeError",
    "decisionBoundary: gate(0, 0) = NaN: wanted a class, a whole number",
  ],
  [
    () => plots.decisionBoundary(any(() => np.array([1], { dtype: "int32" }))),
    "RangeError",
    "decisionBoundary: gate(0, 0) = int32 array of shape (1,): wanted a class, a whole number",
  ],
  [
    () => plots.decisionBoundary((x1) => Math.floor(x1 * 20)),
    "RangeError",
    "decisionBoundary: gate of 41 classes: wanted at most 20",
  ],
  [
    () => plots.decisionBoundary(() => 1, { points: [[0, 1]] }),
    "TypeError",
    "decisionBoundary: points without labels: wanted both",
  ],
  [
    () => plots.decisionBoundary(() => 1, { labels: [1] }),
    "TypeError",
    "decisionBoundary: labels without points: wanted both",
  ],
  [
    () => plots.decisionBoundary(() => 1, { points: [[0, 1]], labels: [1, 2] }),
    "RangeError",
    "decisionBoundary: 1 values of points and 2 of labels: wanted as many",
  ],
  [
    () => plots.decisionBoundary(() => 1, { points: [[0, 1]], labels: [0.5] }),
    "RangeError",
    "decisionBoundary: labels[0] = 0.5: wanted a whole number",
  ],
  [
    () => plots.decisionBoundary(() => 1, { equalScales: any(1) }),
    "TypeError",
    "decisionBoundary: equalScales = 1: wanted true or false",
  ],
  [() => plots.scatter([]), "RangeError", "scatter: points is empty: wanted at least one row"],
  [() => plots.scatter(any(5)), "TypeError", "scatter: points = 5: wanted rows of numbers"],
  [() => plots.scatter([[1, 2, 3]]), "RangeError", "scatter: points[0] of 3 values: wanted 2"],
  [() => plots.scatter(np.array([1, 2])), "RangeError", "scatter: points of shape (2,): wanted rows of numbers"],
  [() => plots.scatter([[1, NaN]]), "RangeError", "scatter: points[0][1] = NaN: wanted a finite number"],
  [
    () => plots.scatter([[1, 2]], { labels: [1, 2] }),
    "RangeError",
    "scatter: 1 values of points and 2 of labels: wanted as many",
  ],
  [() => plots.scatter([[1, 2]], { labels: [0.5] }), "RangeError", "scatter: labels[0] = 0.5: wanted a whole number"],
  [
    () =>
      plots.scatter(
        [
          [1, 2],
          [3, 4],
        ],
        { labels: any(["a", 5]) },
      ),
    "TypeError",
    "scatter: labels[1] = 5: wanted a text, as the first is",
  ],
  [
    () => plots.scatter(np.zeros([21, 2]), { labels: np.arange(21) }),
    "RangeError",
    "scatter: labels of 21 classes: wanted at most 20",
  ],
  [
    () => plots.scatter([[1, 2]], { equalScales: any("yes") }),
    "TypeError",
    'scatter: equalScales = "yes": wanted true or false',
  ],
  [
    () => plots.decisionBoundary(() => 1, { x: [1, 1] }),
    "RangeError",
    "decisionBoundary: x = [1, 1]: wanted two finite numbers, the smaller first",
  ],
  [
    () => plots.decisionBoundary(() => 1, { y: any(5) }),
    "RangeError",
    "decisionBoundary: y = 5: wanted two finite numbers, the smaller first",
  ],
  [() => plots.descentPath(f, []), "RangeError", "descentPath: points is empty: wanted at least one row"],
  [() => plots.descentPath(f, [[1, 2], [3]]), "RangeError", "descentPath: points[1] of 1 values: wanted 2"],
  [
    () => plots.descentPath(() => NaN, [[1, 2]]),
    "RangeError",
    "descentPath: f(-1.5, -2.5) = NaN: wanted a finite number",
  ],
  [() => plots.descentPath(any(5), [[1, 2]]), "TypeError", "descentPath: f = 5: wanted a function"],
  [() => plots.descentPath(f, any(undefined)), "TypeError", "descentPath: points = undefined: wanted rows of numbers"],
  [
    () => plots.descentPath(f, [[1, 2]], { x: [2, 1] }),
    "RangeError",
    "descentPath: x = [2, 1]: wanted two finite numbers, the smaller first",
  ],
  [() => plots.gradientField([], []), "RangeError", "gradientField: points is empty: wanted at least one row"],
  [
    () =>
      plots.gradientField(
        [[0, 0]],
        [
          [1, 1],
          [2, 2],
        ],
      ),
    "RangeError",
    "gradientField: 1 values of points and 2 of vectors: wanted as many",
  ],
  [() => plots.gradientField([[0, 0, 0]], [[1, 1]]), "RangeError", "gradientField: points[0] of 3 values: wanted 2"],
  [
    () => plots.gradientField([[0, 0]], [[1, NaN]]),
    "RangeError",
    "gradientField: vectors[0][1] = NaN: wanted a finite number",
  ],
  [
    () => plots.gradientField([[0, 0]], any(undefined)),
    "TypeError",
    "gradientField: vectors = {}: wanted rows of numbers",
  ],
  [() => plots.gradientField(any(() => "1")), "TypeError", 'gradientField: f gave "1": wanted a number'],
  [
    () => plots.gradientField(f, { count: 1 }),
    "RangeError",
    "gradientField: count = 1: wanted a whole number from 2 to 200",
  ],
  [
    () => plots.gradientField(f, { direction: any("left") }),
    "RangeError",
    'gradientField: direction = "left": wanted "down" or "up"',
  ],
  [
    () => plots.gradientField([[0, 0]], [[1, 1]], { direction: "down" }),
    "TypeError",
    "gradientField: direction with vectors, which are drawn as they are: wanted a function",
  ],
  [() => plots.learningRates(f, [1], [0.1]), "RangeError", "learningRates: start of 1 values: wanted 2"],
  [() => plots.learningRates(f, [1, 2], []), "RangeError", "learningRates: rates is empty: wanted at least one number"],
  [
    () => plots.learningRates(f, [1, 2], [0.1, 0]),
    "RangeError",
    "learningRates: rates[1] = 0: wanted a finite number above 0",
  ],
  [
    () => plots.learningRates(f, [1, 2], any(undefined)),
    "TypeError",
    "learningRates: rates = undefined: wanted a list or an array of numbers",
  ],
  [
    () => plots.learningRates(f, [1, 2], { from: 1, to: 0 }),
    "RangeError",
    "learningRates: rates = [1, 0]: wanted two finite numbers, the smaller first",
  ],
  [
    () => plots.learningRates(f, [1, 2], [0.1], { steps: -1 }),
    "RangeError",
    "learningRates: steps = -1: wanted a whole number from 0 to 10000",
  ],
  [
    () =>
      plots.learningRates(
        any(() => undefined),
        [1, 2],
        [0.1],
      ),
    "TypeError",
    "learningRates: f gave undefined: wanted a number",
  ],
  [
    () => plots.digit(new Float64Array(783)),
    "RangeError",
    "digit: image of 783 values: wanted 784 values, 28 rows of 28",
  ],
  [
    () => plots.digit(np.zeros([2, 784])),
    "RangeError",
    "digit: image of shape (2,784): wanted 784 values, 28 rows of 28",
  ],
  [() => plots.digit([]), "RangeError", "digit: image is empty: wanted at least one number"],
  [() => plots.digit(any(undefined)), "TypeError", "digit: image = undefined: wanted a list or an array of numbers"],
  [() => plots.digit(new Float64Array(784).fill(NaN)), "RangeError", "digit: image[0] = NaN: wanted a finite number"],
  [
    () => plots.digit(images(1), { range: [1, 1] }),
    "RangeError",
    "digit: range = [1, 1]: wanted two finite numbers, the smaller first",
  ],
  [
    () => plots.digits(images(1), { range: any("0 to 1") }),
    "RangeError",
    'digits: range = "0 to 1": wanted two finite numbers, the smaller first',
  ],
  [
    () => plots.digit(images(1), { label: any("5") }),
    "RangeError",
    'digit: label = "5": wanted a whole number from 0 to 9',
  ],
  [() => plots.digits(images(0)), "RangeError", "digits: images is empty: wanted at least one row"],
  [() => plots.digits(np.zeros(784)), "RangeError", "digits: images of shape (784,): wanted rows of numbers"],
  [
    () => plots.digits(np.zeros([2, 783])),
    "RangeError",
    "digits: images[0] of shape (783,): wanted 784 values, 28 rows of 28",
  ],
  [() => plots.digits(any(undefined)), "TypeError", "digits: images = undefined: wanted rows of numbers"],
  [
    () => plots.digits(images(2), { labels: [1] }),
    "RangeError",
    "digits: 2 values of images and 1 of labels: wanted as many",
  ],
  [
    () => plots.digits(images(1), { labels: [10] }),
    "RangeError",
    "digits: labels[0] = 10: wanted a whole number from 0 to 9",
  ],
  [
    () => plots.digits(images(1), { labels: any(null) }),
    "TypeError",
    "digits: labels = null: wanted a list or an array of numbers",
  ],
  [
    () => plots.digits(images(1), { probabilities: [[0.5, 0.5]] }),
    "RangeError",
    "digits: probabilities[0] of 2 values: wanted 10",
  ],
  [
    () => plots.digits(images(1), { misread: true }),
    "TypeError",
    "digits: misread without labels or without predictions: wanted both",
  ],
  [
    () => plots.digits(images(1), { misread: true, labels: [1], predictions: [1] }),
    "RangeError",
    "digits: misread, and all 1 predictions are right: wanted a wrong one",
  ],
  [() => plots.digits(images(1), { columns: 0 }), "RangeError", "digits: columns = 0: wanted a whole number from 1"],
  [() => plots.confusionMatrix([], []), "RangeError", "confusionMatrix: labels is empty: wanted at least one number"],
  [
    () => plots.confusionMatrix([1, 2], [1]),
    "RangeError",
    "confusionMatrix: 2 values of labels and 1 of predictions: wanted as many",
  ],
  [
    () => plots.confusionMatrix([1], [0.5]),
    "RangeError",
    "confusionMatrix: predictions[0] = 0.5: wanted a whole number from 0 to 9",
  ],
  [
    () => plots.confusionMatrix([11], [1]),
    "RangeError",
    "confusionMatrix: labels[0] = 11: wanted a whole number from 0 to 9",
  ],
  [
    () => plots.confusionMatrix(any("12"), [1]),
    "TypeError",
    'confusionMatrix: labels = "12": wanted a list or an array of numbers',
  ],
  [
    () => plots.confusionMatrix([1], [1], { classes: any("10") }),
    "RangeError",
    'confusionMatrix: classes = "10": wanted a whole number from 1 to 1000',
  ],
  [
    () => plots.weights(np.zeros([50, 784])),
    "RangeError",
    "weights: W1 of shape (50,784): wanted (784,H), H hidden units",
  ],
  [() => plots.weights(np.full([784, 2], NaN)), "RangeError", "weights: W1[0] = NaN: wanted a finite number"],
  [
    () => plots.weights(np.zeros([784, 2]), { count: 0 }),
    "RangeError",
    "weights: count = 0: wanted a whole number from 1",
  ],
  [() => plots.weights(any([[1]])), "TypeError", "weights: W1 = [[1]]: wanted an array, as np.array makes"],
  [() => plots.network([]), "RangeError", "network: layers = []: wanted at least one layer"],
  [() => plots.network(any(3)), "TypeError", "network: layers = 3: wanted a list of layers"],
  [
    () => plots.network([784, 50, 10]),
    "RangeError",
    "network: layers[0] of 784 nodes: wanted a whole number from 1 to 16",
  ],
  [
    () => plots.network([["x"], [""]]),
    "RangeError",
    "network: layers[1] of 0 nodes: wanted a whole number from 1 to 16",
  ],
  [
    () => plots.network(any([["x"], [5]])),
    "TypeError",
    "network: layers[1] = [5]: wanted a number of nodes or a list of texts",
  ],
  [
    () => plots.network([1, 1], { captions: ["input"] }),
    "RangeError",
    "network: 1 captions and 2 layers: wanted as many",
  ],
  [
    () => plots.network([1, 1], { links: [{ from: [0, 0], to: [1, 1] }] }),
    "RangeError",
    "network: a link of node [1, 1]: wanted a node that is there",
  ],
  [
    () => plots.network([1, 1], { links: any([5]) }),
    "TypeError",
    "network: links[0] = 5: wanted from and to, each as [layer, number from the top]",
  ],
  [() => plots.network([1, 1], { linkLabel: any("w") }), "TypeError", 'network: linkLabel = "w": wanted a function'],
  [
    () => plots.network([1, 1], { shape: any("star") }),
    "RangeError",
    'network: shape = "star": wanted "circle" or "box"',
  ],
  [() => plots.live(any(null)), "TypeError", "live: options = null: wanted an object with title"],
  [() => plots.live({ title: any(5) }), "TypeError", "live: title = 5: wanted a text"],
  [
    () => new plots.Plot(any(undefined), "sentence"),
    "TypeError",
    "Plot: spec = undefined: wanted a Vega-Lite specification, an object",
  ],
  [() => new plots.Plot(point, any(undefined)), "TypeError", "Plot: description = undefined: wanted a text"],
  [
    () => new plots.Plot({ encoding: {} }, "sentence"),
    "TypeError",
    "Plot: spec without mark: wanted a mark or one of layer, hconcat, vconcat, concat",
  ],
  [
    () => new plots.Plot({ mark: "lime" }, "sentence"),
    "RangeError",
    `Plot: spec.mark = "lime": wanted one of ${MARKS}`,
  ],
  [
    () => new plots.Plot({ layer: [point, { mark: { typ: "line" } }] }, "sentence"),
    "RangeError",
    `Plot: spec.layer[1].mark.type = undefined: wanted one of ${MARKS}`,
  ],
  [
    () => new plots.Plot({ hconcat: point }, "sentence"),
    "TypeError",
    "Plot: spec.hconcat = { mark }: wanted a list of specifications",
  ],
  [
    () => new plots.Plot({ repeat: ["a"], spec: 5 }, "sentence"),
    "TypeError",
    "Plot: spec.spec = 5: wanted a Vega-Lite specification, an object",
  ],
  [
    () => new plots.Plot({ ...point, data: [{ x: 1 }] }, "sentence"),
    "TypeError",
    "Plot: spec.data = [{ x }]: wanted an object, as { values: [...] }",
  ],
  [
    () => new plots.Plot({ ...point, data: { value: [1] } }, "sentence"),
    "TypeError",
    "Plot: spec.data = { value }: wanted an object, as { values: [...] }",
  ],
  [
    () => new plots.Plot({ ...point, transform: { filter: "true" } }, "sentence"),
    "TypeError",
    "Plot: spec.transform = { filter }: wanted a list",
  ],
  [
    () => new plots.Plot({ ...point, encoding: "x" }, "sentence"),
    "TypeError",
    'Plot: spec.encoding = "x": wanted an object, as { x: { field: "x" } }',
  ],
  [
    () => new plots.Plot({ ...point, encoding: { X: { field: "x" } } }, "sentence"),
    "RangeError",
    `Plot: spec.encoding.X: wanted one of ${CHANNELS}`,
  ],
  [
    () => new plots.Plot({ ...point, encoding: { x: "x" } }, "sentence"),
    "TypeError",
    'Plot: spec.encoding.x = "x": wanted an object, as { field: "x" }',
  ],
  [
    () => new plots.Plot({ ...point, encoding: { x: { field: "x", type: "quantitive" } } }, "sentence"),
    "RangeError",
    'Plot: spec.encoding.x.type = "quantitive": wanted one of quantitative, temporal, ordinal, nominal, geojson',
  ],
  [
    () => new plots.Plot({ ...point, transform: [{ calculate: "1 +", as: "x" }] }, "sentence")[jupyterDisplay](),
    "TypeError",
    "Plot: spec that Vega refuses (Unexpected end of input): wanted one that it can draw",
  ],
  [
    () => new plots.Plot(point, "sentence").show(any("here")),
    "TypeError",
    'Plot.show: output = "here": wanted an Output',
  ],
];

const range = { x: [-1, 1], y: [-1, 1] };
const titles = { xTitle: "x", yTitle: "y", title: "title" };

export const calls: Readonly<Record<string, GoodCall>> = {
  "plots.accuracy": good(plots.accuracy, () => [
    { trainAccuracy: [0.5], testAccuracy: [0.5] },
    { xTitle: "x", title: "t" },
  ]),
  "plots.loss": good(plots.loss, () => [[1, 2], { iterations: 2, movingAverage: 2, xTitle: "x", title: "t" }]),
  "plots.functionPlot": good(plots.functionPlot, () => [
    { f: square, label: "f" },
    { from: 0, to: 1, y: [0, 1], tangentAt: [0.5], ...titles },
  ]),
  "plots.decisionBoundary": good(plots.decisionBoundary, () => [
    () => 1,
    { points: [[0, 1]], labels: [1], equalScales: true, ...range, ...titles },
  ]),
  "plots.scatter": good(plots.scatter, () => [[[0, 1]], { labels: [1], equalScales: true, ...range, ...titles }]),
  "plots.descentPath": good(plots.descentPath, () => [
    f,
    [
      [1, 2],
      [0, 0],
    ],
    { ...range, ...titles },
  ]),
  "plots.gradientField": good(plots.gradientField, () => [[[1, 2]], [[1, 1]], { ...range, count: 3, ...titles }]),
  "plots.gradientField of a function": good(
    plots.gradientField,
    () => [f, { ...range, count: 3, direction: "up", ...titles }],
    ["gradientField"],
  ),
  "plots.learningRates": good(plots.learningRates, () => [f, [1, 2], [0.1], { ...range, steps: 2, ...titles }]),
  "plots.digit": good(plots.digit, () => [images(1), { label: 1, prediction: 2, range: [0, 1], title: "t" }]),
  "plots.digits": good(plots.digits, () => [
    images(1),
    {
      labels: [1],
      predictions: [2],
      misread: true,
      probabilities: [new Array(10).fill(0.1)],
      range: [0, 1],
      count: 1,
      columns: 1,
      title: "t",
    },
  ]),
  "plots.confusionMatrix": good(plots.confusionMatrix, () => [[1, 2], [1, 1], { classes: 10, title: "t" }]),
  "plots.weights": good(plots.weights, () => [np.zeros([784, 2]), { count: 2, columns: 2, title: "t" }]),
  "plots.network": good(plots.network, () => [
    [1, 1],
    {
      links: [{ from: [0, 0], to: [1, 0], label: "w" }],
      linkLabel: () => "w",
      captions: ["a", "b"],
      shape: "box",
      title: "t",
    },
  ]),
  "plots.live": good(plots.live, () => [{ title: "t" }]),
  "plots.Plot": good(
    (...args) => new plots.Plot(...(args as never as [plots.VegaLiteSpec, string])),
    () => [point, "sentence", "name"],
    ["Plot"],
  ),
  "plots.Plot.show": good(
    (...args) => new plots.Plot(point, "sentence").show(...(args as [])),
    () => [],
    ["Plot.show"],
  ),
};
