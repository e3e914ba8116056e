import assert from "node:assert/strict";
import test from "node:test";
import { np, RandomState, sigmoid } from "../../lib/src/index";
import { accuracy, functionPlot, loss } from "../../lib/src/plots/index";
import { movingAverage } from "../../lib/src/plots/movingAverage";
import { sceneOf, type Item } from "./scene";

const history = { trainAccuracy: [0.1, 0.78, 0.88], testAccuracy: [0.1, 0.79, 0.87] };

test("The accuracy plot is a solid and a dashed line from 0 to 1 with the legend at the lower right", async () => {
  const scene = await sceneOf(accuracy(history));
  assert.deepEqual(scene.warnings, []);
  const [train, held] = scene.lines();
  // 300 pixels are the accuracies from 0 at the bottom to 1
  assert.deepEqual(
    train.map(({ y }) => Math.round(y)),
    [270, 66, 36],
  );
  assert.deepEqual(
    held.map(({ y }) => Math.round(y)),
    [270, 63, 39],
  );
  assert.deepEqual(
    train.map(({ x }) => x),
    [0, 210, 420],
  );
  assert.deepEqual(
    [train[0].strokeDash, held[0].strokeDash],
    [
      [1, 0],
      [6, 4],
    ],
  );
  assert.notEqual(train[0].stroke, held[0].stroke);
  assert.deepEqual(scene.texts("legend-label"), ["train acc", "test acc"]);
  assert.deepEqual(scene.texts("axis-title"), ["epochs", "accuracy"]);
  const [legend] = scene.role("legend");
  assert.ok(legend.x > 210 && legend.x < 420 && legend.y > 150 && legend.y < 300, "inside, right, below the middle");
});

test("A NaN leaves a gap in a line", async () => {
  const [train] = (await sceneOf(accuracy({ trainAccuracy: [0.1, NaN, 0.9], testAccuracy: [0.1, 0.5, 0.9] }))).lines();
  assert.deepEqual(
    train.map(({ defined }) => defined ?? true),
    [true, false, true],
  );
});

test("The loss plot draws every loss against its iteration from 0, and the mean of those around it", async () => {
  const losses = np.array([4, 2, 3, 1]);
  const scene = await sceneOf(loss(losses, { movingAverage: 3 }));
  assert.deepEqual(scene.warnings, []);
  const [noisy, mean] = scene.lines();
  assert.deepEqual(
    noisy.map(({ datum }) => [datum.iteration, datum.loss]),
    [
      [0, 4],
      [1, 2],
      [2, 3],
      [3, 1],
    ],
  );
  // one before, itself and one after; at the ends two
  assert.deepEqual(
    mean.map(({ datum }) => datum.loss),
    [3, 3, 2, 2],
  );
  assert.deepEqual(
    noisy.map(({ x }) => x),
    [0, 140, 280, 420],
  );
  assert.deepEqual(scene.texts("axis-title"), ["iteration", "loss"]);
  assert.deepEqual(scene.texts("legend-label"), ["each batch", "mean of 3 around"]);
});

test("On a slope the mean of the losses is the loss itself, neither above nor below", () => {
  const line = Array.from({ length: 200 }, (_, i) => 5 - i / 50);
  const means = movingAverage(line, 21);
  for (let i = 10; i < 190; i++) assert.ok(Math.abs(means[i] - line[i]) < 1e-12, `${i}`);
});

test("The mean leaves out NaN, and a loss of 1e20 spoils only the means that hold it", () => {
  // windows of 4: two before, itself, one after
  assert.deepEqual([...movingAverage([1, NaN, 3, NaN, NaN, NaN, NaN, 8], 4)], [1, 2, 2, 3, 3, NaN, 8, 8]);
  const spoiled = movingAverage([1e20, 0.5, 0.25, 0.75, 0.5, 0.25, 0.75], 3);
  assert.deepEqual([...spoiled].slice(2), [0.5, 0.5, 0.5, 0.5, 0.5]);
  assert.deepEqual([...movingAverage([1, 2, 6], 1000)], [3, 3, 3]);
});

test("Several losses are drawn in colours of their own, each to its own end, with their means in the same colour", async () => {
  const scene = await sceneOf(loss({ "rate 0.1": [4, 3, 2, 2], "rate 1": [4, 1] }, { movingAverage: 2 }));
  assert.deepEqual(scene.warnings, []);
  const lines = scene.lines();
  assert.deepEqual(
    lines.map((line) => line.map(({ x }) => x)),
    [
      [0, 140, 280, 420],
      [0, 140],
      [0, 140, 280, 420],
      [0, 140],
    ],
  );
  const [first, second, firstMean, secondMean] = lines.map(([{ stroke }]) => stroke);
  assert.deepEqual([first, second], [firstMean, secondMean]);
  assert.notEqual(first, second);
  assert.ok(lines[0][0].opacity! < (lines[2][0].opacity ?? 1));
  assert.deepEqual(scene.texts("legend-label"), ["rate 0.1", "rate 1"]);
  assert.deepEqual(scene.texts("legend-title"), ["mean of 2 around;,pale: each batch"]);
});

test("Lines beyond the seven colours have dashes of their own", async () => {
  const names = Array.from({ length: 9 }, (_, i) => [`run ${i}`, [1, i]]);
  const looks = (await sceneOf(loss(Object.fromEntries(names))))
    .lines()
    .map(([{ stroke, strokeDash }]) => [stroke, strokeDash]);
  assert.deepEqual(looks[7], [looks[0][0], [6, 4]]);
  assert.equal(new Set(looks.map(String)).size, 9);
});

test("Several trainings' accuracies have a colour each, solid for training and dashed for test", async () => {
  const other = { trainAccuracy: [0.2, 0.5], testAccuracy: [0.2, 0.4] };
  const plot = accuracy({ relu: history, sigmoid: other });
  const scene = await sceneOf(plot);
  assert.deepEqual(scene.warnings, []);
  const lines = scene.lines();
  assert.deepEqual(
    lines.map((line) => line.map(({ y }) => Math.round(y))),
    [
      [270, 66, 36],
      [270, 63, 39],
      [240, 150],
      [240, 180],
    ],
  );
  const [a, b, c, d] = lines.map(([{ stroke }]) => stroke);
  assert.ok(a === b && c === d && a !== c);
  assert.deepEqual(
    lines.map(([{ strokeDash }]) => String(strokeDash)),
    ["1,0", "6,4", "1,0", "6,4"],
  );
  assert.deepEqual(scene.texts("legend-label"), ["relu", "sigmoid", "train acc", "test acc"]);
  assert.equal(
    plot.description,
    "Line plot of accuracy against epochs: relu, 3 points: train acc from 0.1 to 0.88, test acc from 0.1 to 0.87; " +
      "sigmoid, 2 points: train acc from 0.2 to 0.5, test acc from 0.2 to 0.4.",
  );
});

test("The sentence says where a line is lowest and highest, unless it is at an end, and how many values are NaN", () => {
  assert.equal(
    loss([2, 9, NaN, 1, 1.5]).description,
    "Line plot of loss against iteration, 5 points: from 2 to 1.5, least 1 at 3, greatest 9 at 1, 1 of them NaN.",
  );
  assert.equal(loss([3]).description, "Line plot of loss against iteration, 1 point: from 3 to 3.");
  assert.equal(loss([NaN, NaN]).description, "Line plot of loss against iteration, 2 points: from NaN to NaN.");
  assert.equal(
    loss({ a: [3, 1], b: [2, 2] }, { movingAverage: 2 }).description,
    "Line plot of loss against iteration: a, 2 points: from 3 to 1; its mean of 2 around from 3 to 2; " +
      "b, 2 points: from 2 to 2; its mean of 2 around from 2 to 2.",
  );
});

test("The loss plot can end after the first iterations", async () => {
  const [line] = (await sceneOf(loss([4, 2, 3, 1], { iterations: 2 }))).lines();
  assert.equal(line.length, 2);
});

test("A curve has 201 points and its tangent the slope of the central difference", async () => {
  const scene = await sceneOf(functionPlot((x) => 0.01 * x ** 2 + 0.1 * x, { from: 0, to: 20, tangentAt: 5 }));
  assert.deepEqual(scene.warnings, []);
  const [curve] = scene.lines();
  assert.equal(curve.length, 201);
  const [rule] = scene.items("rule");
  // from 0 to 20: 20 * 0.2 = 4 up, on 300 pixels for 7.2
  assert.equal(rule.x2! - rule.x, 420);
  assert.ok(Math.abs(rule.y - rule.y2! - (4 * 300) / 7.2) < 1e-3);
  const [point] = scene.items("symbol");
  assert.deepEqual([point.datum.x, point.datum.y, point.datum.slope], [5, 0.75, 0.2]);
  assert.deepEqual(scene.texts("axis-title"), ["x", "f(x)"]);
  assert.deepEqual(scene.texts("legend-label"), ["f", "tangent of f at 5"]);
});

test("Several curves are named by their functions or labels, and the dashed tangents by their places", async () => {
  const double = (x: number): number => 2 * x;
  const scene = await sceneOf(functionPlot([double, { label: "square", f: (x) => x * x }], { tangentAt: [-1, 1] }));
  assert.deepEqual(scene.warnings, []);
  const labels = ["double", "square", "tangent of double at -1, 1", "tangent of square at -1, 1"];
  assert.deepEqual(scene.texts("legend-label"), labels);
  assert.equal(scene.lines().length, 2);
  const rules = scene.items("rule");
  assert.equal(rules.length, 4);
  assert.deepEqual(
    rules.map(({ stroke, strokeDash }) => [stroke, String(strokeDash)]),
    [0, 0, 1, 1].map((i) => [scene.lines()[i][0].stroke, "6,4"]),
  );
});

test("Two functions of one name are two lines, and more tangents than three are named together", async () => {
  const scene = await sceneOf(functionPlot([Math.sin, Math.sin], { tangentAt: [0, 1, 2, 3] }));
  assert.deepEqual(scene.texts("legend-label"), ["sin", "sin (2)", "tangents of sin", "tangents of sin (2)"]);
  assert.equal(scene.lines().length, 2);
});

/** The pieces of a line: each with the data of its points. */
function pieces(line: readonly Item[]): { x: number; y: number }[][] {
  const all: { x: number; y: number }[][] = [[]];
  for (const { datum, defined } of line) {
    if (defined === false) all.push([]);
    else all[all.length - 1].push(datum as { x: number; y: number });
  }
  return all;
}

test("Steps are drawn as steps: level pieces that end where the function jumps", async () => {
  const rounded = (x: number): number => Math.round(10 * sigmoid(x)) / 10;
  const plot = functionPlot(rounded, { from: -6, to: 6 });
  const [line] = (await sceneOf(plot)).lines();
  const stairs = pieces(line);
  assert.deepEqual(
    stairs.map((stair) => [...new Set(stair.map(({ y }) => y))]),
    [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].map((level) => [level]),
  );
  stairs.slice(1).forEach((stair, i) => {
    // sigmoid(x) is 0.05, 0.15 ... at its inverse
    const level = (i + 0.5) / 10;
    const jump = Math.log(level / (1 - level));
    assert.ok(Math.abs(stair[0].x - jump) < 1e-4 && Math.abs(stairs[i][stairs[i].length - 1].x - jump) < 1e-4);
  });
  assert.equal(
    plot.description,
    "Plot of f(x) for x from -6 to 6: rounded from 0 to 1, with jumps at 10 places from -2.944 to 2.944.",
  );
});

test("A jump with slopes on its sides is one gap, and a value of its own between them makes no second one", () => {
  assert.match(
    functionPlot((x) => x - Math.floor(x), { from: 0.5, to: 1.5 }).description,
    /from 0 to 0.995, with a jump at 1\.$/,
  );
  assert.match(functionPlot(Math.sign).description, /sign from -1 to 1, with a jump at 0\.$/);
});

test("What is steep but continuous has no gap, and is as steep in the picture", async () => {
  const [line] = (await sceneOf(functionPlot({ label: "steep", f: (x) => sigmoid(1000 * (x - 0.02)) }))).lines();
  const [curve, ...rest] = pieces(line);
  assert.equal(rest.length, 0);
  const rising = line.filter(({ datum }) => (datum.y as number) > 0.01 && (datum.y as number) < 0.99);
  assert.ok(
    rising.every(({ x }) => Math.abs(x - (420 * 5.02) / 10) < 1),
    "within a pixel of 0.02",
  );
  assert.ok(curve.every(({ x }, i) => i === 0 || x >= curve[i - 1].x));
});

test("Noise is drawn as it was found, with few calls and without jumps", () => {
  const random = new RandomState(0);
  let calls = 0;
  const plot = functionPlot({
    label: "noise",
    f: () => {
      calls++;
      return np.at(random.rand(1), 0);
    },
  });
  assert.ok(calls < 3300, `${calls}`);
  assert.doesNotMatch(plot.description, /jump|bound/);
});

test("A curve has a gap where the function is NaN or infinite, and the sentence says where", async () => {
  const root = functionPlot(Math.sqrt, { from: -1, to: 1 });
  const [line] = (await sceneOf(root)).lines();
  assert.equal(line.filter(({ defined }) => defined === false).length, 100);
  assert.match(root.description, /sqrt from 0 to 1, without a finite value from -1 to -0.01\.$/);
  const log = functionPlot([{ label: "-log y", f: (y) => -Math.log(y) }, () => Infinity], { from: 0, to: 1 });
  const [curve] = (await sceneOf(log)).lines();
  assert.deepEqual(
    curve.slice(0, 2).map(({ defined }) => defined !== false),
    [false, true],
  );
  assert.match(log.description, /-log y from 0 to 5.29832, without a finite value at 0; f2 without a finite value\.$/);
});

test("Beside a pole the curve leaves the picture, on both sides, and nothing joins them", async () => {
  for (const from of [-1, -1.0037]) {
    const plot = functionPlot({ label: "1/x", f: (x) => 1 / x }, { from, to: 1, y: [-5, 5] });
    const [line] = (await sceneOf(plot)).lines();
    const [left, right] = pieces(line);
    assert.ok(left.every(({ x, y }) => x <= 0 && y < 0) && right.every(({ x, y }) => x >= 0 && y > 0), `${from}`);
    assert.ok(left[left.length - 1].y < -5 && right[0].y > 5);
  }
  assert.match(functionPlot(Math.tan).description, /growing without bound at -4.712, -1.571, 1.571, 4.712\.$/);
});
