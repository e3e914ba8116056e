import test from "node:test";
import assert from "node:assert/strict";
import { numericalGradients } from "../../lib/src/networks/numericalGradients";
import { TwoLayerNet, type TwoLayerParams } from "../../lib/src/networks/twoLayerNet";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as global from "../../lib/src/random";
import { gradientDescent, train, type TrainOptions, type TrainingData } from "../../lib/src/training";
import { setThreadCount } from "../../lib/src/wasm/threads";
import { openNumpy, type NumpyArray, type NumpyValue } from "../numpy";
import { asView, below, BOOK, inputs, NAMES, network, paramsOf, pick, targets, uniform, type Kind } from "./fuzz";
import { plainTwin } from "./plain";
import { seed, seeded } from "../seed";

const numpy = openNumpy();
test.before(() => numpy(BOOK));
test.after(() => numpy.close());

const usual = (): Kind => ({ pixel: pick(1, 1, 3), std: pick(0.01, 0.3, 1), special: false });
const wild = (): Kind => ({ pixel: pick(1, 255, 4e5, 1e-5), std: pick(1e-4, 0.3, 3, 40), special: false });
const special = (): Kind => ({ pixel: 1, std: 0.5, special: true });

interface Case {
  net: TwoLayerNet;
  x: NDArray;
  t: NDArray;
  sizes: readonly [number, number, number];
  text: string;
}

function draw(kind: Kind, largest = 300, rows = pick(1, 2, 5, 40)): Case {
  const size = () => pick(1, 2, 3, 7, 16, 33, 1 + below(largest));
  const sizes = [size(), size(), pick(2, 3, 10, 2 + below(20))] as const;
  const net = network(sizes, kind),
    x = inputs(rows, sizes[0], kind),
    t = targets(rows, sizes[2]);
  return {
    net,
    x,
    t,
    sizes,
    text: `seed ${seed}: ${sizes.join("-")}, x ${x.dtype} of ${rows} rows, ${JSON.stringify(kind)}`,
  };
}

const largest = (x: NDArray) => np.max(np.abs(x));
/** The largest sum of magnitudes in a column. */
const column = (W: NDArray) => np.max(np.sum(np.abs(W), { axis: 0 }));

/** How far rounding may move a loss: sums of the sizes of their terms. */
function lossRounding({
  net: {
    params: { W1, b1, W2, b2 },
  },
  x,
  sizes: [D, H, K],
}: Case): number {
  const unit = largest(np.multiply(1, x) as NDArray) * column(W1) + largest(b1);
  const logit = column(W2) + largest(b2);
  return 2.3e-16 * (20 + (D + H + K) / 8) * (2 + logit * (1 + unit / 4));
}

function assertNear(ours: NDArray, theirs: NumpyArray | NDArray, tolerance: number, what: string): void {
  assert.deepEqual([...ours.shape], [...theirs.shape], what);
  const values = np.copy(ours).data;
  theirs.data.forEach((wanted, i) => {
    const same = Object.is(values[i], wanted) || values[i] === wanted;
    assert.ok(
      same || Math.abs(values[i] - wanted) <= tolerance,
      `${what} [${i}]: ${values[i]}, not ${wanted} within ${tolerance}`,
    );
  });
}

const given = ({ net, x, t }: Case) => ({ p: { ...net.params }, x, t });
const READ = "p, x, t = {k: as_float(v) for k, v in p.items()}, as_float(x), as_float(t)\n";

test(
  seeded(
    "predict, loss, accuracy and gradient are NumPy's, for sizes, dtypes, views, labels and numbers of every kind",
  ),
  async () => {
    for (let i = 0; i < 120; i++) {
      const kind = pick(usual, usual, wild, special)();
      const one = draw(kind);
      const { net, x, t, text } = one;
      const [y, loss, accuracy, g] = (await numpy(
        `${READ}g = gradient(p, x, t)
[forward(p, x)[1], loss(p, x, t), accuracy(p, x, t), [g["W1"], g["b1"], g["W2"], g["b2"]]]`,
        given(one),
      )) as NumpyValue[];
      const rounding = kind.special ? 1e-11 : lossRounding(one);
      if (rounding > 1e-3) continue;
      assertNear(net.predict(x), y as NumpyArray, rounding, `${text}: predict`);
      assertNear(np.array(net.loss(x, t)), loss as NumpyArray, rounding, `${text}: loss`);
      if (!kind.special && isClear(y as NumpyArray, rounding))
        assertNear(np.array(net.accuracy(x, t)), accuracy as NumpyArray, 0, `${text}: accuracy`);
      if (kind.special) continue;
      const gradient = net.gradient(x, t),
        reach = 1 + largest(np.multiply(1, x) as NDArray) * (1 + largest(net.params.W2));
      NAMES.forEach((name, k) =>
        assertNear(gradient[name], (g as NumpyArray[])[k], 4 * rounding * reach, `${text}: gradient ${name}`),
      );
    }
  },
);

/** Whether the likeliest class of each row is likelier than the next by more than rounding. */
function isClear({ shape: [rows, classes], data }: NumpyArray, rounding: number): boolean {
  return Array.from({ length: rows }, (_, row) =>
    [...data.subarray(row * classes, (row + 1) * classes)].sort((a, b) => b - a),
  ).every(([first, second]) => second === undefined || first - second > rounding);
}

test(
  seeded("numericalGradient is NumPy's central difference, for any h and pixels, with saturated units too"),
  async () => {
    for (let i = 0; i < 100; i++) {
      const one = draw(pick(usual, wild)(), 60, pick(1, 2, 9));
      const {
        net,
        x,
        t,
        sizes: [D, H, K],
        text,
      } = one;
      // past these sizes the loop, which serves where h is out of the fused form's range, takes too long
      const h = D * H > 200 ? 10 ** uniform(-6, -1) : pick(1e-4, 0.2, 1, 10 ** uniform(-12, 1.7), 1e-310);
      const places = Array.from({ length: 25 }, () =>
        pick(["W1", [below(D), below(H)]], ["b1", [below(H)]], ["W2", [below(H), below(K)]], ["b2", [below(K)]]),
      );
      const found = (await numpy(`${READ}differences(p, x, t, h, places)`, { ...given(one), h, places })) as NumpyArray;
      const before = paramsOf(net);
      const gradient = net.numericalGradient(x, t, h);
      const tolerance = (2 * lossRounding(one)) / h + 1e-10 * (1 + largest(np.array([...found.data])));
      const ours = places.map(([name, index]) => np.at(gradient[name as keyof TwoLayerParams], ...(index as number[])));
      assertNear(np.array(ours), found, tolerance, `${text}, h = ${h}: ${JSON.stringify(places)}`);
      NAMES.forEach((name) =>
        assert.deepEqual(np.copy(net.params[name]).data, before[name].data, `${text}: ${name} was moved`),
      );
    }
  },
);

test(
  seeded("numericalGradient gives the loop's numbers to the bit where numbers are special or memory is shared"),
  () => {
    for (let i = 0; i < 40; i++) {
      const { net, x, t, text } = draw(special(), 4, pick(1, 4));
      if (below(3) === 0) shareMemory(net);
      const spoilt =
        NAMES.some((name) => np.copy(net.params[name]).data.some((value) => !(Math.abs(value) <= 1e100))) ||
        np.copy(x).data.some((value) => !(Math.abs(Number(value)) <= 1e100));
      const ours = net.numericalGradient(x, t),
        loop = numericalGradients(net, x, t);
      NAMES.forEach((name) => assertNear(ours[name], loop[name], spoilt ? 0 : 1e-8, `${text}: ${name}`));
    }
  },
);

/** Two of the arrays become views of one memory. */
function shareMemory({ params }: TwoLayerNet): void {
  params.b1 = np.slice(params.W1, 0) as NDArray<"float64">;
}

/** What a listener does to network and data after a step: in dlfs, and in NumPy. */
const CHANGES: readonly { name: string; python: string; change(net: TwoLayerNet, data: TrainingData): void }[] = [
  { name: "nothing", python: "pass", change() {} },
  {
    name: "in place",
    python: "p['W2'] *= -0.5",
    change({ params: { W2 } }) {
      np.multiply(W2, -0.5, { out: W2 });
    },
  },
  {
    name: "replaced",
    python: "p['b1'] = p['b1'] + 1",
    change(net) {
      net.params.b1 = np.add(net.params.b1, 1) as NDArray<"float64">;
    },
  },
  {
    name: "fewer units",
    python: "p['W1'], p['b1'], p['W2'] = p['W1'][:, :1], p['b1'][:1], p['W2'][:1]",
    change({ params }) {
      params.W1 = np.slice(params.W1, ":", ":1") as NDArray<"float64">;
      params.b1 = np.slice(params.b1, ":1") as NDArray<"float64">;
      params.W2 = np.slice(params.W2, ":1") as NDArray<"float64">;
    },
  },
  { name: "shared", python: "p['b1'] = p['W1'][0]", change: shareMemory },
  {
    name: "a row of b1",
    python: "p['b1'] = p['b1'][None, :]",
    change({ params }) {
      params.b1 = np.reshape(params.b1, [1, -1]) as NDArray<"float64">;
    },
  },
  {
    name: "pixels",
    python: "x *= 0",
    change(_, { xTrain }) {
      np.set(xTrain, [":", ":"], 0);
    },
  },
  {
    name: "one pixel",
    python: "x[-1, -1] = 1",
    change(_, { xTrain }) {
      np.set(xTrain, [-1, -1], 1);
    },
  },
  {
    name: "targets",
    python: "t[...] = t[:1]",
    change(_, { tTrain }) {
      np.set(
        tTrain,
        tTrain.shape.map(() => ":"),
        np.copy(np.slice(tTrain, "0:1")),
      );
    },
  },
];

test(
  seeded("train gives NumPy's losses, accuracies and params, also after a listener has changed network or data"),
  async () => {
    for (let i = 0; i < 90; i++) {
      const one = draw(usual(), pick(20, 300), 2 + below(60));
      const { net, x, t, text } = one;
      const { name, python, change } = pick(...CHANGES);
      const data = { xTrain: x, tTrain: t, xTest: np.copy(x), tTest: np.copy(t) };
      const [iterations, batchSize, rate, changeAt] = [1 + below(8), 1 + below(30), pick(0.1, 1, -0.3), below(4)];
      const sent = { ...given(one), x: np.copy(x), t: np.copy(t) };
      const expected = (await numpy(
        `${READ}xt, tt = x.copy(), t.copy()
out = train(p, x, t, iterations, batch, rate, seed, at, change)
[*out, accuracy(p, xt, tt), forward(p, x)[1]]`,
        { ...sent, iterations, batch: batchSize, rate, seed: i, at: changeAt, change: python },
      )) as NumpyArray[];
      global.seed(i);
      const { trainLoss } = await train(net, data, {
        iterations,
        batchSize,
        learningRate: rate,
        evaluateEvery: pick(1, 2, 100),
        onProgress: ({ iteration }) => {
          if (iteration === changeAt) change(net, data);
        },
      });
      const what = `${text}; ${iterations} of ${batchSize} at ${rate}; ${name} at ${changeAt}`;
      const rounding = 1e4 * lossRounding({ ...one, net });
      assertNear(np.array(trainLoss), expected[0], rounding, `${what}: losses`);
      NAMES.forEach((param, k) =>
        assertNear(
          net.params[param],
          expected[2 + k],
          rounding * (1 + largest(net.params[param])),
          `${what}: ${param}`,
        ),
      );
      if (isClear(expected[7], rounding)) assertNear(np.array(net.accuracy(x, t)), expected[1], 0, `${what}: accuracy`);
    }
  },
);

test(
  seeded("trainings with numbers that are special, or steps of any size, give the plain form's numbers"),
  async () => {
    for (let i = 0; i < 80; i++) {
      const one = draw(pick(special, usual, wild)(), 40, 2 + below(40));
      const { net, x, t, text } = one;
      const data = { xTrain: x, tTrain: t, xTest: asView(np.copy(x)), tTest: t };
      const rate = pick(0, 0.1, 1e4, 1e99, 1e150, 1e300, 1e308);
      const options: TrainOptions = {
        iterations: 1 + below(4),
        batchSize: 1 + below(12),
        learningRate: rate,
        evaluateEvery: 1,
      };
      const run = async (trained: TwoLayerNet) => {
        global.seed(i);
        const result = await train(trained, data, options);
        // the accuracies that train recorded are those of the network, to the row
        assert.equal(result.trainAccuracy.at(-1), trained.accuracy(x, t), `${text} at ${rate}: accuracy`);
        assert.equal(result.testAccuracy.at(-1), trained.accuracy(data.xTest, t), `${text} at ${rate}: accuracy`);
        return result;
      };
      // both in memory of one order, by which plain sums are rounded
      net.params = paramsOf(net);
      const twin = plainTwin(net),
        rounding = lossRounding(one);
      const [fused, plain] = [await run(net), await run(twin)];
      // steps of such sizes magnify rounding beyond any bound, unless all of them are the plain form's
      if ((rate > 1 && rate < 1e100) || rounding > 1e-6) continue;
      const near =
        Number.isNaN(rounding) || rate > 1 ? 0 : 1e4 * rounding * (1 + largest(np.multiply(1, x) as NDArray));
      assertNear(np.array(fused.trainLoss), np.array(plain.trainLoss), near, `${text} at ${rate}: losses`);
    }
  },
);

test(seeded("a training that is aborted is the shorter training, to the bit, with any number of threads"), async () => {
  for (let i = 0; i < 40; i++) {
    const { net, x, t, sizes, text } = draw(usual(), 300, pick(30, 120));
    const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };
    const last = below(6),
      first = paramsOf(net),
      gradient = pick("backprop", "numerical");
    const batchSize = gradient === "numerical" ? 3 : 1 + below(100),
      learningRate = 0.3;
    const run = async (threads: number, options: TrainOptions) => {
      const trained = new TwoLayerNet(...sizes);
      trained.params = Object.fromEntries(NAMES.map((name) => [name, np.copy(first[name])])) as TwoLayerParams;
      setThreadCount(threads);
      global.seed(i);
      const { trainLoss, trainAccuracy } = await train(trained, data, {
        batchSize,
        learningRate,
        gradient,
        evaluateEvery: 2,
        ...options,
      });
      return { trainLoss, trainAccuracy, params: NAMES.map((name) => trained.params[name].data) };
    };
    const stop = new AbortController();
    const onProgress = ({ iteration }: { iteration: number }) => {
      if (iteration === last) stop.abort();
    };
    const aborted = await run(1 + below(3), { iterations: 30, signal: stop.signal, onProgress });
    const shorter = await run(1 + below(3), { iterations: last + 1 });
    setThreadCount(1);
    assert.deepEqual(aborted, shorter, `${text}, ${gradient}, until ${last}`);
  }
});

test(seeded("gradientDescent goes NumPy's way from arrays of any shape, memory and numbers"), async () => {
  for (let i = 0; i < 60; i++) {
    const x = asView(
      network([1 + below(4), 1 + below(4), 2], { pixel: 1, std: pick(0.1, 3, 1e5), special: below(4) === 0 }).params.W1,
    );
    const [learningRate, steps] = [pick(0.1, 0.01, -1, 10), below(6)];
    const expected = (await numpy(
      `x = as_float(x)
f = lambda x: float(np.sum(x * x * x - x))
for _ in range(steps):
    g = np.zeros_like(x)
    for place in np.ndindex(x.shape):
        value = x[place]
        x[place] = value + 1e-4; above = f(x)
        x[place] = value - 1e-4; below = f(x)
        x[place] = value
        g[place] = (above - below) / 2e-4
    x = x - rate * g
x`,
      { x, rate: learningRate, steps },
    )) as NumpyArray;
    const cubes = (at: NDArray) => np.sum(np.subtract(np.multiply(np.multiply(at, at), at), at));
    const ours = gradientDescent(cubes, x, { learningRate, steps });
    const magnitude = expected.data.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
    if (magnitude < 1e4)
      assertNear(
        ours,
        expected,
        1e-6 * magnitude ** 3,
        `seed ${seed}: descent ${i} at ${learningRate}, ${steps} steps`,
      );
    assert.deepEqual(
      [...ours.data].map(Number.isNaN),
      [...expected.data].map(Number.isNaN),
      `seed ${seed}: descent ${i}`,
    );
  }
});
