import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import type { Execution, KernelClient } from "../../tools/kernelClient";
import { root } from "../../tools/root";
import { shareKernel } from "./workplace";

/** A learner's first experiments, as cells: no type stands in their way. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

const printed = ({ outputs }: Execution): string =>
  outputs
    .filter(([type]) => type === "stream")
    .map(([, content]) => content.text)
    .join("");

const IMPORTS = `import { np, random, relu, sigmoid, softmax, stepFunction, sumSquaredError, train } from "dlfs";
import { ThreeLayerNet, TwoLayerNet } from "dlfs";
import type { NDArray, ThreeLayerParams } from "dlfs";`;

const DATA = `
random.seed(0);
const t = random.randint(0, 2, 50);
const x = np.add(random.randn(50, 4), np.reshape(np.multiply(3, t), [-1, 1]));
const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };`;

/** The classes in the examples of TwoLayerNet's doc comment. */
function examples(): [name: string, code: string][] {
  const source = readFileSync(path.join(root, "lib", "src", "networks", "twoLayerNet.ts"), "utf8");
  return [...source.matchAll(/^ \* @example\n((?: \* .*\n)+?)(?= \* @example| \*\/)/gm)]
    .map(([, lines]) => lines.replace(/^ \* /gm, ""))
    .flatMap((code) => [...code.matchAll(/class (\w+)/g)].map(([, name]): [string, string] => [name, code]));
}

const OWN = `class Own extends TwoLayerNet {
  private forward(x: NDArray) { return np.dot(relu(np.dot(x, this.params.W1)), this.params.W2); }
  predict(x: NDArray) { return softmax(this.forward(x)); }
  loss(x: NDArray, t: NDArray) { return sumSquaredError(this.predict(x), t); }
}`;

for (const [name, code] of [...examples(), ["Own", OWN]]) {
  test(`the class ${name} works in a cell, and learns`, async () => {
    const sizes = name === "DeepNet" ? "4, 5, 5, 2" : "4, 5, 2";
    const use = `const net = new ${name}(${sizes});
const before = net.loss(x, t);
await train(net, data, { iterations: 60, batchSize: 50, learningRate: 0.01, evaluateEvery: 60 });
console.log(net.loss(x, t) < before);`;
    for (const cell of [IMPORTS, DATA, code]) {
      const { reply, outputs } = await kernel.execute(cell);
      assert.equal(reply.status, "ok", JSON.stringify(outputs));
    }
    assert.match(printed(await kernel.execute(use)), /^true$/m);
  });
}
