import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { loadMnist } from "../../lib/src/data/mnist";
import type { Network } from "../../lib/src/networks";
import { TwoLayerNet, type TwoLayerParams } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { train, type Evaluation, type Progress, type TrainingData } from "../../lib/src/training";
import { mnistFolder } from "../../tools/mnistFolder";

const skip = mnistFolder() ? false : "full MNIST is not at hand: npm run data fetches it";

/** Three clusters in the plane: 90 rows to train, 30 to test. */
function clusters() {
  random.seed(5);
  const draw = (rows: number) => {
    const labels = random.randint(0, 3, rows);
    const centres = np.array([
      [0, 3],
      [3, -2],
      [-3, -2],
    ]);
    return { x: np.add(np.take(centres, labels, { axis: 0 }), random.randn(rows, 2)), t: labels };
  };
  const train = draw(90),
    test = draw(30);
  return { xTrain: train.x, tTrain: train.t, xTest: test.x, tTest: test.t };
}

/** The book's loop, written out. */
function bookLoop(
  network: Network,
  data: ReturnType<typeof clusters>,
  iterations: number,
  batchSize: number,
): number[] {
  return Array.from({ length: iterations }, () => {
    const mask = random.choice(data.xTrain.shape[0], batchSize);
    const x = np.take(data.xTrain, mask, { axis: 0 }),
      t = np.take(data.tTrain, mask, { axis: 0 });
    const gradient = network.gradient(x, t);
    for (const name of Object.keys(network.params)) {
      const values = network.params[name];
      np.subtract(values, np.multiply(gradient[name], 0.1), { out: values });
    }
    return network.loss(x, t);
  });
}

test("it draws, updates and records as the book's loop does, from the same random stream", async () => {
  const data = clusters();
  random.seed(1);
  const expected = new TwoLayerNet(2, 6, 3, 0.5);
  const losses = bookLoop(expected, data, 40, 10);
  const following = random.rand(1).data[0];

  random.seed(1);
  const network = new TwoLayerNet(2, 6, 3, 0.5);
  const { trainLoss, stopped } = await train(network, data, { iterations: 40, batchSize: 10 });
  assert.equal(stopped, false);
  assert.equal(trainLoss.length, 40);
  trainLoss.forEach((loss, i) => assert.ok(Math.abs(loss / losses[i] - 1) < 1e-12, `${i}: ${loss} and ${losses[i]}`));
  assert.ok(np.allclose(network.params.W1, expected.params.W1, { rtol: 1e-12, atol: 1e-15 }));
  assert.equal(random.rand(1).data[0], following);
});

test("it updates the arrays that params holds, and learns", async () => {
  const data = clusters();
  const network = new TwoLayerNet(2, 8, 3, 0.5);
  const before = { ...network.params };
  const { trainAccuracy, testAccuracy } = await train(network, data, {
    iterations: 400,
    batchSize: 20,
    learningRate: 0.5,
  });
  for (const name of ["W1", "b1", "W2", "b2"] as const) assert.equal(network.params[name], before[name]);
  assert.ok(trainAccuracy.at(-1)! > 0.95 && testAccuracy.at(-1)! > 0.9);
  assert.equal(network.accuracy(data.xTrain, data.tTrain) > 0.95, true);
});

test("by central differences it learns the same as by backpropagation, nearly to the digit", async () => {
  const data = clusters();
  const losses: number[][] = [];
  for (const gradient of ["backprop", "numerical"] as const) {
    random.seed(2);
    losses.push(
      (await train(new TwoLayerNet(2, 5, 3, 0.5), data, { iterations: 15, batchSize: 10, gradient })).trainLoss,
    );
  }
  losses[0].forEach((loss, i) => assert.ok(Math.abs(loss - losses[1][i]) < 1e-6));
  assert.notDeepEqual(losses[0], losses[1]);
});

test("accuracies are taken on the full sets at 0, evaluateEvery, twice that ..., after the update", async () => {
  const data = clusters();
  const network = new TwoLayerNet(2, 5, 3, 0.5);
  const seen: Evaluation[] = [];
  const result = await train(network, data, {
    iterations: 25,
    batchSize: 9,
    evaluateEvery: 8,
    onEvaluate(evaluation) {
      seen.push(evaluation);
      assert.equal(evaluation.trainAccuracy, network.accuracy(data.xTrain, data.tTrain));
      assert.equal(evaluation.testAccuracy, network.accuracy(data.xTest, data.tTest));
    },
  });
  assert.deepEqual(
    seen.map(({ iteration }) => iteration),
    [0, 8, 16, 24],
  );
  assert.deepEqual(
    result.trainAccuracy,
    seen.map(({ trainAccuracy }) => trainAccuracy),
  );
  assert.deepEqual(
    result.testAccuracy,
    seen.map(({ testAccuracy }) => testAccuracy),
  );
});

test("by default an evaluation comes when a training set's worth of rows was drawn, and at least each iteration", async () => {
  const evaluations = async (batchSize: number) => {
    const result = await train(new TwoLayerNet(2, 3, 3), clusters(), { iterations: 21, batchSize });
    return result.trainAccuracy.length;
  };
  assert.equal(await evaluations(9), 3);
  assert.equal(await evaluations(60), 21);
  assert.equal(await evaluations(200), 21);
});

test("onProgress is told each iteration's loss, with params that give it", async () => {
  const seen: Progress[] = [];
  const { trainLoss } = await train(new TwoLayerNet(2, 5, 3), clusters(), {
    iterations: 5,
    batchSize: 9,
    onProgress: (progress) => seen.push(progress),
  });
  assert.deepEqual(
    seen,
    trainLoss.map((loss, iteration) => ({ iteration, iterations: 5, loss })),
  );
});

test("a signal ends it between two iterations with what it has", async () => {
  const stop = new AbortController();
  const network = new TwoLayerNet(2, 5, 3);
  const result = await train(network, clusters(), {
    iterations: 1000,
    batchSize: 9,
    signal: stop.signal,
    onProgress: ({ iteration }) => {
      if (iteration === 6) stop.abort();
    },
  });
  assert.equal(result.stopped, true);
  assert.equal(result.trainLoss.length, 7);
});

test("a signal that has fired is refused, before anything is drawn", async () => {
  random.seed(3);
  await assert.rejects(train(new TwoLayerNet(2, 5, 3), clusters(), { signal: AbortSignal.abort() }), {
    name: "RangeError",
    message: "train: signal that has fired: wanted a new one, as interruptSignal() gives",
  });
  const next = random.rand(1).data[0];
  random.seed(3);
  new TwoLayerNet(2, 5, 3);
  clusters();
  assert.equal(random.rand(1).data[0], next);
});

test("the event loop gets its turn: a timer can stop a training of a million iterations", async () => {
  const stop = new AbortController();
  setTimeout(() => stop.abort(), 100);
  const { stopped, trainLoss } = await train(new TwoLayerNet(2, 5, 3), clusters(), {
    iterations: 1e6,
    batchSize: 9,
    signal: stop.signal,
  });
  assert.equal(stopped, true);
  assert.ok(trainLoss.length > 0);
});

/** The same network, but one that plain steps train. */
class Plain extends TwoLayerNet {
  override predict(x: NDArray): NDArray<"float64"> {
    return super.predict(x);
  }

  override gradient(x: NDArray, t: NDArray): TwoLayerParams {
    return super.gradient(x, t);
  }
}

/** Makes every pause of a training due: the clock goes on by a minute whenever it is read. */
function hurry(t: TestContext): void {
  let now = 0;
  t.mock.method(performance, "now", () => (now += 60_000));
}

test("an abort is served within a numerical gradient, and the params are unmoved then", async (t) => {
  hurry(t);
  class Decaying extends TwoLayerNet {
    override loss(x: NDArray, labels: NDArray): number {
      return super.loss(x, labels) + 0.01 * np.sum(np.square(this.params.W1));
    }
  }
  const soft = (rows: number) => np.full([rows, 3], 1 / 3);
  const softLabels = (data: TrainingData) => ({ ...data, tTrain: soft(90), tTest: soft(30) });
  const plain = (): Network => {
    const { params, loss, accuracy, gradient } = new TwoLayerNet(2, 6, 3);
    const own = { params, loss, accuracy, gradient, numericalGradient: undefined };
    return Object.assign(Object.create(TwoLayerNet.prototype) as Network, own);
  };
  const cases: [string, Network, TrainingData][] = [
    ["soft labels", new TwoLayerNet(2, 6, 3), softLabels(clusters())],
    ["a loss of one's own", new Decaying(2, 6, 3), clusters()],
    ["no numericalGradient", plain(), clusters()],
  ];
  for (const [what, network, data] of cases) {
    const stop = new AbortController();
    const before = np.copy(network.params.W1);
    let pauses = 0;
    // it ends with the first abort that it could have seen
    const pressAtThirdPause = () => void (++pauses < 3 ? setImmediate(pressAtThirdPause) : stop.abort());
    setImmediate(pressAtThirdPause);
    const options = { iterations: 100, batchSize: 5, gradient: "numerical", signal: stop.signal } as const;
    const result = await train(network, data, options);
    assert.deepEqual(result, { trainLoss: [], trainAccuracy: [], testAccuracy: [], stopped: true }, what);
    assert.deepEqual([...network.params.W1.data], [...before.data], what);
  }
});

test("a numerical gradient in pauses is the one without, to the bit", async (t) => {
  const data = clusters();
  const run = async () => {
    random.seed(4);
    const network = new Plain(2, 4, 3);
    const { trainLoss } = await train(network, data, { iterations: 3, batchSize: 5, gradient: "numerical" });
    return [trainLoss, [...network.params.W1.data]];
  };
  const without = await run();
  hurry(t);
  assert.deepEqual(await run(), without);
});

for (const Kind of [TwoLayerNet, Plain]) {
  test(`what the reader writes to params while a ${Kind.name} is trained elsewhere is kept`, async (t) => {
    const network = new Kind(2, 5, 3);
    const training = train(network, clusters(), { iterations: 1, batchSize: 1, learningRate: 1 });
    network.params.b2.data[0] = 100;
    await training;
    assert.equal(network.params.b2.data[0], 100);
    hurry(t);
    const longer = train(network, clusters(), { iterations: 3, batchSize: 1, learningRate: 0 });
    setImmediate(() => (network.params.b2.data[1] = 50));
    await longer;
    assert.equal(network.params.b2.data[1], 50);
  });
}

test("two trainings of one network at the same time lose no update of each other", async (t) => {
  const data = clusters();
  const run = async (Kind: typeof TwoLayerNet, iterations: number) => {
    random.seed(8);
    const network = new Kind(2, 5, 3);
    const options = { iterations, batchSize: 3, learningRate: 0.5 };
    const [first, second] = await Promise.all([train(network, data, options), train(network, data, options)]);
    return { losses: np.array([...first.trainLoss, ...second.trainLoss]), W1: network.params.W1 };
  };
  for (const iterations of [1, 5]) {
    if (iterations > 1) hurry(t); // else the second begins when the first has ended
    const [fused, plain] = [await run(TwoLayerNet, iterations), await run(Plain, iterations)];
    assert.ok(np.allclose(fused.losses, plain.losses, { rtol: 1e-12 }), `${iterations} iterations: losses`);
    assert.ok(np.allclose(fused.W1, plain.W1, { rtol: 1e-12 }), `${iterations} iterations: W1`);
  }
});

test("any network with params, loss, accuracy and gradient can be trained, numerically too", async () => {
  const make = (): Network => ({
    params: { w: np.array([4, -2]) },
    loss() {
      return np.sum(np.square(this.params.w));
    },
    accuracy() {
      return 0.5;
    },
    gradient() {
      return { w: np.multiply(2, this.params.w) as NDArray<"float64"> };
    },
  });
  for (const gradient of ["backprop", "numerical"] as const) {
    const network = make();
    const { trainLoss, trainAccuracy } = await train(network, clusters(), { iterations: 100, gradient });
    assert.ok(trainLoss[99] < 1e-15);
    assert.deepEqual(new Set(trainAccuracy), new Set([0.5]));
  }
});

test("an error of the network comes out, and the network is left as it was", async () => {
  class Failing extends TwoLayerNet {
    override gradient(): never {
      throw new Error("no gradient today");
    }
  }
  const network = new Failing(2, 5, 3);
  const before = np.copy(network.params.W1);
  await assert.rejects(train(network, clusters(), { iterations: 3 }), /no gradient today/);
  assert.equal(np.allclose(network.params.W1, before, { rtol: 0, atol: 0 }), true);
});

test("bad options and data are refused by name before anything is drawn", async () => {
  const data = clusters();
  const network = new TwoLayerNet(2, 5, 3);
  const refused = async (options: object, name: string, message: string, from = data) => {
    await assert.rejects(train(network, from, options), { name, message });
  };
  random.seed(9);
  await refused({ iterations: -1 }, "RangeError", "train: iterations = -1: wanted a whole number from 0");
  await refused({ batchSize: 0 }, "RangeError", "train: batchSize = 0: wanted a whole number from 1");
  await refused({ evaluateEvery: 2.5 }, "RangeError", "train: evaluateEvery = 2.5: wanted a whole number from 1");
  await refused({ learningRate: Infinity }, "RangeError", "train: learningRate = Infinity: wanted a finite number");
  await refused({ gradient: "adam" }, "RangeError", 'train: gradient = "adam": wanted "backprop" or "numerical"');
  await refused(
    { learningrate: 1 },
    "TypeError",
    "train: option learningrate: wanted one of iterations, batchSize, learningRate, gradient, evaluateEvery, onEvaluate, onProgress, signal",
  );
  await refused({}, "RangeError", "train: 90 rows of xTrain and 30 of tTrain: wanted as many", {
    ...data,
    tTrain: data.tTest,
  });
  await refused({}, "RangeError", "train: xTest of shape (2,): wanted (N,D)", { ...data, xTest: np.zeros(2) });
  await refused({}, "RangeError", "train: xTrain of shape (0,2): wanted at least one row", {
    ...data,
    xTrain: np.zeros([0, 2]),
    tTrain: np.zeros([0, 3]),
  });
  const next = random.rand(1).data[0];
  random.seed(9);
  assert.equal(random.rand(1).data[0], next);
});

test("from seed 0 the first losses on MNIST are NumPy's", { skip }, async () => {
  const data = await loadMnist();
  random.seed(0);
  const { trainLoss } = await train(new TwoLayerNet(784, 50, 10), data, { iterations: 4 });
  // np.random.seed(0), the book's loop with backpropagation in NumPy 2.4
  [2.2938061065760658, 2.294626433903726, 2.297869324385668, 2.2933461149668446].forEach((loss, i) =>
    assert.ok(Math.abs(trainLoss[i] / loss - 1) < 1e-12, `${i}: ${trainLoss[i]}`),
  );
});
