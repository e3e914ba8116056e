import assert from "node:assert/strict";
import test from "node:test";
import { Resvg } from "@resvg/resvg-js";
import { changeset } from "vega";
import { np, type NDArray } from "../../lib/src/index";
import { confusionMatrix, digit, digits } from "../../lib/src/plots/index";
import { sceneOf } from "./scene";

/** Images of 784 pixels, each pixel another one. */
function images(count: number): NDArray {
  return np.divide(np.reshape(np.arange(784 * count), [count, 784]), 784 * count);
}

test("A digit is 784 pixels, row by row from the upper left, black at 0 and white at 1", async () => {
  const pixels = new Float64Array(784);
  pixels[28 * 3 + 5] = 1;
  const scene = await sceneOf(digit(pixels, { label: 5 }));
  assert.deepEqual(scene.warnings, []);
  const rects = scene.items("rect");
  assert.equal(rects.length, 784);
  assert.deepEqual(
    rects.filter(({ fill }) => fill !== "rgb(0, 0, 0)").map(({ x, y, fill }) => [x, y, fill]),
    [[50, 30, "rgb(255, 255, 255)"]],
  );
  assert.deepEqual(rects[28 * 3 + 5].tooltip, { row: 3, column: 5, value: 1 });
  assert.deepEqual(scene.texts("title-text"), ["label 5"]);
});

test("A digit may come as (28,28), as a strided view and as bytes", () => {
  const flat = images(1);
  const brightness = (plot: ReturnType<typeof digit>) =>
    (plot.spec.data as { values: [{ brightness: number[] }] }).values[0].brightness;
  const expected = brightness(digit(np.reshape(flat, [784])));
  assert.deepEqual(brightness(digit(np.reshape(flat, [28, 28]))), expected);
  assert.deepEqual(brightness(digit(np.reshape(flat, [1, 28, 28]))), expected);
  assert.deepEqual(brightness(digit(np.transpose(np.copy(np.transpose(np.reshape(flat, [28, 28])))))), expected);
  assert.deepEqual(brightness(digit(new Uint8Array(784).fill(255))), new Array(784).fill(255));
});

/** The grey of a pixel in an image of so many values, from 0 to 255. */
async function greyOf(pixels: readonly number[], range?: readonly [number, number]): Promise<number[]> {
  const all = Float64Array.from({ length: 784 }, (_, i) => pixels[i] ?? pixels[0]);
  const rects = (await sceneOf(digit(all, { range }))).items("rect");
  const greys = pixels.map((_, i) => rects[i].fill!.match(/\d+/g)!.map(Number));
  for (const [red, green, blue] of greys) assert.ok(red === green && green === blue);
  return greys.map(([grey]) => grey);
}

test("Black and white are 0 and 1, of bytes 0 and 255, of other values the least and the greatest", async () => {
  assert.deepEqual(await greyOf([0.25, 0.5, 1]), [64, 128, 255]);
  assert.deepEqual(await greyOf([0, 51, 200]), [0, 51, 200]);
  assert.deepEqual(await greyOf([-0.5, 0, 0.5, 1.5]), [0, 64, 128, 255]);
  assert.deepEqual(await greyOf([0.5, 51, 101]), [0, 128, 255]);
  assert.deepEqual(await greyOf([7.5, 7.5]), [128, 128], "of one value alone");
  assert.deepEqual(await greyOf([-3, 1, 2, 9], [0, 4]), [0, 64, 128, 255], "a given range, beyond it black and white");
});

test("The sentence says which values are black and white unless they are 0 and 1", () => {
  const noisy = np.subtract(images(1), 0.16);
  assert.equal(digit(images(1)).description, "Image of a handwritten digit.");
  assert.equal(
    digit(noisy, { label: 3 }).description,
    "Image of a handwritten digit, label 3, black at -0.16 and white at 0.838724.",
  );
  assert.equal(digit(noisy, { range: [0, 1] }).description, "Image of a handwritten digit.");
  assert.equal(
    digits(np.multiply(images(2), 10)).description,
    "2 images of handwritten digits, black at 0 and white at 9.99362.",
  );
});

test("All images of a grid share one black and one white, those of the images that are shown", async () => {
  const three = np.zeros([3, 784]);
  np.set(three, [0, 0], 2);
  np.set(three, [1, 0], 4);
  np.set(three, [2, 0], 400);
  const grey = async (index: number): Promise<number> => {
    const { url } = (await sceneOf(digits(three, { count: 2, range: undefined }))).items("image")[index];
    const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112"><image width="112" height="112" href="${url}"/></svg>`;
    return new Resvg(svg).render().pixels[0];
  };
  // bytes: 2 and 4 of 255 are the first of 16 greys
  assert.deepEqual([await grey(0), await grey(1)], [0, 0]);
  np.set(three, [0, 1], -4);
  // from -4 to 4: 2 is 11 of 15, 4 is white
  assert.deepEqual([await grey(0), await grey(1)], [11 * 17, 255]);
});

test("Digits stand in rows with their labels, the misread ones framed and named", async () => {
  const scene = await sceneOf(digits(images(5), { labels: [7, 2, 1, 0, 4], predictions: [7, 3, 1, 0, 9], columns: 3 }));
  assert.deepEqual(scene.warnings, []);
  const shown = scene.items("image");
  assert.deepEqual(
    shown.map(({ datum }) => [datum.column, datum.row]),
    [
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
    ],
  );
  assert.deepEqual(
    scene.items("text").map(({ text }) => text),
    ["7", "2 → 3", "1", "0", "4 → 9"],
  );
  const frames = scene.items("symbol");
  assert.deepEqual(
    frames.map(({ datum }) => datum.index),
    [1, 4],
  );
  // a frame is placed by its middle, a picture of 56 pixels by its left edge
  assert.equal(frames[0].x, shown[1].x + 28);
});

test("A digit of the grid is a picture with the very pixels, each four by four", async () => {
  const [{ url }] = (await sceneOf(digits(images(1)))).items("image");
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="112" height="112"><image width="112" height="112" href="${url}"/></svg>`;
  const { pixels } = new Resvg(svg).render();
  for (const index of [0, 27, 300, 783]) {
    const [row, column] = [Math.floor(index / 28), index % 28];
    const grey = Math.round((index / 784) * 15) * 17;
    assert.equal(pixels[4 * ((4 * row + 1) * 112 + 4 * column + 1)], grey, `pixel ${index}`);
  }
});

test("misread shows the first wrong ones only", async () => {
  const scene = await sceneOf(
    digits(images(5), { labels: [7, 2, 1, 0, 4], predictions: [7, 3, 1, 5, 9], misread: true, count: 2 }),
  );
  assert.deepEqual(
    scene.items("image").map(({ datum }) => datum.index),
    [1, 3],
  );
});

test("Pointing at a digit shows its ten probabilities", async () => {
  const probabilities = np.array([
    [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0],
    [0, 0, 0.25, 0.75, 0, 0, 0, 0, 0, 0],
  ]);
  const plot = digits(images(2), { labels: [0, 2], predictions: [0, 3], probabilities });
  const bars = async (index: number) => {
    const scene = await sceneOf(plot, (view) => {
      const [{ unit, fields }] = view.data("image_store") as { unit: string; fields: unknown }[];
      view.change(
        "image_store",
        changeset()
          .remove(() => true)
          .insert({ unit, fields, values: [index] }),
      );
    });
    assert.deepEqual(scene.warnings, []);
    const shown = scene.items("rect").filter(({ datum }) => datum.probability !== undefined);
    const named = scene.items("text").filter(({ datum }) => datum.name !== undefined);
    // the frame of the chosen image is the only one in ink
    const framed = scene.items("symbol").filter(({ stroke }) => stroke === "#222222");
    return {
      values: shown.map(({ datum }) => datum.probability),
      meanings: shown.slice(0, 4).map(({ datum }) => datum.meaning),
      names: named.map(({ text }) => text),
      framed: framed.map(({ datum }) => datum.index),
    };
  };
  assert.deepEqual(await bars(0), {
    values: [0.9, 0.1, 0, 0, 0, 0, 0, 0, 0, 0],
    meanings: ["label", "other", "other", "other"],
    names: ["number 0: 0"],
    framed: [0],
  });
  assert.deepEqual(await bars(1), {
    values: [0, 0, 0.25, 0.75, 0, 0, 0, 0, 0, 0],
    meanings: ["other", "other", "label", "prediction"],
    names: ["number 1: 2 taken for 3"],
    framed: [1],
  });
  assert.deepEqual((await sceneOf(plot)).texts("legend-label"), ["label", "prediction", "other"]);
  assert.equal(
    plot.description,
    "2 images of handwritten digits: 0, 2 taken for 3; beside them the probabilities of number 0, 0.9 for 0 and 0.1 for 1.",
  );
});

test("The bars of an image are named by what is known of it", async () => {
  const probabilities = [[0, 1, 0, 0, 0, 0, 0, 0, 0, 0]];
  const words = async (known: { labels?: number[]; predictions?: number[] }): Promise<unknown[]> => {
    const scene = await sceneOf(digits(images(1), { ...known, probabilities }));
    const named = scene.items("text").filter(({ datum }) => datum.name !== undefined);
    return [...named.map(({ text }) => text), ...scene.texts("legend-label")];
  };
  assert.deepEqual(await words({}), ["number 0"]);
  assert.deepEqual(await words({ labels: [0] }), ["number 0: 0", "label", "other"]);
  assert.deepEqual(await words({ predictions: [0] }), ["number 0: taken for 0", "prediction", "other"]);
});

test("The confusion matrix counts a row for each label and a column for each prediction", async () => {
  const labels = np.array([0, 0, 0, 1, 2], { dtype: "int32" });
  const scene = await sceneOf(confusionMatrix(labels, [0, 0, 2, 1, 2], { classes: 3 }));
  assert.deepEqual(scene.warnings, []);
  const cells = scene.items("text").map(({ x, y, text }) => [x, y, text]);
  // cells of 32 pixels, their middles at 16, 48 and 80; the label goes down, the prediction to the right
  assert.deepEqual(cells, [
    [16, 16, "2"],
    [80, 16, "1"],
    [48, 48, "1"],
    [80, 80, "1"],
  ]);
  const wrong = scene.items("rect").filter(({ datum }) => datum.label !== datum.prediction);
  assert.deepEqual(
    wrong.map(({ tooltip }) => tooltip),
    [{ label: 0, prediction: 2, images: 1, "share of this label": "33.3%" }],
  );
  assert.notEqual(wrong[0].fill, scene.items("rect")[0].fill);
  assert.deepEqual(scene.texts("axis-title"), ["prediction", "label"]);
  assert.deepEqual(scene.texts("legend-title"), ["right,,share of the row", "wrong,,share of the row"]);
});

test("The confusion matrix names the darkest mistake, a share of its row, and the most frequent one", async () => {
  // 3 of 10 zeros are taken for 1, and 2 of 4 ones for 2: the cell of 2 is darker than that of 3
  const labels = [...new Array<number>(10).fill(0), 1, 1, 1, 1, 2];
  const guesses = [0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 2, 2, 2];
  const plot = confusionMatrix(labels, guesses, { classes: 3 });
  assert.equal(
    plot.description,
    "Confusion matrix of 15 predictions: 10 right (66.67%); the darkest mistake is 1 taken for 2, 50.0% of the images " +
      "of 1; the most frequent is 0 taken for 1, 3 times.",
  );
  const fill = new Map((await sceneOf(plot)).items("rect").map((cell) => [cell.datum.count, cell.fill!]));
  const green = (count: number): number => Number(fill.get(count)!.match(/\d+/g)![1]);
  assert.ok(green(2) < green(3));
  assert.equal(
    confusionMatrix([0, 1, 1], [0, 1, 0], { classes: 2 }).description,
    "Confusion matrix of 3 predictions: 2 right (66.67%); the darkest and most frequent mistake is 1 taken for 0, " +
      "1 time, 50.0% of the images of 1.",
  );
});

test("A matrix of nothing but right predictions, or of nothing but wrong ones, has one legend", async () => {
  for (const [guesses, title] of [
    [[0, 1], "right,,share of the row"],
    [[1, 0], "wrong,,share of the row"],
  ] as const) {
    const scene = await sceneOf(confusionMatrix([0, 1], guesses, { classes: 2 }));
    assert.deepEqual(scene.warnings, []);
    assert.deepEqual(scene.texts("legend-title"), [title]);
  }
});
