import assert from "node:assert/strict";
import test from "node:test";
import { Resvg } from "@resvg/resvg-js";
import { RandomState } from "../../lib/src/index";
import { loss, type Plot } from "../../lib/src/plots/index";
import { reduced } from "../../lib/src/plots/reduction";
import { renderPng } from "../../lib/src/plots/render";

const count = 20_000;
const random = Array.from(new RandomState(0).rand(count).data);
const iterations = random.map((_, i) => i);
let place = 9;
/** What losses look like: falling, with noise; noise alone; a quiet line with rare peaks; a walk. */
const shapes: Record<string, number[]> = {
  falling: random.map((r, i) => 2 * Math.exp((-5 * i) / count) + 0.3 * r),
  noise: random,
  peaks: random.map((r) => (r < 0.001 ? 5 : 0.2 * r)),
  walk: random.map((r) => (place += r - 0.5)),
};

for (const [name, losses] of Object.entries(shapes)) {
  test(`The picture of a reduced line is that of the whole one: ${name}`, async () => {
    const plot = loss(losses);
    assert.match(
      plot.description,
      /^Line plot of loss against iteration, 20,000 points, drawn from [23],\d{3} of them: /,
    );
    const [few, all] = [await pixelsOf(plot.spec), await pixelsOf(withAllPoints(plot, losses))];
    assert.equal(few.length, all.length);
    // a sixteenth of the way from black to white on an edge is what smoothing makes of half a pixel
    const other = few.filter((value, i) => Math.abs(value - all[i]) > 16).length / few.length;
    assert.ok(other < 0.015, `${(100 * other).toFixed(2)}% of the values of pixels differ`);
  });
}

function withAllPoints(plot: Plot, losses: readonly number[]): Plot["spec"] {
  const [line] = plot.spec.layer as { data: object }[];
  const values = [{ line: "each batch", iteration: iterations, loss: losses }];
  return { ...plot.spec, layer: [{ ...line, data: { values } }] };
}

/** Red, green, blue and opacity of each pixel, from 0 to 255. */
async function pixelsOf(spec: Plot["spec"]): Promise<Uint8Array> {
  const { png, width, height } = await renderPng(spec);
  const size = `width="${2 * width}" height="${2 * height}"`;
  const picture = `data:image/png;base64,${Buffer.from(png).toString("base64")}`;
  return new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" ${size}><image ${size} href="${picture}"/></svg>`).render()
    .pixels;
}

test("A line with no more than four points a column is left as it is", () => {
  const y = random.slice(0, 80);
  const { x, y: kept } = reduced(iterations.slice(0, 80), y, [0, 79], 10);
  assert.deepEqual(x, iterations.slice(0, 80));
  assert.deepEqual(
    kept,
    y.map((value) => Number(value.toPrecision(6))),
  );
});

test("Each column keeps its first, least, greatest and last point in their order", () => {
  // one pixel of a specification is two columns: 0 to 4 and 5 to 9
  const y = [5, 7, 1, 3, 6, 2, 2, 8, 8, 4];
  assert.deepEqual(reduced(iterations.slice(0, 10), y, [0, 9.5], 1), {
    x: [0, 1, 2, 4, 5, 7, 9],
    y: [5, 7, 1, 6, 2, 8, 4],
  });
});

test("Points need not be evenly spaced", () => {
  const x = [0, 1, 2, 3, 4, 5, 6, 7, 90, 95];
  const y = [3, 1, 9, 4, 5, 6, 2, 8, 7, 0];
  assert.deepEqual(reduced(x, y, [0, 95], 1), { x: [0, 1, 2, 7, 90, 95], y: [3, 1, 9, 8, 7, 0] });
});

test("A gap stays a gap, and of many short runs in a column the first, the tallest and the last stay", () => {
  const y = [1, NaN, 2, 3, NaN, 7, 9, NaN, 4, NaN, 5, NaN, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6, 6];
  const { x, y: kept } = reduced(iterations.slice(0, 24), y, [0, 23], 1);
  assert.deepEqual(x, [0, 1, 5, 6, 7, 10, 11, 12, 23]);
  assert.deepEqual(kept, [1, null, 7, 9, null, 5, null, 6, 6]);
  const none = reduced(iterations.slice(0, 24), new Array<number>(24).fill(NaN), [0, 23], 1);
  assert.deepEqual(none.y, [null, null]);
});

test("A million losses make a small plot", () => {
  const many = Array.from({ length: 1_000_000 }, (_, i) => random[i % count] + random[(7 * i) % 19_997]);
  const plot = loss(many, { movingAverage: 1000 });
  assert.ok(JSON.stringify(plot.spec).length < 300_000);
  const [all, means] = plot.spec.layer as { data: { values: { iteration: number[]; loss: number[] }[] } }[];
  assert.equal(Math.max(...all.data.values[0].loss), Number(Math.max(...chunks(many)).toPrecision(6)));
  // the mean is of all losses, not of the points that are drawn: these lie at the edges of the noise
  const { iteration, loss: values } = means.data.values[0];
  const i = iteration.findIndex((at) => at > 500_000);
  const window = many.slice(iteration[i] - 500, iteration[i] + 500);
  assert.ok(Math.abs(values[i] - window.reduce((sum, value) => sum + value, 0) / 1000) < 1e-5);
});

/** The greatest of each thousand: a million arguments are too many for Math.max. */
function chunks(values: readonly number[]): number[] {
  return Array.from({ length: values.length / 1000 }, (_, i) => Math.max(...values.slice(1000 * i, 1000 * i + 1000)));
}
