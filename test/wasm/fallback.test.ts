import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";

const root = path.join(__dirname, "../..");

/** A product, a numerical gradient and a training, as one line of JSON. */
const WORK = `
  require("ts-node/register/transpile-only");
  const np = require("./lib/src/np"), random = require("./lib/src/random");
  const { TwoLayerNet } = require("./lib/src/networks"), { train } = require("./lib/src/training");
  random.seed(0);
  const product = np.dot(random.rand(30, 40), random.rand(40, 20)).data;
  const network = new TwoLayerNet(12, 7, 4, 0.3);
  const x = random.rand(50, 12), t = random.randint(0, 4, 50);
  const gradient = network.numericalGradient(x, t, 0.1).W1.data;
  train(network, { xTrain: x, tTrain: t, xTest: x, tTest: t }, { iterations: 20, batchSize: 10 }).then(({ trainLoss }) =>
    console.log(JSON.stringify([...product, ...gradient, ...trainLoss])));`;

function run(before: string) {
  const { stdout, stderr } = spawnSync(process.execPath, ["--eval", before + WORK], { cwd: root, encoding: "utf8" });
  return { numbers: JSON.parse(stdout) as number[], stderr };
}

test("an engine without the routines computes the same in JavaScript, and says once that it is slower", () => {
  const fast = run("");
  assert.equal(fast.stderr, "");
  for (const without of [
    "WebAssembly.Module = class { constructor() { throw new Error('no SIMD here'); } };",
    "WebAssembly.Memory = class { constructor() { throw new RangeError('no memory here'); } };",
  ]) {
    const slow = run(without);
    assert.equal(
      slow.stderr.match(/dlfs computes in plain JavaScript, 20 times slower: no (SIMD|memory) here/g)?.length,
      1,
      slow.stderr,
    );
    assert.equal(slow.numbers.length, fast.numbers.length);
    slow.numbers.forEach((value, i) =>
      assert.ok(Math.abs(value - fast.numbers[i]) < 1e-11, `${i}: ${value} and ${fast.numbers[i]}`),
    );
  }
});
