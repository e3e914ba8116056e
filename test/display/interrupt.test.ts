import assert from "node:assert/strict";
import test from "node:test";
import { interruptSignal, np, random, train, TwoLayerNet } from "../../lib/src/index";

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
  random.seed(0);
  const x = random.rand(20, 4);
  const t = np.array(Array.from({ length: 20 }, (_, i) => i % 2), { dtype: "int32" });
  const network = new TwoLayerNet(4, 3, 2);
  const before = np.copy(network.params.W1);
  const onProgress = ({ iteration }: { iteration: number }): void => {
    if (iteration === 6) process.emit("SIGINT");
  };
  const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };
  const result = await train(network, data, { iterations: 1000, batchSize: 5, signal: interruptSignal(), onProgress });
  assert.equal(result.stopped, true);
  assert.equal(result.trainLoss.length, 7);
  assert.equal(np.allclose(network.params.W1, before, { rtol: 0, atol: 0 }), false);
});
