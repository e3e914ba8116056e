import assert from "node:assert/strict";
import test from "node:test";
import { np } from "../../lib/src/index";
import { decisionBoundary, scatter } from "../../lib/src/plots/index";
import { sceneOf, type Scene } from "./scene";

const corners = [
  [0, 0],
  [4, 0],
  [4, 2],
  [0, 2],
];

test("A scatter puts each point in its place, and a unit is as long on both axes", async () => {
  const scene = await sceneOf(scatter(np.array(corners), { x: [0, 4], y: [0, 2] }));
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(
    scene.items("symbol").map(({ x, y }) => [x, y]),
    [
      [0, 180],
      [360, 180],
      [360, 0],
      [0, 0],
    ],
  );
  assert.deepEqual(scene.texts("axis-title"), ["x1", "x2"]);
  assert.deepEqual(scene.texts("legend-label"), []);
});

test("A range more than three times the other, or a reader, makes the scales unequal", () => {
  const size = (plot: ReturnType<typeof scatter>): unknown[] => [plot.spec.width, plot.spec.height];
  assert.deepEqual(size(scatter(corners, { x: [0, 3], y: [0, 1] })), [360, 120]);
  assert.deepEqual(size(scatter(corners, { x: [0, 3.1], y: [0, 1] })), [360, 360]);
  assert.deepEqual(size(scatter(corners, { x: [0, 1], y: [0, 10], equalScales: true })), [36, 360]);
  assert.deepEqual(size(scatter(corners, { x: [0, 1], y: [0, 2], equalScales: false })), [360, 360]);
});

test("Each class of a scatter has a colour and a shape, and numbers stand in order", async () => {
  const plot = scatter(corners, { labels: np.array([2, 0, 2, 1], { dtype: "int32" }) });
  const scene = await sceneOf(plot);
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(scene.texts("legend-label"), ["0", "1", "2"]);
  assert.deepEqual(scene.texts("legend-title"), ["class"]);
  const looks = scene.items("symbol").map(({ fill, shape }) => `${fill} ${shape}`);
  assert.equal(looks[0], looks[2]);
  assert.equal(new Set(looks).size, 3);
  assert.equal(
    plot.description,
    "Scatter plot of 4 points, x1 from 0 to 4 and x2 from 0 to 2: 1 of class 0 around (4, 0), " +
      "1 of class 1 around (0, 2), 2 of class 2 around (2, 1).",
  );
});

test("Classes may have texts as names, which stand as they first occur", async () => {
  const scene = await sceneOf(scatter(corners, { labels: ["setosa", "iris", "iris", "setosa"] }));
  assert.deepEqual(scene.texts("legend-label"), ["setosa", "iris"]);
});

test("Twenty classes differ in colour or shape", async () => {
  const points = Array.from({ length: 20 }, (_, i) => [i, i]);
  const symbols = (await sceneOf(scatter(points, { labels: np.arange(20) }))).items("symbol");
  assert.equal(new Set(symbols.map(({ fill, shape }) => `${fill} ${shape}`)).size, 20);
});

/** The fill of the area at a point of the picture: of the last rectangle drawn there. */
function areaAt(scene: Scene, x: number, y: number): string | undefined {
  const there = scene.items("rect").filter((r) => x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height);
  return there[there.length - 1]?.fill;
}

test("A plane of three classes has three areas whose borders are where the function changes, and the points on them", async () => {
  // class 2 is a strip of a tenth of a pixel's width at x1 = 0.3 beside class 1, so two changes lie between two samples
  const classOf = (x1: number): number => (x1 < 0.3 ? 0 : x1 < 0.30028 ? 2 : 1);
  const plot = decisionBoundary(classOf, { points: corners, labels: [0, 1, 1, 0], x: [0, 1], y: [0, 1] });
  const scene = await sceneOf(plot);
  assert.deepEqual(scene.warnings, []);
  const [plane, ...strips] = scene.items("rect");
  assert.deepEqual([plane.width, plane.height, strips.length], [360, 360, 720]);
  const [wide, thin] = [strips[0], strips[360]];
  assert.ok(Math.abs(thin.x - 108) < 0.01 && Math.abs(thin.width - 0.1) < 0.01, `${thin.x}, ${thin.width}`);
  assert.ok(Math.abs(wide.x - 108.1) < 0.01 && Math.abs(wide.x + wide.width - 360) < 0.01);
  assert.equal(new Set([areaAt(scene, 50, 50), areaAt(scene, 108.05, 50), areaAt(scene, 200, 50)]).size, 3);
  assert.equal(scene.items("symbol").length, 4);
  assert.match(
    plot.description,
    /^Areas of the classes of classOf, x1 from 0 to 1 and x2 from 0 to 1: class 0 has 30%, class 1 has 70%, class 2 has 0%; 4 of 4 points lie in the area of their class\.$/,
  );
});

test("The plane of a reader's points holds them all, and a class has the colours it has in a scatter", async () => {
  const points = [
    [-2, 10],
    [2, 11],
    [0, 12],
  ];
  const labels = [0, 1, 3];
  const nearest = (x1: number, x2: number): number => (x2 > 11.5 ? 3 : x1 > 0 ? 1 : 0);
  const plot = decisionBoundary(nearest, { points: np.array(points), labels: np.array(labels) });
  const fills = async (drawn: typeof plot): Promise<unknown[]> =>
    (await sceneOf(drawn)).items("symbol").map(({ fill, shape }) => [fill, shape]);
  assert.deepEqual(await fills(plot), await fills(scatter(points, { labels })));
  assert.match(plot.description, /x1 from -2.4 to 2.4 and x2 from 9.8 to 12.2: .*; 3 of 3 points/);
});

test("A function of other classes than 0 and 1 is no gate, and needs no points", async () => {
  const scene = await sceneOf(decisionBoundary((x1, x2) => Math.sign(x1 - x2)));
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(scene.items("symbol"), []);
  assert.deepEqual(scene.texts("legend-label"), ["-1", "0", "1"]);
});
