import assert from "node:assert/strict";
import test from "node:test";
import type { Execution, KernelClient } from "../../kernel/src/client";
import { shareKernel } from "./workplace";

/** The library's displays and its interrupt signal inside the kernel: where both meet. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

const printed = ({ outputs }: Execution): string =>
  outputs.filter(([type]) => type === "stream").map(([, content]) => content.text).join("");
const texts = ({ outputs }: Execution, type: string): unknown[] =>
  outputs.filter(([given]) => given === type).map(([, content]) => (content.data as Record<string, unknown>)["text/plain"]);

const imports = `import { interruptSignal, np, plots, progress, random, train, TwoLayerNet } from "dlfs";
random.seed(0);
const x = random.rand(200, 20);
const t = random.randint(0, 2, 200);
const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };`;

test("an interrupted training cell ends well and keeps what it has learnt", async () => {
  assert.equal((await kernel.execute(imports)).reply.status, "ok");
  let asked = false;
  const cell = await kernel.execute(`
const network = new TwoLayerNet(20, 5, 2);
const bar = progress(1e9, "training");
const onProgress = ({ iteration, loss }: { iteration: number; loss: number }) => bar.update(iteration + 1, loss);
const result = await train(network, data, { iterations: 1e9, batchSize: 10, evaluateEvery: 1e9, onProgress, signal: interruptSignal() });
bar.finish();
console.log(result.stopped, result.trainLoss.length > 0, result.testAccuracy.length);`, {}, (type) => {
    if (type === "update_display_data" && !asked) void kernel.interrupt();
    asked ||= type === "update_display_data";
  });
  assert.equal(cell.reply.status, "ok", JSON.stringify(cell.reply));
  assert.equal(printed(cell), "true true 1\n");
  assert.match(String(texts(cell, "update_display_data").at(-1)), /^training: \d+ of 1000000000, loss 0\.\d+$/);
  const next = await kernel.execute("console.log(result.stopped, np.max(np.abs(network.params.b2)) > 0)");
  assert.equal(printed(next), "true true\n");
});

test("a plot as last expression is a result with its picture's size; a live plot is one display", async () => {
  const last = await kernel.execute("plots.loss([3, 2, 1])");
  const [, content] = last.outputs.find(([type]) => type === "execute_result") ?? [];
  const forms = Object.keys(content?.data ?? {}).sort();
  assert.deepEqual(forms, ["application/vnd.vegalite.v5+json", "image/png", "text/plain"]);
  const { "image/png": picture } = content?.metadata as Record<string, Record<string, unknown>>;
  assert.equal(picture.alt, "Line plot of loss against iteration, 3 points: from 3 to 1.");
  assert.ok(Number(picture.width) > 400 && Number(picture.height) > 250);
  const shown = await kernel.execute(`
const view = plots.live();
await train(new TwoLayerNet(20, 5, 2), data, { iterations: 20, batchSize: 10, onProgress: view.onProgress, onEvaluate: view.onEvaluate });
await view.finish();`);
  assert.equal(shown.outputs.filter(([type]) => type === "display_data").length, 1);
  assert.match(String(texts(shown, "update_display_data").at(-1)), /^Loss and accuracy after 20 iterations, /);
});
