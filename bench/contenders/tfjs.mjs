// TensorFlow.js: its own optimizer and loss, variables, tidy; float32, the only kind of float it has
import { createRequire } from "node:module";
import { loadSets, nextBatch, firstWeights, timedTraining } from "./peerData.mjs";
import { measure, peakMemory, repeat, serve } from "./serve.mjs";

const require = createRequire(import.meta.url);
const backend = process.argv[2];
const tf = require("@tensorflow/tfjs");
if (backend === "wasm") require("@tensorflow/tfjs-backend-wasm");

let ready;
const start = () => (ready ??= tf.setBackend(backend).then(() => tf.ready()));

serve({
  async training({ iterations, batchSize = 100 }) {
    await start();
    const sets = await loadSets();
    const weights = firstWeights();
    const W1 = tf.variable(tf.tensor2d(weights.W1, [784, 50])),
      b1 = tf.variable(tf.zeros([50]));
    const W2 = tf.variable(tf.tensor2d(weights.W2, [50, 10])),
      b2 = tf.variable(tf.zeros([10]));
    const x = tf.tensor2d(sets.x, [sets.rows, 784]),
      t = tf.tensor1d(sets.t, "int32");
    const xTest = tf.tensor2d(sets.xTest, [sets.testRows, 784]),
      tTest = tf.tensor1d(sets.tTest, "int32");
    const logits = (inputs) => tf.add(tf.matMul(tf.sigmoid(tf.add(tf.matMul(inputs, W1), b1)), W2), b2);
    const crossEntropy = (inputs, oneHot) => tf.neg(tf.mean(tf.sum(tf.mul(oneHot, tf.logSoftmax(logits(inputs))), 1)));
    const accuracy = (inputs, labels) =>
      tf.tidy(() => tf.mean(tf.cast(tf.equal(tf.argMax(logits(inputs), 1), labels), "float32")).dataSync()[0]);
    const optimizer = tf.train.sgd(0.1);
    const step = () => {
      const { pixels, oneHot } = nextBatch(sets, batchSize);
      return tf.tidy(() => {
        const inputs = tf.tensor2d(pixels, [batchSize, 784]),
          wanted = tf.tensor2d(oneHot, [batchSize, 10]);
        optimizer.minimize(() => crossEntropy(inputs, wanted));
        return crossEntropy(inputs, wanted).dataSync()[0];
      });
    };
    const evaluate = () => [accuracy(x, t), accuracy(xTest, tTest)][1];
    return { ...(await timedTraining(iterations, step, evaluate, measure)), memory: peakMemory() };
  },

  async dot({ shape: [m, k, n], transpose, repeats }) {
    await start();
    const a = tf.randomUniform(transpose ? [k, m] : [m, k]),
      b = tf.randomUniform([k, n]);
    return repeat(() => tf.tidy(() => tf.matMul(a, b, transpose).dataSync()), repeats);
  },
});
