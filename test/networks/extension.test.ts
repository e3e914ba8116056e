import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import ts from "typescript";
import * as dlfs from "../../lib/src";
import { ThreeLayerNet, TwoLayerNet, type Network, type Params } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { host } from "../../lib/src/platform/node";
import * as random from "../../lib/src/random";
import { train } from "../../lib/src/training";

/** The classes that the doc comment of a class shows as examples, as they run. */
function examplesOf(file: string): Record<string, new (...sizes: number[]) => Network> {
  const source = readFileSync(join(__dirname, "..", "..", "lib", "src", "networks", file), "utf8");
  const code = [...source.matchAll(/^ \* @example\n((?: \* .*\n)+?)(?= \* @example| \*\/)/gm)]
    .map(([, lines]) => lines.replace(/^ \* /gm, ""))
    .filter((lines) => lines.includes("class "));
  const names = code.map((lines) => /class (\w+)/.exec(lines)![1]);
  const { outputText } = ts.transpileModule(code.join("\n"), { compilerOptions: { target: ts.ScriptTarget.ES2022 } });
  const run = new Function(...Object.keys(dlfs), `${outputText}\nreturn { ${names.join(", ")} };`) as (
    ...given: unknown[]
  ) => never;
  return run(...Object.values(dlfs));
}

const { ReluNet, DecayNet, DeepNet, HeNet } = examplesOf("twoLayerNet.ts");
const Relu3 = examplesOf("threeLayerNet.ts").ReluNet as unknown as typeof ThreeLayerNet;

class SquaredNet extends TwoLayerNet {
  override loss(x: NDArray, t: NDArray): number {
    return dlfs.sumSquaredError(this.predict(x), t) / x.shape[0];
  }
}

class TanhNet extends TwoLayerNet {
  private forward(x: NDArray) {
    const { W1, b1, W2, b2 } = this.params;
    return np.add(np.dot(np.tanh(np.add(np.dot(x, W1), b1)), W2), b2);
  }

  override predict(x: NDArray) {
    return dlfs.softmax(this.forward(x));
  }
}

class FieldNet extends TwoLayerNet {
  override predict = (x: NDArray) => dlfs.softmax(np.dot(x, np.dot(this.params.W1, this.params.W2)));
}

class NoDerivative extends TwoLayerNet {
  override activation(a: NDArray) {
    return np.tanh(a);
  }
}

class Squared3 extends ThreeLayerNet {
  override loss(x: NDArray, t: NDArray): number {
    return dlfs.sumSquaredError(this.predict(x), t);
  }
}

function assigned(): Network {
  const network = new TwoLayerNet(4, 5, 3, 0.5);
  network.predict = (x) => dlfs.softmax(np.dot(x, np.dot(network.params.W1, network.params.W2)));
  return network;
}

const EXPERIMENTS: Record<string, () => Network> = {
  relu: () => new ReluNet(4, 5, 3, 0.5),
  "weight decay": () => new DecayNet(4, 5, 3, 0.5),
  "a third layer": () => new DeepNet(4, 5, 6, 3),
  "He's first weights": () => new HeNet(4, 5, 3),
  "the sum of squared errors": () => new SquaredNet(4, 5, 3, 0.5),
  "a predict of its own, with a forward of its own": () => new TanhNet(4, 5, 3, 0.5),
  "a predict in a field": () => new FieldNet(4, 5, 3, 0.5),
  "a predict that was assigned": assigned,
  "an activation without its derivative": () => new NoDerivative(4, 5, 3, 0.5),
  "relu in three layers": () => Relu3.initialize(4, 5, 6, 3),
  "squared errors of three layers": () => Squared3.initialize(4, 5, 6, 3),
  "what inherits from a network with a predict of its own": () => Object.create(assigned()) as Network,
  "a frozen network": () => Object.freeze(new SquaredNet(4, 5, 3, 0.5)),
};

/** Three clusters. */
function data() {
  random.seed(3);
  const draw = (rows: number) => {
    const t = random.randint(0, 3, rows);
    return { x: np.add(random.randn(rows, 4), np.multiply(3, np.equal(np.reshape(t, [-1, 1]), np.arange(4)))), t };
  };
  const [some, others] = [draw(60), draw(20)];
  return { xTrain: some.x, tTrain: some.t, xTest: others.x, tTest: others.t };
}

/** Central differences of the loss, computed here. */
function differences(network: Network, x: NDArray, t: NDArray, h = 1e-5): Params {
  return Object.fromEntries(
    Object.entries(network.params).map(([name, values]) => {
      const slopes = np.zeros(values.shape);
      for (let i = 0; i < values.length; i++) {
        const value = values.data[i];
        values.data[i] = value + h;
        const above = network.loss(x, t);
        values.data[i] = value - h;
        slopes.data[i] = (above - network.loss(x, t)) / (2 * h);
        values.data[i] = value;
      }
      return [name, slopes];
    }),
  );
}

/** The warnings that are given from now on. */
function warnings(context: TestContext): string[] {
  const given: string[] = [];
  context.mock.method(host, "warn", (message: string) => given.push(message));
  return given;
}

for (const [title, make] of Object.entries(EXPERIMENTS)) {
  test(`${title}: gradient and numericalGradient are those of its own loss`, (context) => {
    warnings(context);
    random.seed(2);
    const network = make(),
      { xTrain: x, tTrain: t } = data();
    // relu has no slope at 0, where a unit stands whose inputs are all 0
    for (const values of Object.values(network.params)) np.add(values, 0.01, { out: values });
    const wanted = differences(network, x, t);
    for (const gradient of [network.gradient(x, t), network.numericalGradient?.(x, t) ?? wanted]) {
      assert.deepEqual(Object.keys(gradient), Object.keys(wanted));
      for (const [name, slopes] of Object.entries(wanted)) {
        const furthest = np.max(np.abs(np.subtract(gradient[name], slopes)));
        // backpropagation leaves the 1e-7 of the logarithm out
        assert.ok(furthest < 1e-5, `${name} is ${furthest} away`);
      }
      assert.ok(np.max(np.abs(wanted.W1)) > 1e-2, "W1 is flat");
    }
  });

  test(`${title}: train goes the way of a plain loop, downhill`, async (context) => {
    warnings(context);
    const set = data();
    random.seed(4);
    const looped = make();
    const losses = Array.from({ length: 60 }, () => {
      const rows = random.choice(60, 20);
      const x = np.take(set.xTrain, rows, { axis: 0 }),
        t = np.take(set.tTrain, rows, { axis: 0 });
      const gradient = looped.gradient(x, t);
      for (const [name, values] of Object.entries(looped.params))
        np.subtract(values, np.multiply(0.1, gradient[name]), { out: values });
      return looped.loss(x, t);
    });
    random.seed(4);
    const network = make();
    const options = { iterations: 60, batchSize: 20, evaluateEvery: 59 };
    const { trainLoss, testAccuracy } = await train(network, set, options);
    trainLoss.forEach((loss, i) => assert.ok(Math.abs(loss - losses[i]) < 1e-12, `${i}: ${loss}, not ${losses[i]}`));
    const mean = (from: number) => np.mean(np.array(trainLoss.slice(from, from + 10)));
    assert.ok(mean(50) < 0.95 * mean(0), `from ${mean(0)} to ${mean(50)}`);
    assert.equal(testAccuracy[1], network.accuracy(set.xTest, set.tTest));
  });
}

test("accuracy goes by a predict of its own", () => {
  const { xTest, tTest } = data();
  const network = new TwoLayerNet(4, 5, 3);
  network.predict = () => np.array(np.equal(np.reshape(tTest, [-1, 1]), np.arange(3)), { dtype: "float64" });
  assert.equal(network.accuracy(xTest, tTest), 1);
});

test("one warning says why the numerical gradient serves and what it costs", (context) => {
  const given = warnings(context);
  class OtherLoss extends TwoLayerNet {
    override loss(): number {
      return np.sum(this.params.W1);
    }
  }
  const { xTest: x, tTest: t } = data();
  for (const network of [new OtherLoss(4, 5, 3), new OtherLoss(4, 5, 3)]) {
    network.gradient(x, t);
    network.gradient(x, t);
  }
  assert.equal(given.length, 1);
  assert.match(
    given[0],
    /^OtherLoss\.gradient: loss is overridden and gradient is not, so the numerical gradient serves: 86 losses, about [\d.e-]+ s for each gradient: wanted a gradient of its own to be faster$/,
  );
});

test("a method that is replaced during a training counts from then on", async (context) => {
  warnings(context);
  const network = new TwoLayerNet(4, 5, 3);
  const { trainLoss } = await train(network, data(), {
    iterations: 4,
    batchSize: 5,
    onProgress: ({ iteration }) => {
      if (iteration === 1) network.loss = () => 7 + 0 * network.params.b1.data[0];
    },
  });
  assert.ok(trainLoss[1] < 7);
  assert.deepEqual(trainLoss.slice(2), [7, 7]);
});

test("a class derived from one with a loss and a gradient of its own needs another gradient for another predict", async (context) => {
  warnings(context);
  class Further extends (DecayNet as unknown as typeof TwoLayerNet) {
    override predict(x: NDArray) {
      return dlfs.softmax(np.dot(x, np.dot(this.params.W1, this.params.W2)));
    }
  }
  random.seed(5);
  const network = new Further(4, 5, 3, 0.5),
    set = data();
  const { xTrain, tTrain } = set;
  assert.throws(() => network.gradient(xTrain, tTrain), {
    name: "TypeError",
    message:
      "TwoLayerNet.gradient: predict of Further with the gradient of a class that it extends: wanted gradient overridden too",
  });
  const wanted = np.subtract(
    network.params.W1,
    np.multiply(0.1, differences(network, np.slice(xTrain, ":1"), np.slice(tTrain, ":1")).W1),
  );
  const one = { ...set, xTrain: np.slice(xTrain, ":1"), tTrain: np.slice(tTrain, ":1") };
  await train(network, one, { iterations: 1, batchSize: 3 });
  assert.ok(np.allclose(network.params.W1, wanted, { rtol: 0, atol: 1e-8 }));
});

test("relu for a class with a loss and gradient of its own needs no more than its derivative", (context) => {
  const given = warnings(context);
  class ReluDecay extends (DecayNet as unknown as typeof TwoLayerNet) {
    protected override activation(a: NDArray) {
      return dlfs.relu(a);
    }
    protected override activationDerivative(a: NDArray) {
      return dlfs.stepFunction(a);
    }
  }
  random.seed(2);
  const network = new ReluDecay(4, 5, 3, 0.5),
    { xTrain: x, tTrain: t } = data();
  np.add(network.params.b1, 0.01, { out: network.params.b1 });
  const wanted = differences(network, x, t),
    gradient: Params = network.gradient(x, t);
  for (const name of Object.keys(wanted))
    assert.ok(np.allclose(gradient[name], wanted[name], { rtol: 0, atol: 1e-5 }), name);
  assert.deepEqual(given, []);
});

test("an activation without its derivative is refused where a gradient of one's own asks for backpropagation", () => {
  class Tanh extends NoDerivative {
    override gradient(x: NDArray, t: NDArray) {
      return super.gradient(x, t);
    }
  }
  assert.throws(() => new Tanh(4, 5, 3).gradient(data().xTest, data().tTest), {
    name: "TypeError",
    message:
      "TwoLayerNet.gradient: activation of Tanh without its derivative: wanted activationDerivative overridden too",
  });
});

test("an activation that gives something else is refused in its own name", () => {
  class Forgot extends TwoLayerNet {
    override activation(a: NDArray): NDArray {
      return np.sum(a, { axis: 0 });
    }
  }
  const x = np.zeros([6, 4]);
  assert.throws(() => new Forgot(4, 5, 3).predict(x), {
    name: "TypeError",
    message: "Forgot.activation: the result of shape (5,): wanted an array of shape (6,5)",
  });
  const network = new TwoLayerNet(4, 5, 3);
  Object.assign(network, { activation: () => NaN });
  assert.throws(() => network.predict(x), {
    name: "TypeError",
    message: "TwoLayerNet.activation: the result = NaN: wanted an array of shape (6,5)",
  });
});

test("one output unit is refused with the reason, but in a network with a predict, loss and accuracy of its own", async (context) => {
  warnings(context);
  const reason = "outputSize = 1: wanted 2 or more, one for each class: softmax over one unit is always 1";
  const refused = (run: () => unknown, caller: string) =>
    assert.throws(run, { name: "RangeError", message: `${caller}: ${reason}` });
  refused(() => new TwoLayerNet(2, 4, 1), "TwoLayerNet");
  refused(() => ThreeLayerNet.initialize(2, 4, 4, 1), "ThreeLayerNet.initialize");
  class Renamed extends TwoLayerNet {}
  refused(() => new Renamed(2, 4, 1).predict(np.zeros([3, 2])), "TwoLayerNet.predict");
  const x = np.array([
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]),
    y = np.array([[0], [1], [1], [2]]);
  class Regression extends TwoLayerNet {
    override predict(x: NDArray) {
      return np.dot(dlfs.sigmoid(np.dot(x, this.params.W1)), this.params.W2);
    }
    override loss(x: NDArray, t: NDArray) {
      return np.mean(np.square(np.subtract(this.predict(x), t)));
    }
  }
  assert.throws(() => new Regression(2, 4, 1).accuracy(x, y), {
    name: "RangeError",
    message:
      "TwoLayerNet.accuracy: y of shape (4,1): wanted two classes or more, or an accuracy of the network's own: the likeliest of one class is always right",
  });
  class Measured extends Regression {
    override accuracy(x: NDArray, t: NDArray) {
      return np.mean(np.less(np.abs(np.subtract(this.predict(x), t)), 0.5));
    }
  }
  random.seed(7);
  const { trainLoss } = await train(
    new Measured(2, 4, 1, 0.5),
    { xTrain: x, tTrain: y, xTest: x, tTest: y },
    { iterations: 200, batchSize: 4 },
  );
  assert.ok(trainLoss[199] < trainLoss[0] / 4);
});

test("weights that were kept make a network of the class that is asked for, and draw nothing", () => {
  random.seed(8);
  const kept = new TwoLayerNet(4, 5, 3, 0.5),
    { xTest: x } = data();
  const state = random.getState();
  const network = (ReluNet as unknown as typeof TwoLayerNet).fromWeights(kept.params);
  assert.deepEqual(random.getState(), state);
  assert.ok(network instanceof ReluNet);
  assert.notEqual(network.params.W1, kept.params.W1);
  assert.deepEqual(TwoLayerNet.fromWeights(kept.params).predict(x).data, kept.predict(x).data);
  assert.throws(() => TwoLayerNet.fromWeights({ W1: kept.params.W1 }), {
    name: "RangeError",
    message: "TwoLayerNet.fromWeights: weights = { W1 }: wanted b1, W2, b2 too",
  });
  assert.throws(() => TwoLayerNet.fromWeights({ ...kept.params, W2: np.zeros([4, 3]) }), {
    name: "RangeError",
    message: "TwoLayerNet.fromWeights: W2 of shape (4,3) and b2 of shape (3,): wanted (5,H) and (H,)",
  });
});

test("a gradient under other names, or of another shape, is refused before any of the params has moved", async () => {
  const network = (gradient: () => object): Network => ({
    params: { V: np.array([1]), W: np.array([1, 2]) },
    loss: () => 1,
    accuracy: () => 1,
    gradient: gradient as Network["gradient"],
  });
  const refused = async (gradient: () => object, message: string) => {
    const net = network(gradient);
    await assert.rejects(train(net, data(), { iterations: 1 }), { name: "TypeError", message });
    assert.deepEqual([...net.params.V.data], [1]);
  };
  const V = np.array([1]);
  await refused(
    () => ({ V, w: V }),
    "train: the gradient of network = { V, w }: wanted W of shape (2,) in it, as in network.params",
  );
  await refused(
    () => ({ V, W: np.zeros([3]) }),
    "train: W of shape (3,) in the gradient of network: wanted W of shape (2,) in it, as in network.params",
  );
  await refused(
    () => undefined as never,
    "train: the gradient of network = undefined: wanted V of shape (1,) in it, as in network.params",
  );
});

test("params that were cloned into plain objects are refused by name", async () => {
  const network = new TwoLayerNet(4, 5, 3);
  network.params = structuredClone({ W1: { data: new Float64Array(20) } }) as never;
  await assert.rejects(train(network, data()), {
    name: "TypeError",
    message: "train: network.params.W1 = { data }: wanted an array",
  });
});
