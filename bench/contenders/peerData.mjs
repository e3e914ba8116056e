// what every JavaScript peer starts from: float32 pixels, labels, and the rows of each batch
import { createRequire } from "node:module";

const { loadMnist, random } = createRequire(import.meta.url)("dlfs");

export async function loadSets() {
  const { xTrain, tTrain, xTest, tTest } = await loadMnist();
  random.seed(0);
  return {
    x: xTrain.data,
    t: tTrain.data,
    xTest: xTest.data,
    tTest: tTest.data,
    rows: xTrain.shape[0],
    testRows: xTest.shape[0],
  };
}

/** The rows, pixels and one-hot labels of the next batch. */
export function nextBatch({ x, t, rows }, size) {
  const chosen = random.choice(rows, size).data;
  const pixels = new Float32Array(size * 784),
    oneHot = new Float32Array(size * 10);
  chosen.forEach((row, i) => {
    pixels.set(x.subarray(row * 784, row * 784 + 784), i * 784);
    oneHot[i * 10 + t[row]] = 1;
  });
  return { chosen, pixels, oneHot };
}

export function firstWeights() {
  return {
    W1: Float32Array.from(random.randn(784, 50).data, (w) => 0.01 * w),
    W2: Float32Array.from(random.randn(50, 10).data, (w) => 0.01 * w),
  };
}

/** Times the steps and one evaluation apart, so that a slow peer need not run the whole job. */
export async function timedTraining(iterations, step, evaluate, measure) {
  for (let i = 0; i < 20; i++) await step();
  const steps = await measure(async () => {
    for (let i = 0; i < iterations; i++) await step();
  });
  await evaluate();
  const evaluation = await measure(evaluate);
  return {
    step: { seconds: steps.seconds / iterations, cpu: steps.cpu / iterations },
    evaluation: { seconds: evaluation.seconds, cpu: evaluation.cpu },
    accuracy: evaluation.value,
  };
}
