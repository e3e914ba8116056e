import assert from "node:assert/strict";
import test from "node:test";
import { np } from "../../lib/src/index";
import { accuracy, functionPlot, loss } from "../../lib/src/plots/index";
import { sceneOf } from "./scene";

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

test("The loss plot draws every loss against its iteration from 0, and a mean that trails", async () => {
  const losses = np.array([4, 2, 3, 1]);
  const scene = await sceneOf(loss(losses, { movingAverage: 2 }));
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
  assert.deepEqual(
    mean.map(({ datum }) => datum.average),
    [4, 3, 2.5, 2],
  );
  assert.deepEqual(
    noisy.map(({ x }) => x),
    [0, 140, 280, 420],
  );
  assert.deepEqual(scene.texts("axis-title"), ["iteration", "loss"]);
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
  assert.deepEqual(scene.texts("legend-label"), []);
});

test("Several curves are named by their functions or labels", async () => {
  const double = (x: number): number => 2 * x;
  const scene = await sceneOf(functionPlot([double, { label: "square", f: (x) => x * x }], { tangentAt: [-1, 1] }));
  assert.deepEqual(scene.texts("legend-label"), ["double", "square"]);
  assert.equal(scene.lines().length, 2);
  assert.equal(scene.items("rule").length, 4);
});

test("A curve has a gap where the function is NaN, and an infinite value is named", async () => {
  const [line] = (await sceneOf(functionPlot(Math.sqrt, { from: -1, to: 1 }))).lines();
  assert.equal(line.filter(({ defined }) => defined === false).length, 100);
});
