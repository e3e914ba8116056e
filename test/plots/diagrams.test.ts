import assert from "node:assert/strict";
import test from "node:test";
import { Resvg } from "@resvg/resvg-js";
import { andGate, nandGate, np, orGate, xorGate } from "../../lib/src/index";
import { decisionBoundary, network, weights } from "../../lib/src/plots/index";
import { sceneOf, type Item } from "./scene";

/** The line of each arrow: where it starts and where it ends. */
const ends = (line: readonly Item[]): number[] => [
  line[0].x,
  line[0].y,
  line[line.length - 1].x,
  line[line.length - 1].y,
];
/** The circles among the symbols; the others are heads of arrows. */
const circles = (symbols: readonly Item[]): Item[] => symbols.filter(({ datum }) => datum.layer !== undefined);

test("A perceptron is two inputs with their weights and one output", async () => {
  const scene = await sceneOf(network([["x1", "x2"], ["y"]], { linkLabel: (_, from) => `w${from + 1}` }));
  assert.deepEqual(scene.warnings, []);
  const nodes = circles(scene.items("symbol"));
  const texts = scene.items("text").map(({ text }) => text);
  assert.deepEqual(texts, ["w1", "w2", "w1", "w2", "x1", "x2", "y"], "each weight once as a white rim, once in ink");
  const [first, second, output] = nodes.map(({ x, y }) => ({ x, y }));
  assert.equal(first.x, second.x);
  assert.ok(first.y < second.y && output.x > first.x);
  assert.equal(output.y, (first.y + second.y) / 2);
});

test("Each node is linked to all of the next layer, from rim to rim", async () => {
  const scene = await sceneOf(network([2, 3, 2, 2], { captions: ["input", "middle 1", "middle 2", "output"] }));
  assert.deepEqual(scene.warnings, []);
  const nodes = circles(scene.items("symbol"));
  assert.equal(nodes.length, 9);
  const lines = scene.lines().map(ends);
  assert.equal(lines.length, 2 * 3 + 3 * 2 + 2 * 2);
  const heads = scene.items("symbol").filter(({ datum }) => datum.layer === undefined);
  lines.forEach(([x1, y1, x2, y2], i) => {
    const distance = (x: number, y: number): number =>
      Math.min(...nodes.map((node) => Math.hypot(node.x - x, node.y - y)));
    assert.ok(Math.abs(distance(x1, y1) - 19) < 1e-6 && Math.abs(distance(x2, y2) - 20) < 1e-6, `ends of arrow ${i}`);
    // a head points up at 0 degrees and turns clockwise
    assert.ok(
      Math.abs(((heads[i].angle ?? 0) * Math.PI) / 180 - Math.atan2(x2 - x1, y1 - y2)) < 1e-6,
      `head of arrow ${i}`,
    );
  });
  const captions = scene.items("text").slice(-4);
  assert.deepEqual(
    captions.map(({ text }) => text),
    ["input", "middle 1", "middle 2", "output"],
  );
  assert.deepEqual([...new Set(captions.map(({ x }) => x))], [...new Set(nodes.map(({ x }) => x))]);
});

test("Boxes hold their texts, and an arrow back runs below them", async () => {
  const steps = [["draw a\nmini-batch"], ["compute the\ngradient"], ["update the\nparameters"]];
  const links = [
    { from: [0, 0], to: [1, 0] },
    { from: [1, 0], to: [2, 0] },
    { from: [2, 0], to: [0, 0], label: "repeat" },
  ] as const;
  const scene = await sceneOf(network(steps, { shape: "box", links }));
  assert.deepEqual(scene.warnings, []);
  const boxes = scene.items("rect");
  assert.equal(boxes.length, 3);
  const lowest = Math.max(...boxes.map(({ y, height }) => y + height));
  const [first, , back] = scene.lines();
  assert.deepEqual(ends(first), [
    boxes[0].x + boxes[0].width,
    boxes[0].y + boxes[0].height / 2,
    boxes[1].x,
    boxes[1].y + boxes[1].height / 2,
  ]);
  assert.equal(
    network(steps, { shape: "box", links }).description,
    "Flow chart: draw a mini-batch, then compute the gradient, then update the parameters, then (repeat) back to draw a " +
      "mini-batch.",
  );
  assert.equal(back.length, 4);
  assert.ok(back[1].y > lowest && back[2].y > lowest);
  assert.deepEqual(ends(back), [boxes[2].x + boxes[2].width / 2, lowest, boxes[0].x + boxes[0].width / 2, lowest]);
});

test("The sentence of a flow chart follows its arrows, where they part as well as where they meet", () => {
  const layers = [["start"], ["left", "right"], ["end"], ["aside"]];
  const links = [
    { from: [0, 0], to: [1, 0] },
    { from: [0, 0], to: [1, 1] },
    { from: [1, 0], to: [2, 0] },
    { from: [1, 1], to: [2, 0] },
  ] as const;
  assert.equal(
    network(layers, { shape: "box", links }).description,
    "Flow chart: start, then left, then end; start, then right, then end; without an arrow: aside.",
  );
  assert.equal(network([["a"], ["b"]], { shape: "box" }).description, "Flow chart: a, then b.");
  assert.equal(
    network([["a"], ["b", "c"]], { shape: "box" }).description,
    "Diagram of 2 layers: a; b, c. Arrows from each node to all of the next layer.",
  );
});

test("The sentence of a network names its captions", () => {
  assert.equal(
    network([2, 3, 1], { captions: ["input", "hidden", "output"] }).description,
    "Diagram of 3 layers (input, hidden, output): 2-3-1 nodes. Arrows from each node to all of the next layer.",
  );
});

test("An empty text leaves its place free", async () => {
  const plot = network(
    [
      ["image", "image"],
      ["", "features"],
      ["answer", "answer"],
    ],
    {
      shape: "box",
      links: [
        { from: [0, 0], to: [2, 0] },
        { from: [0, 1], to: [1, 1] },
        { from: [1, 1], to: [2, 1] },
      ],
    },
  );
  assert.equal((await sceneOf(plot)).items("rect").length, 5);
  assert.equal(plot.description, "Flow chart: image, then answer; image, then features, then answer.");
});

for (const [gate, outputs] of [
  [andGate, "0001"],
  [nandGate, "1110"],
  [orGate, "0111"],
  [xorGate, "0110"],
] as const) {
  test(`The plane of ${gate.name} is coloured where it fires`, async () => {
    const scene = await sceneOf(decisionBoundary(gate));
    assert.deepEqual(scene.warnings, []);
    const points = scene.items("symbol").filter(({ datum }) => datum.output !== undefined);
    assert.equal(points.map(({ datum }) => datum.output).join(""), outputs);
    assert.deepEqual(
      points.map(({ datum }) => [datum.x1, datum.x2]),
      [
        [0, 0],
        [0, 1],
        [1, 0],
        [1, 1],
      ],
    );
    const [plane, ...strips] = scene.items("rect");
    assert.deepEqual([plane.width, plane.height], [260, 260]);
    const fires = (x: number, y: number): boolean =>
      strips.some((strip) => x > strip.x && x < strip.x + strip.width && y > strip.y && y < strip.y + strip.height);
    for (const [x1, x2] of [
      [-0.4, -0.4],
      [0.1, 0.9],
      [0.45, 0.45],
      [0.75, 0.75],
      [1.2, 0.1],
      [1.4, 1.4],
      [-0.3, 1.4],
    ]) {
      assert.equal(fires(((x1 + 0.5) / 2) * 260, ((1.5 - x2) / 2) * 260), gate(x1, x2) === 1, `${x1}, ${x2}`);
    }
  });
}

test("A gate's boundary is found between the places where it is asked", async () => {
  const [, strip] = (await sceneOf(decisionBoundary((x1) => (x1 > 0.123 ? 1 : 0)))).items("rect");
  assert.ok(Math.abs(strip.x - ((0.123 + 0.5) / 2) * 260) < 0.02, `${strip.x}`);
});

test("The weights of a hidden unit are a column of W1, drawn as rows of 28 pixels, orange below zero and blue above", async () => {
  const W1 = np.zeros([784, 3]);
  np.set(W1, [28 * 3 + 5, 1], 0.5);
  np.set(W1, [28 * 10 + 20, 1], -0.25);
  const scene = await sceneOf(weights(W1, { columns: 2 }));
  assert.deepEqual(scene.warnings, []);
  const images = scene.items("image");
  assert.deepEqual(
    images.map(({ datum }) => [datum.column, datum.row]),
    [
      [0, 0],
      [1, 0],
      [0, 1],
    ],
  );
  assert.deepEqual(images[1].tooltip, { "hidden unit": 1, "smallest weight": -0.25, "largest weight": 0.5 });
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112"><image width="112" height="112" href="${images[1].url}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  const colour = (row: number, column: number): number[] => [
    ...pixels.subarray(4 * ((4 * row + 2) * 112 + 4 * column + 2)).subarray(0, 3),
  ];
  assert.deepEqual(colour(3, 5), [0, 90, 160], "the largest weight has the full colour");
  assert.deepEqual(colour(0, 0), [255, 255, 255]);
  const [red, , blue] = colour(10, 20);
  assert.ok(red > blue && red > 179, "half as far below zero is a pale orange");
});
