// jax-js on its WebAssembly device: loss and gradient by valueAndGrad under jit, as its tutorial has it; float32, its
// default
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np, valueAndGrad } from "@jax-js/jax";
import { loadSets, nextBatch, firstWeights, timedTraining } from "./peerData.mjs";
import { measure, peakMemory, repeat, serve } from "./serve.mjs";

let ready;
const start = () => (ready ??= init("wasm").then(() => defaultDevice("wasm")));

const logits = ({ W1, b1, W2, b2 }, x) => np.matmul(nn.sigmoid(np.matmul(x, W1).add(b1)), W2).add(b2);
const loss = (params, x, t) => nn.logSoftmax(logits(params, x)).mul(t).sum(1).mean().neg();
const update = jit((params, x, t) => {
  const [, grads] = valueAndGrad(loss)(
    { W1: params.W1.ref, b1: params.b1.ref, W2: params.W2.ref, b2: params.b2.ref },
    x,
    t,
  );
  const entry = (name) => params[name].sub(grads[name].mul(0.1));
  return { W1: entry("W1"), b1: entry("b1"), W2: entry("W2"), b2: entry("b2") };
});
const lossOf = jit(loss);
const classes = jit((params, x) => np.argmax(logits(params, x), 1));
const shared = ({ W1, b1, W2, b2 }) => ({ W1: W1.ref, b1: b1.ref, W2: W2.ref, b2: b2.ref });

serve({
  async training({ iterations, batchSize = 100 }) {
    await start();
    const sets = await loadSets();
    const weights = firstWeights();
    let params = {
      W1: np.array(weights.W1).reshape([784, 50]),
      b1: np.zeros([50]),
      W2: np.array(weights.W2).reshape([50, 10]),
      b2: np.zeros([10]),
    };
    const x = np.array(sets.x).reshape([sets.rows, 784]),
      xTest = np.array(sets.xTest).reshape([sets.testRows, 784]);
    const step = async () => {
      const { pixels, oneHot } = nextBatch(sets, batchSize);
      const inputs = np.array(pixels).reshape([batchSize, 784]),
        wanted = np.array(oneHot).reshape([batchSize, 10]);
      params = update(params, inputs.ref, wanted.ref);
      return lossOf(shared(params), inputs, wanted).dataSync()[0];
    };
    const accuracy = (inputs, labels) => {
      const found = classes(shared(params), inputs.ref).dataSync();
      return labels.reduce((right, label, i) => right + (found[i] === label), 0) / labels.length;
    };
    const evaluate = () => [accuracy(x, sets.t), accuracy(xTest, sets.tTest)][1];
    return { ...(await timedTraining(iterations, step, evaluate, measure)), memory: peakMemory() };
  },

  async dot({ shape: [m, k, n], transpose, repeats }) {
    await start();
    const draw = (rows, columns) =>
      np.array(Float32Array.from({ length: rows * columns }, Math.random)).reshape([rows, columns]);
    const a = transpose ? draw(k, m) : draw(m, k),
      b = draw(k, n);
    const product = jit((a, b) => np.matmul(transpose ? np.transpose(a) : a, b));
    return repeat(async () => (await blockUntilReady(product(a.ref, b.ref))).dispose(), repeats);
  },
});
