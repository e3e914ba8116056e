// numpy-ts: the book's NumPy code, name for name; float64
import * as np from "numpy-ts";
import { loadSets, nextBatch, firstWeights, timedTraining } from "./peerData.mjs";
import { measure, peakMemory, repeat, serve } from "./serve.mjs";

const sigmoid = (a) => np.reciprocal(np.add(np.exp(np.negative(a)), 1));
const softmax = (a) => {
  const e = np.exp(np.subtract(a, np.max(a, 1, true)));
  return np.divide(e, np.sum(e, 1, true));
};
const matrix = (values, rows, columns) =>
  np.array(Array.from({ length: rows }, (_, i) => Array.from(values.subarray(i * columns, (i + 1) * columns))));

serve({
  async training({ iterations, batchSize = 100 }) {
    const sets = await loadSets();
    const weights = firstWeights();
    const params = {
      W1: matrix(weights.W1, 784, 50),
      b1: np.zeros([50]),
      W2: matrix(weights.W2, 50, 10),
      b2: np.zeros([10]),
    };
    const x = matrix(sets.x, sets.rows, 784),
      xTest = matrix(sets.xTest, sets.testRows, 784);
    const predict = (inputs) =>
      softmax(np.add(np.dot(sigmoid(np.add(np.dot(inputs, params.W1), params.b1)), params.W2), params.b2));
    const loss = (inputs, oneHot) => -np.sum(np.multiply(oneHot, np.log(np.add(predict(inputs), 1e-7)))) / batchSize;
    const step = () => {
      const { chosen, oneHot } = nextBatch(sets, batchSize);
      const inputs = np.take(x, Array.from(chosen), 0),
        wanted = matrix(oneHot, batchSize, 10);
      const z1 = sigmoid(np.add(np.dot(inputs, params.W1), params.b1));
      const y = softmax(np.add(np.dot(z1, params.W2), params.b2));
      const dy = np.divide(np.subtract(y, wanted), batchSize);
      const da1 = np.multiply(np.dot(dy, params.W2.T), np.multiply(np.add(np.negative(z1), 1), z1));
      const grads = { W1: np.dot(inputs.T, da1), b1: np.sum(da1, 0), W2: np.dot(z1.T, dy), b2: np.sum(dy, 0) };
      for (const key of Object.keys(params)) params[key] = np.subtract(params[key], np.multiply(grads[key], 0.1));
      return loss(inputs, wanted);
    };
    // its memory does not hold the products of all rows at once
    const accuracy = (inputs, labels) => {
      let right = 0;
      for (let first = 0; first < labels.length; first += 5000) {
        const found = np.argmax(predict(inputs.slice(`${first}:${first + 5000}`)), 1);
        right += Number(np.sum(np.equal(found, np.array(Array.from(labels.subarray(first, first + 5000))))));
      }
      return right / labels.length;
    };
    const evaluate = () => [accuracy(x, sets.t), accuracy(xTest, sets.tTest)][1];
    return { ...(await timedTraining(iterations, step, evaluate, measure)), memory: peakMemory() };
  },

  async dot({ shape: [m, k, n], transpose, repeats }) {
    const draw = (rows, columns) => np.random.random([rows, columns]);
    const a = transpose ? draw(k, m).T : draw(m, k),
      b = draw(k, n);
    return repeat(() => np.dot(a, b), repeats);
  },
});
