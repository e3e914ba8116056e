import assert from "node:assert/strict";
import test from "node:test";
import { gradientDescent, np, numericalGradient, type NDArray } from "../../lib/src/index";
import { descentPath, gradientField, learningRates, type Plot } from "../../lib/src/plots/index";
import { sceneOf } from "./scene";

const sumOfSquares = (x: NDArray): number => np.sum(np.square(x));

/** The book's grid: 18 values for each variable, from -2 to 2.25. */
function bookGrid(): [number, number][] {
  const ticks = Array.from(np.arange(-2, 2.5, 0.25).data);
  return ticks.flatMap((x1) => ticks.map((x0): [number, number] => [x0, x1]));
}

test("The gradient field has 324 arrows that point along minus the gradient and are as long as it", async () => {
  const points = bookGrid();
  const vectors = points.map((point) => np.negative(numericalGradient(sumOfSquares, np.array(point))));
  const scene = await sceneOf(gradientField(np.array(points), vectors, { x: [-2, 2], y: [-2, 2] }));
  assert.deepEqual(scene.warnings, []);
  const [shafts, heads] = [scene.items("rule"), scene.items("symbol")];
  assert.deepEqual([shafts.length, heads.length], [324, 324]);
  const meanLength = points.reduce((sum, [x, y]) => sum + 2 * Math.hypot(x, y), 0) / 324;
  points.forEach(([x, y], i) => {
    const [dx, dy] = [heads[i].x - shafts[i].x, heads[i].y - shafts[i].y];
    // the mean arrow takes 1/(1.8 * 18) of the 360 pixels, as matplotlib's quiver chooses
    const wanted = (2 * Math.hypot(x, y) * 360) / (1.8 * 18 * meanLength);
    assert.ok(Math.abs(Math.hypot(dx, dy) - wanted) < 0.02, `length at ${x}, ${y}`);
    // minus the gradient, (-2x, -2y), on a screen whose y goes down
    assert.ok(Math.abs(dx - (wanted * -x) / (Math.hypot(x, y) || 1)) < 0.02, `direction at ${x}, ${y}`);
    assert.ok(Math.abs(dy - (wanted * y) / (Math.hypot(x, y) || 1)) < 0.02, `direction at ${x}, ${y}`);
    const upright = (Math.atan2(dx, -dy) * 180) / Math.PI;
    if (wanted > 1) assert.ok(Math.abs(((heads[i].angle! - upright + 540) % 360) - 180) < 0.5, `head at ${x}, ${y}`);
  });
  assert.deepEqual(scene.texts("axis-title"), ["x0", "x1"]);
});

test("An arrow ends where its head begins", async () => {
  const scene = await sceneOf(gradientField(sumOfSquares));
  scene.items("rule").forEach((shaft, i) => {
    const head = scene.items("symbol")[i];
    const headLength = Math.sqrt(head.size!);
    const gap = Math.hypot(head.x - shaft.x2!, head.y - shaft.y2!);
    assert.ok(Math.abs(gap - headLength) < 0.05, `${gap} and ${headLength}`);
  });
});

test("For a function the field is drawn downhill on a grid of its own", async () => {
  const scene = await sceneOf(gradientField(sumOfSquares, { count: 2 }));
  const shown = scene.items("rule").map(({ datum }) => [datum.x, datum.y, datum.u, datum.v]);
  assert.deepEqual(shown, [
    [-2, -2, 4, 4],
    [2, -2, -4, 4],
    [-2, 2, 4, -4],
    [2, 2, -4, -4],
  ]);
});

test("Upwards the arrows are the gradient", async () => {
  const scene = await sceneOf(gradientField(sumOfSquares, { count: 2, direction: "up" }));
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(
    scene.items("rule").map(({ datum }) => [datum.u, datum.v]),
    [
      [-4, -4],
      [4, -4],
      [-4, 4],
      [4, 4],
    ],
  );
});

test("A field's sentence says which way it is drawn, and where all arrows point if it is one place", () => {
  const about = (field: (x0: number, x1: number) => number, direction?: "down" | "up"): string =>
    gradientField((x) => field(np.at(x, 0) as number, np.at(x, 1) as number), { count: 5, direction }).description;
  assert.match(
    about((x, y) => x * x + y * y),
    /^Field of 25 arrows downhill, minus the gradient, for .*, all pointing to \(0, 0\)\.$/,
  );
  assert.match(
    about((x, y) => (x - 0.3) ** 2 + (y - 5) ** 2),
    /, all pointing to \(0.3, 5\)\.$/,
  );
  assert.match(
    about((x, y) => x * x + y * y, "up"),
    /^Field of 25 arrows uphill, the gradient, for .*, all pointing away from \(0, 0\)\.$/,
  );
  assert.match(
    about((x, y) => 3 * x - y),
    /, all pointing the same way\.$/,
  );
  assert.match(
    about((x, y) => (x * x) / 20 + y * y),
    /, the longest 4.00\d* at \(-2, -2\)\.$/,
  );
  assert.match(
    about((x, y) => x * x - y * y),
    /, the longest 5.65\d* at \(-2, -2\)\.$/,
  );
  const around = bookGrid();
  const turning = gradientField(
    around,
    around.map(([x, y]) => [-y, x]),
  );
  assert.match(turning.description, /^Field of 324 arrows for .*, the longest 3.18198 at \(2.25, 2.25\)\.$/);
});

test("A field is as wide for a unit as it is high", async () => {
  const { width, height } = gradientField(
    [
      [0, 0],
      [4, 2],
    ],
    [
      [1, 1],
      [1, 1],
    ],
    { x: [0, 4], y: [0, 2] },
  ).spec;
  assert.deepEqual([width, height], [360, 180]);
  const [shaft] = (
    await sceneOf(
      gradientField(
        [
          [0, 0],
          [4, 2],
        ],
        [
          [1, 1],
          [1, 1],
        ],
        { x: [0, 4], y: [0, 2] },
      ),
    )
  ).items("rule");
  // (1, 1) is half of a right angle
  assert.ok(Math.abs(shaft.x2! - shaft.x + (shaft.y2! - shaft.y)) < 1e-3);
});

test("A field of nothing but zeros is drawn, without arrows", async () => {
  const scene = await sceneOf(
    gradientField(
      [
        [0, 0],
        [1, 1],
      ],
      [
        [0, 0],
        [0, 0],
      ],
    ),
  );
  assert.deepEqual(
    scene.items("symbol").map(({ size }) => size),
    [0, 0],
  );
});

test("The descent path shows each point in order, its start and end, and lines of equal height", async () => {
  const points = [
    [-3, 4],
    [-2.4, 3.2],
    [-1.92, 2.56],
  ];
  const scene = await sceneOf(descentPath(sumOfSquares, np.array(points)));
  assert.deepEqual(scene.warnings, []);
  const shown = scene.items("symbol").map(({ datum }) => [datum.x, datum.y]);
  assert.deepEqual(shown, points);
  assert.deepEqual(
    scene.items("text").map(({ text }) => text),
    ["start", "end"],
  );
  const contours = scene.lines().filter((line) => line[0].datum.level !== undefined);
  assert.ok(contours.length >= 9);
  for (const line of contours) {
    for (const { datum } of line) {
      const height = (datum.x as number) ** 2 + (datum.y as number) ** 2;
      assert.ok(Math.abs(height - (datum.level as number)) < 0.05, `${height} on the line of ${String(datum.level)}`);
    }
  }
});

test("Circles are circles: a unit is as long on both axes", () => {
  const size = ({ spec }: Plot): unknown[] => [spec.width, spec.height];
  assert.deepEqual(size(descentPath(sumOfSquares, [[-3, 4]])), [280, 360]);
  const [panel] = learningRates(sumOfSquares, [-3, 4], [0.1], { steps: 1 }).spec.concat as Plot["spec"][];
  assert.deepEqual([panel.width, panel.height], [187, 240]);
  assert.deepEqual(size(descentPath(sumOfSquares, [[-7, 1]], { x: [-7, 7], y: [-1, 1] })), [360, 360]);
});

test("The innermost contour is as round as the others: no corner of it can be seen", async () => {
  const scene = await sceneOf(descentPath(sumOfSquares, [[-3, 4]]));
  const contours = scene.lines().filter((line) => line[0].datum.level !== undefined);
  const levels = contours.map(([{ datum }]) => datum.level as number);
  for (const line of [
    contours[levels.indexOf(Math.min(...levels))],
    ...contours.filter((other) => other.length > 60),
  ]) {
    const radius = Math.sqrt(line[0].datum.level as number) * 40;
    const [cx, cy] = [140, 180];
    for (const [i, { x, y }] of line.entries()) {
      assert.ok(Math.abs(Math.hypot(x - cx, y - cy) - radius) < 0.05, "a point off the circle");
      if (i === 0) continue;
      const middle = [(x + line[i - 1].x) / 2 - cx, (y + line[i - 1].y) / 2 - cy];
      assert.ok(radius - Math.hypot(middle[0], middle[1]) < 0.3, "a side that leaves the circle by a third of a pixel");
    }
  }
});

test("Points of a path that lie upon the one before are not drawn, and the sentence says so", async () => {
  const points = Array.from({ length: 5000 }, (_, i) => [-3 * 0.8 ** i, 4 * 0.8 ** i]);
  const plot = descentPath(sumOfSquares, points);
  const drawn = (await sceneOf(plot)).items("symbol").map(({ datum }) => datum.step as number);
  assert.ok(drawn.length > 25 && drawn.length < 50, `${drawn.length}`);
  assert.deepEqual(
    drawn.slice(0, 25),
    Array.from({ length: 25 }, (_, i) => i),
  );
  assert.equal(drawn[drawn.length - 1], 4999);
  assert.match(plot.description, new RegExp(`5,000 points, drawn from ${drawn.length} of them, from \\(-3, 4\\) to `));
});

test("The descent path's axes go half a unit past the book's start, as its picture does", async () => {
  const { x, y } = descentPath(sumOfSquares, [[-3, 4]]).spec.encoding as Record<
    string,
    { scale: { domain: number[] } }
  >;
  assert.deepEqual(
    [x.scale.domain, y.scale.domain],
    [
      [-3.5, 3.5],
      [-4.5, 4.5],
    ],
  );
});

test("Each learning rate has a panel with the points that gradientDescent goes through", async () => {
  const scene = await sceneOf(learningRates(sumOfSquares, [-3, 4], [0.9, 0.01], { steps: 20 }));
  assert.deepEqual(scene.warnings, []);
  assert.deepEqual(
    scene.texts("title-text").filter((text) => text !== ""),
    ["learning rate 0.9", "learning rate 0.01"],
  );
  const symbols = scene.items("symbol");
  assert.equal(symbols.length, 42);
  for (const [panel, learningRate] of [0.9, 0.01].entries()) {
    const expected = [[-3, 4]];
    gradientDescent(sumOfSquares, np.array([-3, 4]), {
      learningRate,
      steps: 20,
      onStep: ({ x }) => expected.push(Array.from(x.data)),
    });
    symbols.slice(21 * panel, 21 * panel + 21).forEach(({ datum }, step) => {
      assert.ok(
        Math.abs((datum.x as number) - expected[step][0]) < 1e-3 &&
          Math.abs((datum.y as number) - expected[step][1]) < 1e-3,
      );
    });
  }
});

test("The slider moves the path", async () => {
  const plot = learningRates(sumOfSquares, [-3, 4], { from: 0.1, to: 0.7 }, { steps: 3 });
  const second = async (rate: number) =>
    (await sceneOf(plot, (view) => view.signal("rate", rate))).items("symbol")[1].datum;
  // x <- (1 - 2 * rate) x
  assert.deepEqual([(await second(0.1)).x, (await second(0.1)).y], [-2.4, 3.2]);
  assert.deepEqual([(await second(0.7)).x, (await second(0.7)).y], [1.2, -1.6]);
  assert.equal((await sceneOf(plot, (view) => view.signal("rate", 0.7))).items("symbol").length, 4);
});

test("The slider begins at 0.1 where it reaches it, and stands at round rates and its ends", async () => {
  const shown = async (range: { from: number; to: number }, rate?: number): Promise<unknown[]> => {
    const plot = learningRates(sumOfSquares, [-3, 4], range, { steps: 1 });
    const scene = await sceneOf(plot, (view) => rate !== undefined && view.signal("rate", rate));
    assert.deepEqual(scene.warnings, []);
    const symbols = scene.items("symbol");
    assert.equal(symbols.length, 2, "one path alone");
    return [scene.texts("title-text")[0], symbols[1].datum.rate];
  };
  assert.deepEqual(await shown({ from: 0.01, to: 1.05 }), ["learning rate 0.1", 0.1]);
  assert.deepEqual(await shown({ from: 0.01, to: 1.05 }, 1.05), ["learning rate 1.05", 1.05]);
  assert.deepEqual(await shown({ from: 0.013, to: 0.997 }), ["learning rate 0.1", 0.1]);
  // the slider's own ends are 0.01 and 1
  assert.deepEqual(await shown({ from: 0.013, to: 0.997 }, 0.01), ["learning rate 0.013", 0.013]);
  assert.deepEqual(await shown({ from: 0.013, to: 0.997 }, 1), ["learning rate 0.997", 0.997]);
  assert.deepEqual(await shown({ from: 0.29, to: 0.9 }, 0.29), ["learning rate 0.29", 0.29]);
  assert.deepEqual(await shown({ from: 2, to: 12 }), ["learning rate 3", 3]);
});

test("The sentence of a slider says which rate is shown, and where its path ends", () => {
  assert.equal(
    learningRates(sumOfSquares, [-3, 4], { from: 0.01, to: 1.05 }, { steps: 2 }).description,
    "Paths of gradient descent from (-3, 4), 2 steps, with a slider for the learning rate from 0.01 to 1.05; shown: " +
      "rate 0.1 ends at (-1.92, 2.56).",
  );
});

test("A path that flies away is cut where the picture has long been left", async () => {
  const scene = await sceneOf(learningRates(sumOfSquares, [-3, 4], [10], { steps: 100 }));
  assert.deepEqual(
    scene.items("symbol").map(({ datum }) => datum.x),
    [-3, 57, -1083, 20580, -391000],
  );
  assert.ok(!scene.items("text").some(({ text }) => text === "end"));
});
