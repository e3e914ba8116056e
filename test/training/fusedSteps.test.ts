import test from "node:test";
import assert from "node:assert/strict";
import { loadMnist } from "../../lib/src/data/mnist";
import { TwoLayerNet, type TwoLayerParams } from "../../lib/src/networks/twoLayerNet";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np/ndarray";
import * as random from "../../lib/src/random";
import { train } from "../../lib/src/training";
import { FUSED_METHODS, fusedSteps } from "../../lib/src/training/fusedSteps";
import { plainSteps } from "../../lib/src/training/plainSteps";
import type { GradientMethod, Steps, TrainingData } from "../../lib/src/training/steps";
import { idleArena } from "../../lib/src/wasm/arena";
import { setThreadCount } from "../../lib/src/wasm/threads";
import { Plain, plainOf, plainTwin } from "../networks/plain";

const NAMES = ["W1", "b1", "W2", "b2"] as const;

/** The values of a pixel: few, and most of them 0, as in images; or any. */
const KINDS: Record<string, (rows: number, columns: number) => NDArray> = {
  sparse: (rows, columns) =>
    np.multiply(random.randint(0, 4, [rows, columns]) as NDArray, np.less(random.rand(rows, columns) as NDArray, 0.3)),
  "sparse float32": (rows, columns) => np.array(np.divide(KINDS.sparse(rows, columns), 255), { dtype: "float32" }),
  dense: (rows, columns) => random.randn(rows, columns) as NDArray,
  "sparse with too many values": (rows, columns) =>
    np.multiply(random.rand(rows, columns) as NDArray, np.less(random.rand(rows, columns) as NDArray, 0.3)),
  "a view": (rows, columns) => np.transpose(random.randn(columns, rows) as NDArray),
  "all zeros": (rows, columns) => np.zeros([rows, columns]),
};

function makeData(kind: string, inputs: number, classes: number, rows: number): TrainingData {
  return {
    xTrain: KINDS[kind](rows, inputs),
    tTrain: random.randint(0, classes, [rows]) as NDArray,
    xTest: KINDS[kind](7, inputs),
    tTest: random.randint(0, classes, [7]) as NDArray,
  };
}

function paramsOf(network: TwoLayerNet): TwoLayerParams {
  return Object.fromEntries(NAMES.map((name) => [name, np.copy(network.params[name])])) as TwoLayerParams;
}

function assertClose(ours: NDArray, wanted: NDArray, what: string): void {
  const scale = Math.max(1e-3, np.max(np.abs(wanted)));
  ours.data.forEach((value, place) => {
    const difference = Math.abs(value - wanted.data[place]);
    assert.ok(difference <= 1e-12 * scale, `${what}[${place}]: ${value}, not ${wanted.data[place]}`);
  });
}

/** Fifteen steps; gives the losses. The same seed draws the same network and rows. */
function run(makeSteps: (network: TwoLayerNet) => Steps | undefined, sizes: number[], rows: number, batchSize: number) {
  random.seed(5);
  const network = new TwoLayerNet(sizes[0], sizes[1], sizes[2], 0.3);
  const steps = makeSteps(network)!;
  const losses: number[] = [];
  for (let step = 0; step < 15; step++) losses.push(steps.step(random.choice(rows, batchSize) as NDArray<"int32">));
  const accuracies = steps.evaluate();
  steps.publish();
  steps.release();
  return { losses, accuracies, params: paramsOf(network) };
}

test("losses, parameters and accuracies are the plain steps', for sizes, inputs and targets of every kind", () => {
  const sizes = [
    [784, 50, 10],
    [7, 3, 2],
    [5, 1, 3],
    [20, 27, 11],
    [3, 51, 2],
    [6, 100, 26],
  ];
  for (const kind of Object.keys(KINDS)) {
    for (const [inputs, hidden, classes] of sizes) {
      random.seed(6);
      const rows = 300,
        batchSize = 10;
      const data = makeData(kind, inputs, classes, rows);
      const oneHot = {
        ...data,
        tTrain: np.equal(np.reshape(data.tTrain, [-1, 1]), np.arange(classes)),
        tTest: np.equal(np.reshape(data.tTest, [-1, 1]), np.arange(classes)),
      };
      const settings = { batchSize, gradient: "backprop" as GradientMethod, learningRate: 0.5 };
      const plain = run(
        (network) => plainSteps(plainOf(network), data, "backprop", 0.5),
        [inputs, hidden, classes],
        rows,
        batchSize,
      );
      for (const given of [data, oneHot]) {
        const fused = run(
          (network) => fusedSteps(network, given, settings),
          [inputs, hidden, classes],
          rows,
          batchSize,
        );
        const what = `${kind}, ${inputs}-${hidden}-${classes}`;
        assertClose(np.array(fused.losses), np.array(plain.losses), `${what}: losses`);
        NAMES.forEach((name) => assertClose(fused.params[name], plain.params[name], `${what}: ${name}`));
        assert.deepEqual(fused.accuracies, plain.accuracies, what);
      }
    }
  }
});

test("training by the numerical gradient is the book's loop, within its range and outside", () => {
  for (const [std, learningRate] of [
    [0.3, 0.1],
    [40, 0.1],
  ]) {
    random.seed(7);
    const data = makeData("sparse", 6, 3, 50);
    const runOne = (makeSteps: (network: TwoLayerNet) => Steps | undefined) =>
      run(
        (network) => {
          np.multiply(network.params.W2, std / 0.3, { out: network.params.W2 });
          return makeSteps(network);
        },
        [6, 4, 3],
        50,
        5,
      );
    const plain = runOne((network) => {
      // a loss of its own, if the same one, takes the loop
      network.loss = (x, t) => TwoLayerNet.prototype.loss.call(network, x, t);
      return plainSteps(network, data, "numerical", learningRate);
    });
    const fused = runOne((network) => fusedSteps(network, data, { batchSize: 5, gradient: "numerical", learningRate }));
    fused.losses.forEach((loss, step) =>
      assert.ok(
        Math.abs(loss - plain.losses[step]) < 1e-8,
        `std ${std}, step ${step}: ${loss}, not ${plain.losses[step]}`,
      ),
    );
  }
});

test("results are the same to the bit on every run and with any number of threads", () => {
  // the last two are large enough for three threads to share a step
  const cases = [
    ["sparse", "numerical", 30, 9, 20],
    ["sparse", "backprop", 30, 9, 20],
    ["sparse", "backprop", 300, 51, 101],
    ["dense", "backprop", 99, 50, 100],
  ] as const;
  for (const [kind, gradient, inputs, hidden, batchSize] of cases) {
    random.seed(8);
    const data = makeData(kind, inputs, 5, 3000);
    const results = [1, 1, 2, 3].map((threads) => {
      setThreadCount(threads);
      return run(
        (network) => fusedSteps(network, data, { batchSize, gradient, learningRate: 0.3 }),
        [inputs, hidden, 5],
        3000,
        batchSize,
      );
    });
    setThreadCount(1);
    for (const other of results.slice(1)) assert.deepEqual(other, results[0], `${kind}, ${gradient}`);
  }
});

test("a network with a method of its own is trained by that method", async () => {
  random.seed(9);
  const data = makeData("sparse", 6, 3, 40);
  for (const method of ["loss", "accuracy", "gradient", "predict"] as const) {
    assert.ok(FUSED_METHODS.includes(method));
    let calls = 0;
    const counted = function (this: TwoLayerNet, ...args: [NDArray, NDArray]) {
      calls++;
      return (TwoLayerNet.prototype[method] as (...args: [NDArray, NDArray]) => never).apply(this, args);
    };
    class Derived extends TwoLayerNet {}
    Object.defineProperty(Derived.prototype, method, { value: counted });
    await train(new Derived(6, 4, 3), data, { iterations: 3, batchSize: 5 });
    const network = new TwoLayerNet(6, 4, 3);
    Object.assign(network, { [method]: counted });
    await train(network, data, { iterations: 3, batchSize: 5 });
    assert.ok(calls >= 4, `${method}: ${calls} calls`);
  }
});

test("the cell sees the parameters of now in the same arrays, and what it writes into them counts", async () => {
  random.seed(10);
  const data = makeData("sparse", 6, 3, 40);
  const record = async (network: TwoLayerNet) => {
    const { W1 } = network.params;
    const seen: number[] = [];
    random.seed(11);
    const { trainLoss } = await train(network, data, {
      iterations: 20,
      batchSize: 5,
      learningRate: 0.5,
      evaluateEvery: 6,
      onEvaluate: () => {
        seen.push(W1.data[0], network.loss(data.xTest, data.tTest));
      },
      onProgress: ({ iteration, loss }) => {
        seen.push(W1.data[1], loss);
        if (iteration === 9) W1.data.fill(0.25);
      },
    });
    assert.equal(network.params.W1, W1);
    return np.array([...seen, ...trainLoss, ...W1.data]);
  };
  random.seed(12);
  const network = new TwoLayerNet(6, 4, 3);
  random.seed(12);
  const plain = new Plain(6, 4, 3);
  assertClose(await record(network), await record(plain), "what the callbacks saw");
});

test("a listener that says it reads no parameters is called without them, and the training is the same", async () => {
  random.seed(10);
  const data = makeData("sparse", 6, 3, 40);
  const run = async (readsParams?: false) => {
    random.seed(12);
    const network = new TwoLayerNet(6, 4, 3);
    const { b2 } = network.params;
    const seen: number[] = [];
    const onProgress = Object.assign(
      () => {
        seen.push(b2.data[0]);
      },
      { readsParams },
    );
    const { trainLoss } = await train(network, data, { iterations: 20, batchSize: 5, evaluateEvery: 100, onProgress });
    return { seen, trainLoss, params: paramsOf(network) };
  };
  const [current, behind] = [await run(), await run(false)];
  assert.equal(new Set(current.seen).size, 20);
  assert.equal(new Set(behind.seen).size, 1);
  assert.deepEqual({ ...behind, seen: 0 }, { ...current, seen: 0 });
});

test("an error in a callback leaves the latest parameters and no memory behind", async () => {
  random.seed(13);
  const data = makeData("sparse", 6, 3, 40);
  const network = new TwoLayerNet(6, 4, 3);
  await train(network, data, { iterations: 1, batchSize: 5 });
  const arena = idleArena();
  const before = np.copy(network.params.b2);
  const stop = () => {
    throw new Error("enough");
  };
  await assert.rejects(train(network, data, { iterations: 5, batchSize: 5, onProgress: stop }), /enough/);
  assert.equal(idleArena(), arena);
  assert.notDeepEqual(network.params.b2.data, before.data);
  await assert.rejects(
    train(
      network,
      { ...data, tTest: np.array([9, 9, 9, 9, 9, 9, 9], { dtype: "int32" }) },
      { iterations: 5, batchSize: 5 },
    ),
    /t\[0\] = 9: wanted/,
  );
  assert.equal(idleArena(), arena);
  network.params.b1 = np.zeros([7]);
  await assert.rejects(train(network, data, { iterations: 5, batchSize: 5 }), RangeError);
  assert.equal(idleArena(), arena);
});

test("two trainings at once do not disturb each other", async () => {
  random.seed(14);
  const data = makeData("sparse", 6, 3, 40);
  const start = () => {
    random.seed(15);
    return new TwoLayerNet(6, 4, 3);
  };
  const alone = start();
  random.seed(16);
  const rows = Array.from({ length: 40 }, () => random.choice(40, 5) as NDArray<"int32">);
  const settings = { batchSize: 5, gradient: "backprop" as GradientMethod, learningRate: 0.5 };
  const pair = [start(), start()];
  const [first, second, single] = [...pair, alone].map((network) => fusedSteps(network, data, settings)!);
  for (const chosen of rows) single.step(chosen);
  for (const chosen of rows) {
    first.step(chosen);
    second.step(chosen);
    assert.ok(alone.loss(data.xTrain, data.tTrain) > 0);
  }
  for (const steps of [first, single, second]) {
    steps.publish();
    steps.release();
  }
  for (const network of pair)
    NAMES.forEach((name) => assert.deepEqual(network.params[name].data, alone.params[name].data));
});

test("a training that fails on params that do not fit leaves nothing behind for the next", async () => {
  random.seed(21);
  const data = makeData("sparse", 6, 3, 40);
  const options = { iterations: 3, batchSize: 5 };
  const sound = async () => {
    random.seed(22);
    const network = new TwoLayerNet(6, 4, 3, 0.5);
    const { trainLoss } = await train(network, data, options);
    return [...trainLoss, ...network.numericalGradient(data.xTest, data.tTest).b2.data];
  };
  const before = await sound();
  const bad: Record<string, NDArray>[] = [
    { W2: np.zeros(5) },
    { W1: np.zeros(8) },
    { W1: np.zeros([4, 5, 5]) },
    { b1: np.zeros(9) },
    { W2: np.zeros([4, 0]) },
  ];
  for (const params of bad) {
    const network = new TwoLayerNet(6, 4, 3);
    Object.assign(network.params, params);
    await assert.rejects(train(network, data, options), RangeError);
    assert.throws(() => network.numericalGradient(data.xTest, data.tTest), RangeError);
    const changed = new TwoLayerNet(6, 4, 3);
    await assert.rejects(
      train(changed, data, {
        ...options,
        onProgress: () => {
          Object.assign(changed.params, params);
        },
      }),
      RangeError,
    );
  }
  assert.deepEqual(await sound(), before);
});

test("a blank pixel's weight that is nan or infinite shows, and steps of any size give the plain form's numbers", async () => {
  random.seed(23);
  const data = makeData("sparse", 6, 3, 40);
  np.set(data.xTrain, [":", 2], 0);
  for (const [weight, learningRate] of [
    [NaN, 0.1],
    [Infinity, 0.1],
    [0.1, 1e300],
    [0.1, 1e308],
    [0.1, 1e99],
  ]) {
    const network = new TwoLayerNet(6, 4, 3, 0.5);
    np.set(network.params.W1, [2, 1], weight);
    const twin = plainTwin(network);
    const losses: number[][] = [];
    for (const one of [network, twin]) {
      random.seed(24);
      losses.push((await train(one, data, { iterations: 4, batchSize: 5, learningRate })).trainLoss);
    }
    if (learningRate === 1e99) losses.forEach((list) => list.splice(1));
    losses[0].forEach((loss, i) =>
      assert.ok(
        Object.is(loss, losses[1][i]) || Math.abs(loss - losses[1][i]) < 1e-12,
        `${weight}, ${learningRate}: ${losses.join(" and ")}`,
      ),
    );
  }
});

test("the accuracy is network.accuracy's also where logits differ and probabilities do not", async () => {
  const network = new TwoLayerNet(1, 1, 2);
  network.params.W1 = np.array([[1]]);
  network.params.W2 = np.array([[-1, 1]]);
  for (const pixel of [-1000, -745, -40, -1]) {
    const x = np.array([[pixel], [pixel]]),
      t = np.array([0, 1]);
    const data = { xTrain: x, tTrain: t, xTest: np.concatenate([x, np.zeros([9, 1])]), tTest: np.zeros(11) };
    const { trainAccuracy, testAccuracy } = await train(network, data, {
      iterations: 1,
      batchSize: 1,
      learningRate: 0,
    });
    assert.deepEqual(
      [trainAccuracy, testAccuracy],
      [[network.accuracy(x, t)], [network.accuracy(data.xTest, data.tTest)]],
      `pixel ${pixel}`,
    );
  }
});

test("data and network that a listener changes count from the next step on", async () => {
  const changes: Record<string, (network: TwoLayerNet, data: TrainingData) => void> = {
    pixels: (_, { xTrain }) => {
      np.multiply(xTrain, -1, { out: xTrain });
    },
    "one pixel": (_, { xTrain }) => {
      np.set(xTrain, [0, 0], 0.5);
    },
    targets: (_, { tTrain }) => {
      np.set(tTrain, [":"], 1);
    },
    "test targets": (_, { tTest }) => {
      np.set(tTest, [":"], 1);
    },
    "shared biases": ({ params }) => {
      params.b2 = params.b1;
    },
    "shared memory": ({ params }) => {
      params.b1 = np.slice(params.W1, 1) as NDArray<"float64">;
    },
    float32: ({ params }) => {
      params.W2 = np.array(params.W2, { dtype: "float32" }) as never;
    },
    "a loss of its own": (network) => {
      network.loss = () => 7;
      network.gradient = (x, t) => TwoLayerNet.prototype.gradient.call(network, x, t);
    },
  };
  for (const kind of ["sparse", "dense"]) {
    for (const [name, change] of Object.entries(changes)) {
      for (const after of ["a step", "an evaluation"]) {
        random.seed(25);
        const original = new TwoLayerNet(6, 3, 3, 0.5),
          drawn = makeData(kind, 6, 3, 40);
        const results = [];
        for (const network of [plainTwin(original), original]) {
          const data = Object.fromEntries(
            Object.entries(drawn).map(([key, array]) => [key, np.copy(array)]),
          ) as unknown as TrainingData;
          const listener = ({ iteration }: { iteration: number }) => {
            if (iteration === 3) change(network, data);
          };
          random.seed(26);
          const { trainLoss, trainAccuracy, testAccuracy } = await train(network, data, {
            iterations: 12,
            batchSize: 6,
            evaluateEvery: 3,
            [after === "a step" ? "onProgress" : "onEvaluate"]: listener,
          });
          const params = NAMES.flatMap((param) => [...np.copy(network.params[param]).data]);
          results.push(np.array([...trainLoss, ...trainAccuracy, ...testAccuracy, ...params]));
        }
        assertClose(results[1], results[0], `${kind}, ${name} after ${after}`);
      }
    }
  }
});

test("full MNIST gives NumPy's accuracies from np.random.seed(0)", async (context) => {
  const data = await loadMnist();
  if (data.source !== "mnist") return context.skip("full MNIST is not here: npm run data fetches it");
  random.seed(0);
  const { trainLoss, trainAccuracy, testAccuracy } = await train(new TwoLayerNet(784, 50, 10), data, {
    iterations: 4801,
  });
  // the same lines of NumPy 2.4.6 with the book's loop
  const train9 = [0.09915, 0.782333, 0.87895, 0.899967, 0.9094, 0.91525, 0.920567, 0.9244, 0.927367];
  const test9 = [0.1009, 0.7915, 0.8814, 0.9016, 0.9115, 0.9163, 0.9222, 0.9263, 0.929];
  const losses = [2.2938061065760658, 2.294626433903726, 2.297869324385668, 2.2933461149668446];
  losses.forEach((loss, step) =>
    assert.ok(Math.abs(trainLoss[step] / loss - 1) < 1e-12, `loss ${step}: ${trainLoss[step]}`),
  );
  for (const [ours, wanted] of [
    [trainAccuracy, train9],
    [testAccuracy, test9],
  ]) {
    assert.equal(ours.length, 9);
    ours.forEach((accuracy, line) =>
      assert.ok(Math.abs(accuracy - wanted[line]) <= 0.0002, `line ${line}: ${accuracy}, not ${wanted[line]}`),
    );
  }
});
