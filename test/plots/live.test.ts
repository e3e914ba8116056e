import assert from "node:assert/strict";
import test from "node:test";
import { np, random, train, TwoLayerNet } from "../../lib/src/index";
import { live, type Plot } from "../../lib/src/plots/index";
import { recordDisplays, type Message } from "../display/recorder";
import { sceneOf } from "./scene";

const CHART = "application/vnd.vegalite.v5+json";
const sceneIn = (message: Message): ReturnType<typeof sceneOf> => sceneOf({ spec: message.data[CHART] } as Plot);
const last = <T>(items: readonly T[]): T => items[items.length - 1];

test("A training is drawn in one place, and what stays has the picture too", async () => {
  random.seed(0);
  const x = random.rand(20, 4);
  const t = np.array(
    Array.from({ length: 20 }, (_, i) => i % 2),
    { dtype: "int32" },
  );
  let result: { trainLoss: number[]; testAccuracy: number[] } | undefined;
  const messages = await recordDisplays(async () => {
    const view = live();
    const { onProgress, onEvaluate } = view;
    const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };
    result = await train(new TwoLayerNet(4, 3, 2), data, {
      iterations: 50,
      batchSize: 5,
      evaluateEvery: 10,
      onProgress,
      onEvaluate,
    });
    await view.finish();
  });
  assert.equal(new Set(messages.map(({ transient }) => transient.display_id)).size, 1);
  assert.deepEqual(
    messages.map(({ update }) => update),
    [false, ...new Array(messages.length - 1).fill(true)],
  );
  // the picture of a running update is one blank pixel
  const widths = messages.map(({ data }) => Buffer.from(String(data["image/png"]), "base64").readUInt32BE(16));
  assert.deepEqual(
    widths.map((width) => width > 1),
    [...new Array<boolean>(messages.length - 1).fill(false), true],
  );
  const scene = await sceneIn(last(messages));
  assert.deepEqual(scene.warnings, []);
  const [loss, trainLine, testLine] = scene.lines();
  assert.deepEqual(
    loss.map(({ datum }) => datum.loss),
    result?.trainLoss.map((value) => Number(value.toPrecision(6))),
  );
  assert.deepEqual([trainLine.length, testLine.length], [5, 5]);
  assert.deepEqual(
    testLine.map(({ datum }) => datum.iteration),
    [0, 10, 20, 30, 40],
  );
  assert.match(
    String(last(messages).data["text/plain"]),
    /^Loss and accuracy after 50 iterations, loss .*; train acc .*, test acc .* at iteration 40\.$/,
  );
});

test("Of a long training the losses are drawn that a picture of it can show, and means of neighbours", async () => {
  const messages = await recordDisplays(async () => {
    const view = live();
    // 0, -1, 2, -3, 4 ...: each column of pixels reaches from about minus to plus its iteration
    for (let iteration = 0; iteration < 100_000; iteration++) {
      view.onProgress({ iteration, loss: iteration === 77_777 ? 1e6 : iteration % 2 === 0 ? iteration : -iteration });
    }
    await view.finish();
  });
  const scene = await sceneIn(last(messages));
  const [points, means] = scene.lines();
  assert.ok(points.length <= 4 * 520 && points.length > 2 * 520, `${points.length}`);
  for (const { datum } of points) {
    const iteration = datum.iteration as number;
    const loss = iteration === 77_777 ? 1e6 : iteration % 2 === 0 ? iteration : -iteration;
    assert.equal(datum.loss, Number(loss.toPrecision(6)));
  }
  assert.ok(points.some(({ datum }) => datum.iteration === 77_777));
  assert.deepEqual([points[0].datum.iteration, last([...points]).datum.iteration], [0, 99_999]);
  assert.ok(means.length <= 400 && means.length > 200, `${means.length}`);
  assert.deepEqual(scene.texts("legend-label").slice(0, 2), ["each batch", "mean of 256"]);
  assert.match(
    String(last(messages).data["text/plain"]),
    /^Loss and accuracy after 100,000 iterations, loss -99999, drawn from [12],\d{3} of the losses\.$/,
  );
});

test("The mean of neighbours stands in their middle", async () => {
  const messages = await recordDisplays(async () => {
    const view = live();
    for (let iteration = 0; iteration < 10_000; iteration++) view.onProgress({ iteration, loss: iteration });
    await view.finish();
  });
  // losses 0, 1, 2 ...: a mean is the iteration at which it stands
  const [, means] = (await sceneIn(last(messages))).lines();
  for (const { datum } of means) assert.equal(datum.loss, datum.iteration);
});

test("Accuracies of very many evaluations are drawn by those that a picture can show", async () => {
  const messages = await recordDisplays(async () => {
    const view = live();
    for (let iteration = 0; iteration < 100_000; iteration++) {
      view.onEvaluate({ iteration, trainAccuracy: (iteration % 10) / 10, testAccuracy: 0.5 });
    }
    await view.finish();
  });
  const [, train] = (await sceneIn(last(messages))).lines();
  assert.ok(train.length <= 4 * 520 && train.length >= 2 * 520, `${train.length}`);
});

test("An evaluation before the first loss is drawn without a warning", async () => {
  const messages = await recordDisplays(async () => {
    const view = live();
    view.onEvaluate({ iteration: 0, trainAccuracy: 0.1, testAccuracy: 0.1 });
    await view.finish();
  });
  assert.deepEqual((await sceneIn(last(messages))).warnings, []);
});

test("A training that diverges leaves a gap and goes on", async () => {
  const messages = await recordDisplays(async () => {
    const view = live();
    [2, NaN, Infinity, 1].forEach((loss, iteration) => view.onProgress({ iteration, loss }));
    await view.finish();
  });
  const [points] = (await sceneIn(last(messages))).lines();
  assert.deepEqual(
    points.map(({ defined }) => defined !== false),
    [true, false, false, true],
  );
});

test("A view without a loss, of an evaluation or of nothing at all, draws without a warning", async () => {
  for (const evaluated of [true, false]) {
    const messages = await recordDisplays(async () => {
      const view = live();
      if (evaluated) view.onEvaluate({ iteration: 0, trainAccuracy: 0.5, testAccuracy: 0.25 });
      else view.onProgress({ iteration: 0, loss: NaN });
      await view.finish();
    });
    for (const message of messages) assert.deepEqual((await sceneIn(message)).warnings, []);
  }
});

test("What stays is the same however long the training took", async () => {
  const run = (): Promise<Message[]> =>
    recordDisplays(async () => {
      const view = live({ title: "one run" });
      for (let iteration = 0; iteration < 30; iteration++) view.onProgress({ iteration, loss: 1 / (iteration + 1) });
      view.onEvaluate({ iteration: 0, trainAccuracy: 0.5, testAccuracy: 0.25 });
      await view.finish();
    });
  assert.deepEqual(last(await run()).data, last(await run()).data);
});
