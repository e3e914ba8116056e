import assert from "node:assert/strict";
import test from "node:test";
import type { Execution, KernelClient } from "../../tools/kernelClient";
import { shareKernel } from "./workplace";

/** The library's displays and its interrupt signal inside the kernel: where both meet. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

const printed = ({ outputs }: Execution): string =>
  outputs
    .filter(([type]) => type === "stream")
    .map(([, content]) => content.text)
    .join("");
const texts = ({ outputs }: Execution, type: string): unknown[] =>
  outputs
    .filter(([given]) => given === type)
    .map(([, content]) => (content.data as Record<string, unknown>)["text/plain"]);

/** Runs a cell and presses the stop button as soon as it has printed something. */
function stopped(code: string): Promise<Execution> {
  let pressed = false;
  return kernel.execute(code, {}, (type) => {
    if (type === "stream" && !pressed) void kernel.interrupt();
    pressed ||= type === "stream";
  });
}

/** What a cell prints, once a turn of the event loop has passed in which a training that runs would go on. */
const afterwards = async (code: string) =>
  printed(await kernel.execute(`await new Promise((done) => setTimeout(done, 100)); ${code}`));

/** A network that is trained for as long as nobody stops it, and says once that it is. */
const endless = (more = "") => `
const endless = new TwoLayerNet(20, 5, 2);
const onProgress = ({ iteration }: { iteration: number }) => { if (iteration === 3) console.log("training"); };
const options = { iterations: 1e9, batchSize: 10, evaluateEvery: 1e9, onProgress };
${more}`;

const SHORT = "await train(endless, data, { iterations: 3, batchSize: 10, signal: interruptSignal() })";

const imports = `import { gradientDescent, interruptSignal, np, numericalDiff, numericalGradient, plots } from "dlfs";
import { progress, random, train, TwoLayerNet } from "dlfs";
random.seed(0);
const x = random.rand(200, 20);
const t = random.randint(0, 2, 200);
const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };`;

test("an interrupted training cell ends well and keeps what it has learnt", async () => {
  assert.equal((await kernel.execute(imports)).reply.status, "ok");
  let asked = false;
  const cell = await kernel.execute(
    `
const network = new TwoLayerNet(20, 5, 2);
const bar = progress(1e9, "training");
const onProgress = ({ iteration, loss }: { iteration: number; loss: number }) => bar.update(iteration + 1, loss);
const endless = { iterations: 1e9, batchSize: 10, evaluateEvery: 1e9 };
const result = await train(network, data, { ...endless, onProgress, signal: interruptSignal() });
bar.finish();
console.log(result.stopped, result.trainLoss.length > 0, result.testAccuracy.length);`,
    {},
    (type) => {
      if (type === "update_display_data" && !asked) void kernel.interrupt();
      asked ||= type === "update_display_data";
    },
  );
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
const { onProgress, onEvaluate } = view;
await train(new TwoLayerNet(20, 5, 2), data, { iterations: 20, batchSize: 10, onProgress, onEvaluate });
await view.finish();`);
  assert.equal(shown.outputs.filter(([type]) => type === "display_data").length, 1);
  assert.match(String(texts(shown, "update_display_data").at(-1)), /^Loss and accuracy after 20 iterations, /);
});

test("a training without a signal ends with its cell: it draws, prints and changes nothing any more", async () => {
  const { reply } = await stopped(endless("await train(endless, data, options);"));
  assert.deepEqual([reply.ename, reply.evalue], ["KeyboardInterrupt", "the cell was interrupted"]);
  await kernel.execute('random.seed(0); np.set(endless.params.W2, [":"], 7);');
  const look = "const { W2 } = endless.params; console.log(random.rand(1)); console.log(np.min(W2), np.max(W2));";
  assert.equal(await afterwards(look), "[0.5488135]\n7 7\n");
});

test("a training that nobody waits for is stopped from a later cell", async () => {
  const first = await kernel.execute(endless("void train(endless, data, options);"));
  assert.equal(first.reply.status, "ok");
  const { reply } = await stopped('console.log("waiting"); await new Promise(() => {});');
  assert.equal(reply.ename, "KeyboardInterrupt");
  await kernel.execute("random.seed(0);");
  assert.equal(await afterwards("console.log(random.rand(1));"), "[0.5488135]\n");
});

for (const signal of ["", ", signal: interruptSignal()"]) {
  test(`the loop around a training ends with it${signal && ", where it was given a signal"}`, async () => {
    const cell = await stopped(
      endless(`
      for (const learningRate of [0.01, 0.1, 0.5]) {
        const { stopped } = await train(endless, data, { ...options, learningRate${signal} });
        await new Promise((done) => setTimeout(done, 20));
        console.log(stopped);
      }`),
    );
    assert.equal(cell.reply.ename, "KeyboardInterrupt");
    assert.equal(printed(cell), signal ? "training\ntrue\n" : "training\n");
    assert.equal(await afterwards(""), "");
    const next = await kernel.execute(`(${SHORT}).trainLoss.length`);
    assert.equal(texts(next, "execute_result")[0], "3");
  });
}

test("a numerical training of a reader's class with a signal ends in the middle of its first step", async () => {
  const cell = await stopped(`
    class Own {
      params = { w: np.array([3, 4]) };
      evaluations = 0;
      loss() {
        if (++this.evaluations === 2) console.log("first step");
        if (this.evaluations === 2) for (;;) Math.sin(1); // nothing was awaited until now
        return np.sum(np.square(this.params.w));
      }
      gradient(): never { throw new Error("not asked for"); }
      accuracy() { return 0; }
    }
    const own = new Own();
    await train(own, data, { iterations: 1, batchSize: 10, gradient: "numerical", signal: interruptSignal() });`);
  assert.equal(cell.reply.ename, "KeyboardInterrupt");
  assert.equal(await afterwards("console.log(own.params.w);"), "[3. 4.]\n");
});

test("a signal that fired in an earlier cell is refused by name", async () => {
  await stopped(endless("const kept = interruptSignal(); await train(endless, data, { ...options, signal: kept });"));
  const { reply } = await kernel.execute("await train(endless, data, { iterations: 3, batchSize: 10, signal: kept });");
  assert.equal(reply.evalue, "train: signal that has fired: wanted a new one, as interruptSignal() gives");
});

test("a training that has ended leaves no listener for which a later stop would wait", async () => {
  // in a turn of its own: the kernel may put listeners aside while a cell holds the thread
  const count = 'await null; process.listenerCount("SIGINT")';
  const listeners = async () => texts(await kernel.execute(count), "execute_result")[0];
  const before = await listeners();
  await kernel.execute(endless(SHORT));
  assert.equal(await listeners(), before);
});

const NUMERICAL = {
  numericalGradient: "numericalGradient(f, w)",
  "numericalDiff in a loop": "for (;;) numericalDiff((value) => { np.set(w, [0], 3); return f() + value; }, 1);",
  gradientDescent: "gradientDescent(f, w, { steps: 1e9 })",
};
for (const [what, code] of Object.entries(NUMERICAL)) {
  for (const [speed, count] of [
    ["quick", 1],
    ["slow", 1e9],
  ] as const) {
    test(`a stop inside ${what} of a ${speed} function leaves the array as it was`, async () => {
      const { reply } = await stopped(`
        const w = np.array([3, 4]);
        let evaluations = 0;
        const f = () => {
          if (evaluations === 1) console.log("begun");
          let sum = np.sum(np.square(w));
          for (let i = 0; evaluations > 0 && i < ${count}; i++) sum += Math.sin(i);
          evaluations++;
          return sum;
        };
        for (;;) ${code.replace(/^for \(;;\) /, "")}`);
      assert.equal(reply.ename, "KeyboardInterrupt");
      assert.equal(await afterwards("console.log(w);"), "[3. 4.]\n");
    });
  }
}
