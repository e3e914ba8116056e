import test from "node:test";
import assert from "node:assert/strict";
import { npmDigits } from "../../lib/src/data/npmDigits";
import * as np from "../../lib/src/np";
import { wrap, type NDArray } from "../../lib/src/np/ndarray";
import { incrementalGradient } from "../../lib/src/fused/numericalGradient";
import { numericalGradients } from "../../lib/src/networks/numericalGradients";
import { TwoLayerNet, type TwoLayerParams } from "../../lib/src/networks/twoLayerNet";
import * as random from "../../lib/src/random";
import { setThreadCount } from "../../lib/src/wasm/threads";

const NAMES = ["W1", "b1", "W2", "b2"] as const;
const ROWS = 10;

async function someDigits() {
  const { train } = await npmDigits();
  const x = wrap(
    "float32",
    Float32Array.from(train.images.subarray(0, ROWS * 784), (byte) => byte / 255),
    [ROWS, 784],
  );
  const t = wrap("int32", Int32Array.from(train.labels.subarray(0, ROWS)), [ROWS]);
  return { x, t };
}

function scale(values: NDArray<"float64">, factor: number): void {
  np.multiply(values, factor, { out: values });
}

/** As drawn; after a few hundred steps on these rows; with weights so large that units and predictions saturate. */
function states(x: NDArray, t: NDArray): Record<string, TwoLayerNet> {
  random.seed(1);
  const fresh = new TwoLayerNet(784, 50, 10);
  const trained = new TwoLayerNet(784, 50, 10);
  for (let step = 0; step < 200; step++) {
    const gradient = trained.gradient(x, t);
    for (const name of NAMES)
      np.subtract(trained.params[name], np.multiply(0.5, gradient[name]), { out: trained.params[name] });
  }
  const saturated = new TwoLayerNet(784, 50, 10, 1);
  scale(saturated.params.W1, 4);
  scale(saturated.params.W2, 3);
  return { fresh, trained, saturated };
}

/** The book's loop at one parameter. */
function centralDifference(
  network: TwoLayerNet,
  name: keyof TwoLayerParams,
  place: number,
  x: NDArray,
  t: NDArray,
  h: number,
): number {
  const { data } = network.params[name];
  const value = data[place];
  data[place] = value + h;
  const above = network.loss(x, t);
  data[place] = value - h;
  const below = network.loss(x, t);
  data[place] = value;
  return (above - below) / (2 * h);
}

/** All biases, every fifth weight of W2, 350 of W1. */
function somePlaces(): [keyof TwoLayerParams, number][] {
  const places: [keyof TwoLayerParams, number][] = [];
  for (let j = 0; j < 50; j++) places.push(["b1", j]);
  for (let k = 0; k < 10; k++) places.push(["b2", k]);
  for (let place = 0; place < 500; place += 5) places.push(["W2", place]);
  for (let q = 0; q < 350; q++) places.push(["W1", (q * 7919) % 39200]);
  return places;
}

test("the gradient is that of the book's loop at 510 parameters, in three states of training, at h = 1e-4, 1e-2 and 0.1", async () => {
  const { x, t } = await someDigits();
  const places = somePlaces();
  for (const [state, network] of Object.entries(states(x, t))) {
    for (const h of [1e-4, 1e-2, 0.1]) {
      const ours = incrementalGradient(network.params, x, t, h);
      assert.ok(ours, `${state}, h = ${h}: no gradient`);
      const analytic = network.gradient(x, t);
      let fromAnalytic = 0;
      for (const [name, place] of places) {
        const wanted = centralDifference(network, name, place, x, t, h);
        const difference = Math.abs(ours[name].data[place] - wanted);
        assert.ok(difference < 1e-9, `${state}, h = ${h}, ${name}[${place}]: ${ours[name].data[place]}, not ${wanted}`);
        fromAnalytic = Math.max(fromAnalytic, Math.abs(analytic[name].data[place] - wanted));
      }
      if (h === 0.1)
        assert.ok(fromAnalytic > 1e-6, `${state}: at h = 0.1 only ${fromAnalytic} from the analytic gradient`);
    }
  }
});

test("blank pixels give exactly 0, and the states hold saturated units and predictions", async () => {
  const { x, t } = await someDigits();
  const blank = Array.from({ length: 784 }, (_, i) => i).filter((i) => np.max(np.slice(x, ":", i)) === 0);
  assert.ok(blank.length > 100);
  const { saturated } = states(x, t);
  const gradient = incrementalGradient(saturated.params, x, t, 1e-4)!;
  for (const i of blank) assert.ok(gradient.W1.data.subarray(i * 50, i * 50 + 50).every((value) => value === 0));
  const units = np.dot(x, saturated.params.W1).data;
  assert.ok(units.some((a) => a > 40) && units.some((a) => a < -40), "no saturated unit");
  assert.ok(
    saturated.predict(x).data.some((p) => p < 1e-7),
    "no saturated prediction",
  );
});

test("every size agrees with the loop: odd and even, one unit, one row, inputs that are not sparse", () => {
  random.seed(2);
  for (const [inputs, hidden, classes, rows] of [
    [3, 1, 2, 1],
    [4, 5, 3, 1],
    [17, 2, 7, 5],
    [31, 27, 11, 3],
    [15, 26, 2, 40],
    [16, 13, 4, 33],
  ]) {
    const network = new TwoLayerNet(inputs, hidden, classes, 0.5);
    const x = random.randn(rows, inputs) as NDArray<"float64">;
    const t = random.randint(0, classes, [rows]) as NDArray;
    for (const h of [1e-4, 0.3]) {
      const ours = incrementalGradient(network.params, x, t, h)!;
      const loop = numericalGradients(network, x, t, h);
      for (const name of NAMES) {
        assert.deepEqual(ours[name].shape, loop[name].shape);
        ours[name].data.forEach((value, place) => {
          const wanted = loop[name].data[place];
          assert.ok(
            Math.abs(value - wanted) < 1e-9,
            `${inputs}-${hidden}-${classes}, ${rows} rows, h = ${h}: ${name}[${place}] is ${value}, not ${wanted}`,
          );
        });
      }
    }
  }
});

test("on both sides of each form's range the gradient is the loop's, and outside the last the loop itself serves", () => {
  random.seed(3);
  const network = new TwoLayerNet(6, 8, 4, 1);
  const x = random.randn(10, 6) as NDArray<"float64">,
    t = random.randint(0, 4, [10]) as NDArray;
  const largest = (values: NDArray) => np.max(np.abs(values));
  const h = 0.01;
  for (const [reach, inside] of [
    [0.99 / 128, true],
    [1.01 / 128, true],
    [1, true],
    [19.9, true],
    [20.1, false],
    [1e4, false],
  ] as const) {
    const unitChange = Math.min(1, (h * Math.max(1, largest(x))) / 4);
    scale(network.params.W2, reach / (unitChange * largest(network.params.W2)));
    const ours = incrementalGradient(network.params, x, t, h);
    const loop = numericalGradients(network, x, t, h);
    assert.equal(ours !== undefined, inside, `reach ${reach}`);
    for (const name of NAMES) {
      ours?.[name].data.forEach((value, place) => {
        const wanted = loop[name].data[place];
        // the losses that the loop subtracts are off by 1e-16 of their size
        assert.ok(Math.abs(value - wanted) < 1e-9, `reach ${reach}: ${name}[${place}] is ${value}, not ${wanted}`);
      });
      if (!inside) assert.deepEqual(network.numericalGradient(x, t, h)[name].data, loop[name].data);
    }
  }
});

test("where h moves saturated units back and forth, the gradient is the loop's", () => {
  const cases = [
    [255, 0.15, 0.2],
    [255, 0.15, 0.1],
    [255, -0.15, 0.2],
    [-255, 0.15, 0.2],
    [4e5, 1e-4, 1e-4],
    [4e5, 1e-4, 1e-2],
    [30, 1, 9],
  ];
  for (const [pixel, weight, h] of cases) {
    const network = new TwoLayerNet(1, 1, 2);
    network.params.W1 = np.array([[weight]]);
    network.params.W2 = np.array([[1, -1]]);
    const x = np.array([[pixel]]),
      t = np.array([1]);
    const ours = incrementalGradient(network.params, x, t, h)!,
      loop = numericalGradients(network, x, t, h);
    for (const name of NAMES) {
      ours[name].data.forEach((value, place) => {
        const wanted = loop[name].data[place];
        assert.ok(
          Math.abs(value - wanted) <= 1e-10 * (1 + Math.abs(wanted)),
          `x ${pixel}, W1 ${weight}, h ${h}: ${name} ${value}, not ${wanted}`,
        );
      });
    }
  }
});

test("an h that rounding swallows, or params that are not float64 arrays of their own memory, are left to the loop", () => {
  const network = new TwoLayerNet(3, 4, 2, 1);
  const x = np.array([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    t = np.array([0, 1], { dtype: "int32" });
  const { params } = network;
  assert.deepEqual([...network.numericalGradient(x, t, 1e-310).W1.data], new Array(12).fill(0));
  const fused = (changed: object, inputs: NDArray = x) =>
    incrementalGradient({ ...params, ...changed }, inputs, t, 1e-4);
  assert.ok(fused({}));
  for (const dtype of ["float32", "int32", "bool"] as const)
    assert.equal(fused({ W1: np.array(params.W1, { dtype }) }), undefined);
  for (const W1 of [np.zeros(12), np.zeros([3, 4, 1]), np.zeros([3, 5]), np.zeros([2, 4]), undefined, [1]])
    assert.equal(fused({ W1 }), undefined);
  for (const W2 of [np.zeros(5), np.zeros([3, 2]), np.zeros([4, 0])]) assert.equal(fused({ W2 }), undefined);
  const memory = new Float64Array(40),
    shared = (shape: number[], strides: number[], offset: number) => wrap("float64", memory, shape, strides, offset);
  assert.equal(fused({ W1: shared([3, 4], [4, 1], 0), b1: shared([4], [1], 11) }), undefined);
  assert.ok(fused({ W1: shared([3, 4], [4, 1], 0), b1: shared([4], [1], 12) }));
  assert.equal(fused({ W1: shared([3, 4], [0, 1], 0) }), undefined);
  assert.equal(fused({ W1: shared([3, 4], [4, 1], 30) }), undefined);
  assert.equal(fused({ W1: shared([3, 4], [4, 1], 0) }, shared([2, 3], [3, 1], 10)), undefined);
  assert.equal(fused({ W3: params.W2 }), undefined);
  const int = new TwoLayerNet(3, 4, 2);
  int.params.b2 = np.zeros([2], { dtype: "int32" }) as never;
  assert.throws(() => int.numericalGradient(x, t), {
    name: "TypeError",
    message: /^numericalGradient: x = int32 array of shape \(2,\): wanted a float64 array/,
  });
});

test("what is not finite, and targets that are no labels, are left to the loop", () => {
  const network = new TwoLayerNet(3, 4, 2);
  const x = np.array([
      [1, 2, 3],
      [4, 5, 6],
    ]),
    t = np.array([0, 1], { dtype: "int32" });
  const strange = (first: number) =>
    np.array([
      [1, first, 3],
      [4, 5, 6],
    ]);
  const soft = np.array([
    [0.5, 0.5],
    [0, 1],
  ]);
  for (const [inputs, targets] of [
    [strange(NaN), t],
    [strange(Infinity), t],
    [x, soft],
  ]) {
    assert.equal(incrementalGradient(network.params, inputs, targets, 1e-4), undefined);
  }
  network.params.W1.data[0] = NaN;
  assert.equal(incrementalGradient(network.params, x, t, 1e-4), undefined);
  assert.throws(() => network.numericalGradient(x, t, 0), { name: "RangeError", message: /h = 0/ });
  assert.throws(() => network.numericalGradient(np.zeros([2, 5]), t), {
    name: "RangeError",
    message: /\(2,5\): wanted \(N,3\)/,
  });
});

test("labels, one-hot rows, a lone row and views of other kinds of number give one gradient", () => {
  random.seed(4);
  const network = new TwoLayerNet(5, 3, 4, 0.3);
  const whole = random.randint(0, 4, [4, 5]) as NDArray;
  const wanted = network.numericalGradient(np.add(whole, 0.0), np.array([0, 3, 1, 2], { dtype: "int32" }));
  const same = (gradient: TwoLayerParams) =>
    NAMES.forEach((name) => assert.deepEqual(gradient[name].data, wanted[name].data));
  same(
    network.numericalGradient(
      whole,
      np.array([
        [1, 0, 0, 0],
        [0, 0, 0, 1],
        [0, 1, 0, 0],
        [0, 0, 1, 0],
      ]),
    ),
  );
  same(network.numericalGradient(np.transpose(np.copy(np.transpose(whole))), np.array([0, 3, 1, 2])));
  const lone = np.array([1, 0, 2, 0.5, -1]);
  const labelled = network.numericalGradient(np.reshape(lone, [1, 5]), np.array([2], { dtype: "int32" }));
  NAMES.forEach((name) =>
    assert.deepEqual(network.numericalGradient(lone, np.array([0, 0, 1, 0]))[name].data, labelled[name].data),
  );
});

test("a loss of one's own is differentiated by the loop", () => {
  class Squared extends TwoLayerNet {
    override loss(x: NDArray): number {
      return np.sum(np.square(this.predict(x)));
    }
  }
  const network = new Squared(3, 4, 2);
  const x = np.array([[1, 2, 3]]),
    t = np.array([1]);
  const loop = numericalGradients(network, x, t);
  NAMES.forEach((name) => assert.deepEqual(network.numericalGradient(x, t)[name].data, loop[name].data));
});

test("the result is the same to the bit with one, two and three threads", async () => {
  const { x, t } = await someDigits();
  const { trained } = states(x, t);
  const gradients = [1, 2, 3].map((threads) => {
    setThreadCount(threads);
    return [1e-4, 0.1].map((h) => incrementalGradient(trained.params, x, t, h)!);
  });
  setThreadCount(1);
  for (const other of gradients.slice(1)) {
    other.forEach((gradient, index) =>
      NAMES.forEach((name) => assert.deepEqual(gradient[name].data, gradients[0][index][name].data)),
    );
  }
});

test("more hidden units of all rows than an arena has room for are left to the loop", () => {
  const { params } = new TwoLayerNet(1, 20_000, 2);
  const gradient = (rows: number) =>
    incrementalGradient(params, np.ones([rows, 1]), np.zeros(rows, { dtype: "int32" }), 1e-4);
  assert.equal(gradient(1000), undefined);
  assert.ok(gradient(2));
});
