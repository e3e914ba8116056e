import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import test, { after, afterEach, before } from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import { interruptSignal, np, numericalDiff, numericalGradient, random } from "../../lib/src/index";
import { train, TwoLayerNet, type TrainOptions } from "../../lib/src/index";

const contract = Symbol.for("Jupyter.cell");
const kernel = globalThis as { [contract]?: () => { interrupted: boolean; signal: AbortSignal } };

// as a kernel has one: without any, Ctrl-C would end this process
const bystander = () => {};
before(() => process.on("SIGINT", bystander));
after(() => process.removeListener("SIGINT", bystander));

afterEach(async () => {
  delete kernel[contract];
  await turn();
});

/** A kernel's cell, and a function that presses its stop button. */
function pretendCell() {
  const controller = new AbortController();
  const cell = { interrupted: false, signal: controller.signal };
  kernel[contract] = () => cell;
  return () => {
    cell.interrupted = true;
    controller.abort();
  };
}

function data() {
  random.seed(0);
  const x = random.rand(20, 4);
  const t = np.array(
    Array.from({ length: 20 }, (_, i) => i % 2),
    { dtype: "int32" },
  );
  return { xTrain: x, tTrain: t, xTest: x, tTest: t };
}

const network = () => new TwoLayerNet(4, 3, 2);
const atIteration =
  (wanted: number, work: () => void) =>
  ({ iteration }: { iteration: number }) => {
    if (iteration === wanted) work();
  };
const pressCtrlC = () => void process.emit("SIGINT");
const keyboardInterrupt = { name: "KeyboardInterrupt", message: "the cell was interrupted" };

/** A training that would never end. */
const ENDLESS = { iterations: 1e9, batchSize: 5, evaluateEvery: 1e9 };
const endless = (options: TrainOptions = {}) => train(network(), data(), { ...ENDLESS, ...options });

test("The signal aborts at SIGINT, once for all who hold it", () => {
  const before = process.listenerCount("SIGINT");
  const [first, second] = [interruptSignal(), interruptSignal()];
  assert.equal(process.listenerCount("SIGINT"), before + 1);
  assert.equal(first.aborted, false);
  process.emit("SIGINT");
  assert.equal(first.aborted && second.aborted, true);
  assert.equal(process.listenerCount("SIGINT"), before, "a second Ctrl-C ends a script");
  assert.match(String(first.reason), /interrupted/);
});

test("After an interrupt the next signal is a fresh one", () => {
  interruptSignal();
  process.emit("SIGINT");
  const next = interruptSignal();
  assert.equal(next.aborted, false);
  process.emit("SIGINT");
});

test("A training that is interrupted keeps what it has learnt so far", async () => {
  const own = network();
  const before = np.copy(own.params.W1);
  const options = { iterations: 1000, batchSize: 5, signal: interruptSignal(), onProgress: atIteration(6, pressCtrlC) };
  const result = await train(own, data(), options);
  assert.equal(result.stopped, true);
  assert.equal(result.trainLoss.length, 7);
  assert.equal(np.allclose(own.params.W1, before, { rtol: 0, atol: 0 }), false);
});

test("A training without a signal ends by an error, whether or not somebody waits for it", async () => {
  const unheard: unknown[] = [];
  const hear = (reason: unknown) => unheard.push(reason);
  process.on("unhandledRejection", hear);
  void endless();
  const waited = endless({ onProgress: atIteration(6, pressCtrlC) });
  await assert.rejects(waited, keyboardInterrupt);
  await turn();
  const state = random.getState();
  await turn();
  await turn();
  assert.deepEqual(random.getState(), state, "a stopped training has drawn");
  assert.deepEqual(unheard, []);
  process.removeListener("unhandledRejection", hear);
});

test("What is written to the network of a stopped training stays", async () => {
  const own = network();
  const training = train(own, data(), { iterations: 1e9, batchSize: 5, evaluateEvery: 1e9 });
  pressCtrlC();
  np.set(own.params.W2, [":"], 7);
  await assert.rejects(training, keyboardInterrupt);
  assert.deepEqual(new Set(own.params.W2.data), new Set([7]));
});

for (const kind of ["Ctrl-C", "a kernel's stop button"]) {
  test(`${kind} ends the loop around a training as well`, async () => {
    const press = kind === "Ctrl-C" ? pressCtrlC : pretendCell();
    const results: boolean[] = [];
    let begun = 0;
    const loop = async () => {
      for (let round = 0; round < 3; round++) {
        begun++;
        const { stopped } = await endless({ signal: interruptSignal(), onProgress: atIteration(6, press) });
        results.push(stopped);
      }
    };
    await assert.rejects(loop(), keyboardInterrupt);
    assert.deepEqual([results, begun], [[true], 2]);
    await turn();
    delete kernel[contract]; // another cell
    const { trainLoss } = await train(network(), data(), { iterations: 3, batchSize: 5, signal: interruptSignal() });
    assert.equal(trainLoss.length, 3);
  });
}

test("A signal of an earlier cell that was interrupted is refused by name", async () => {
  const press = pretendCell();
  const kept = interruptSignal();
  press();
  pretendCell();
  const message = "train: signal that has fired: wanted a new one, as interruptSignal() gives";
  await assert.rejects(endless({ signal: kept }), { message });
});

test("No listener stays when a training has ended, in whatever way", async () => {
  const before = process.listenerCount("SIGINT");
  const short = { iterations: 3, batchSize: 5 };
  await train(network(), data(), short);
  assert.equal(process.listenerCount("SIGINT"), before);
  await train(network(), data(), { ...short, signal: interruptSignal() });
  assert.equal(process.listenerCount("SIGINT"), before);
  const fail = () => {
    throw new Error("mine");
  };
  await assert.rejects(train(network(), data(), { ...short, signal: interruptSignal(), onProgress: fail }), /mine/);
  assert.equal(process.listenerCount("SIGINT"), before);
  await assert.rejects(train(network(), data(), { ...short, batchSize: -1 }), /batchSize/);
  assert.equal(process.listenerCount("SIGINT"), before);
  pretendCell();
  const signal = interruptSignal();
  const onProgress = () => assert.equal(process.listenerCount("SIGINT"), before);
  await train(network(), data(), { ...short, signal, onProgress });
});

test("In a script Ctrl-C ends a training that has no signal by ending the script, as ever", () => {
  const script = `
    require("ts-node/register/transpile-only");
    const { np, train, TwoLayerNet } = require("./lib/src/index");
    const x = np.ones([4, 2]), t = np.zeros(4);
    train(new TwoLayerNet(2, 3, 2), { xTrain: x, tTrain: t, xTest: x, tTest: t }, ${JSON.stringify(ENDLESS)})
      .finally(() => console.log("went on"));
    setImmediate(() => process.kill(process.pid, "SIGINT"));`;
  const options = { cwd: path.join(__dirname, "../.."), encoding: "utf8" } as const;
  const { signal, stdout, stderr } = spawnSync(process.execPath, ["--eval", script], options);
  assert.deepEqual([signal, stdout, stderr], ["SIGINT", "", ""]);
});

test("A cell that was interrupted gets no further gradient, and its array is as it was", () => {
  const press = pretendCell();
  const x = np.array([3, 4]);
  let evaluations = 0;
  const f = () => {
    if (++evaluations === 3) press();
    return np.sum(np.square(x));
  };
  assert.throws(() => numericalGradient(f, x), keyboardInterrupt);
  assert.deepEqual([evaluations, [...x.data]], [3, [3, 4]]);
  assert.throws(() => numericalDiff(() => evaluations++, 1), keyboardInterrupt);
  assert.equal(evaluations, 3);
  pretendCell();
  assert.equal(
    numericalDiff((value) => value, 1, 0.5),
    1,
  );
});
