// dlfs as a notebook uses it; DLFS_THREADS says how many threads
import { createRequire } from "node:module";
import { operands, time } from "./operations.mjs";
import { measure, peakMemory, repeat, serve } from "./serve.mjs";

const dlfs = createRequire(import.meta.url)("dlfs");
const { np, random, ThreeLayerNet, TwoLayerNet, train, loadMnist } = dlfs;

let mnist, oneHotMnist, names;
const data = async () => (mnist ??= await loadMnist());
const oneHotData = async () => (oneHotMnist ??= await loadMnist({ oneHotLabel: true }));

/** Views of the first rows, so that an evaluation costs little where iterations are what is measured. */
function firstRows({ xTrain, tTrain, xTest, tTest }, rows) {
  const [many, few] = [`:${rows}`, ":100"];
  return {
    xTrain: np.slice(xTrain, many),
    tTrain: np.slice(tTrain, many),
    xTest: np.slice(xTest, few),
    tTest: np.slice(tTest, few),
  };
}

async function network({ hidden = 50 } = {}) {
  random.seed(0);
  return new TwoLayerNet(784, hidden, 10);
}

async function batch(size = 100, set = data()) {
  const { xTrain, tTrain } = await set;
  random.seed(1);
  const rows = random.choice(xTrain.shape[0], size);
  return [np.take(xTrain, rows, { axis: 0 }), np.take(tTrain, rows, { axis: 0 })];
}

const of = ({ seconds, cpu }, change) => ({ seconds: change(seconds, "seconds"), cpu: change(cpu, "cpu") });

/** Takes the time of the steps between two evaluations, and of an evaluation with the one step before it. */
class Stopwatch {
  #last;
  steps = { seconds: 0, cpu: 0 };
  evaluations = { seconds: 0, cpu: 0 };

  constructor(evaluateEvery) {
    const listener = ({ iteration }) => {
      const isEvaluated = iteration % evaluateEvery === 0;
      if (isEvaluated || iteration % evaluateEvery === evaluateEvery - 1) this.#mark(isEvaluated);
    };
    // it looks at no parameters, so that they need not be copied out for it
    this.listener = Object.assign(listener, { readsParams: false });
  }

  #mark(isEvaluated) {
    const { user, system } = process.cpuUsage();
    const now = { seconds: performance.now() / 1000, cpu: (user + system) / 1e6 };
    if (this.#last !== undefined) {
      const sum = isEvaluated ? this.evaluations : this.steps;
      for (const key of ["seconds", "cpu"]) sum[key] += now[key] - this.#last[key];
    }
    this.#last = now;
  }
}

/** Book-style code, written with np operations as a reader writes it into cells. */
function naiveStep(params, x, t, learningRate) {
  const sigmoid = (a) => np.divide(1, np.add(1, np.exp(np.negative(a))));
  const softmax = (a) => {
    const e = np.exp(np.subtract(a, np.max(a, { axis: 1, keepdims: true })));
    return np.divide(e, np.sum(e, { axis: 1, keepdims: true }));
  };
  const n = x.shape[0];
  const z1 = sigmoid(np.add(np.dot(x, params.W1), params.b1));
  const y = softmax(np.add(np.dot(z1, params.W2), params.b2));
  const dy = np.divide(np.subtract(y, t), n);
  const dz1 = np.multiply(np.dot(dy, np.transpose(params.W2)), np.multiply(np.subtract(1, z1), z1));
  const grads = {
    W1: np.dot(np.transpose(x), dz1),
    b1: np.sum(dz1, { axis: 0 }),
    W2: np.dot(np.transpose(z1), dy),
    b2: np.sum(dy, { axis: 0 }),
  };
  for (const key of Object.keys(params))
    np.subtract(params[key], np.multiply(learningRate, grads[key]), { out: params[key] });
  return np.divide(np.negative(np.sum(np.multiply(t, np.log(np.add(y, 1e-7))))), n);
}

serve({
  load: async () => void (await data()),

  async training({ iterations, gradient = "backprop", batchSize = 100, hidden = 50, evaluateEvery, rows }) {
    const set = rows === undefined ? await data() : firstRows(await data(), rows);
    const net = await network({ hidden });
    const { seconds, cpu, value } = await measure(() =>
      train(net, set, { iterations, gradient, batchSize, evaluateEvery }),
    );
    return {
      seconds,
      cpu,
      accuracy: value.testAccuracy.at(-1),
      evaluations: value.testAccuracy.length,
      memory: peakMemory(),
    };
  },

  async numericalGradient({ repeats, h = 1e-4 }) {
    const net = await network();
    const [x, t] = await batch();
    return repeat(() => net.numericalGradient(x, t, h), repeats);
  },

  async dot({ shape: [m, k, n], transpose, repeats }) {
    const draw = (rows, columns) => random.rand(rows, columns);
    const a = transpose ? np.transpose(draw(k, m)) : draw(m, k);
    const b = draw(k, n);
    return repeat(() => np.dot(a, b), repeats);
  },

  async parts({ hidden, batchSize, steps, evaluations }) {
    const evaluateEvery = steps + 1;
    const watch = new Stopwatch(evaluateEvery);
    await train(await network({ hidden }), await oneHotData(), {
      ...{ iterations: evaluations * evaluateEvery + 1, batchSize, evaluateEvery, onProgress: watch.listener },
    });
    const step = of(watch.steps, (total) => total / (evaluations * steps));
    return { step, evaluation: of(watch.evaluations, (total, key) => total / evaluations - step[key]) };
  },

  async methods({ hidden, batchSize, repeats }) {
    const { xTest, tTest } = await oneHotData();
    const [x, t] = await batch(batchSize, oneHotData());
    const net = hidden === null ? ThreeLayerNet.initialize(784, 50, 100, 10) : await network({ hidden });
    const predict = await repeat(() => net.predict(x), repeats);
    const accuracy = await repeat(() => net.accuracy(xTest, tTest), 3);
    if (hidden === null) return { predict, accuracy };
    const loss = await repeat(() => net.loss(x, t), repeats);
    return { predict, accuracy, loss, gradient: await repeat(() => net.gradient(x, t), repeats) };
  },

  async operation({ line, shape }) {
    names ??= operands(dlfs, (await data()).xTest);
    return time(line, shape, names);
  },

  async naive({ repeats }) {
    const [x, t] = await batch();
    const oneHot = np.equal(np.reshape(t, [-1, 1]), np.arange(10));
    const { params } = await network();
    return repeat(() => naiveStep(params, x, oneHot, 0.1), repeats);
  },
});
