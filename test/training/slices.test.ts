import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { TwoLayerNet } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { train, type GradientMethod, type TrainingData } from "../../lib/src/training";
import { Arena } from "../../lib/src/wasm/arena";
import { setThreadCount } from "../../lib/src/wasm/threads";

/** Steps and evaluations that take long are done in slices. */

const INPUTS = 100,
  HIDDEN = 60,
  NAMES = ["W1", "b1", "W2", "b2"] as const;

/** Rows in a batch, whose step falls into several slices. */
const ROWS: Record<GradientMethod, number> = { numerical: 9_000, backprop: 21_000 };

function dataOf(rows: number, sparse = false): TrainingData {
  random.seed(1);
  const x = random.rand(rows, INPUTS);
  const xTrain = sparse ? np.divide(np.array(np.multiply(x, 4), { dtype: "int32" }), 4) : x;
  const tTrain = random.randint(0, 10, rows);
  return { xTrain, tTrain, xTest: np.slice(xTrain, ":10"), tTest: np.slice(tTrain, ":10") };
}

function networkOf(): TwoLayerNet {
  random.seed(2);
  return new TwoLayerNet(INPUTS, HIDDEN, 10, 0.1);
}

const valuesOf = ({ params }: TwoLayerNet): number[][] => NAMES.map((name) => [...params[name].data]);

/** Makes every pause due: the clock goes on by a minute whenever it is read. */
function hurry(t: TestContext): void {
  let now = 0;
  t.mock.method(performance, "now", () => (now += 60_000));
}

/** Calls back at each turn of the event loop, with its number, until the function that it gives is called. */
function atEachTurn(callback: (turn: number) => void): () => void {
  let turn = 0,
    over = false;
  const next = () => {
    if (over) return;
    callback(++turn);
    setImmediate(next);
  };
  setImmediate(next);
  return () => (over = true);
}

const KINDS = [
  ["numerical", false],
  ["backprop", false],
  ["backprop", true],
] as const;

for (const [gradient, sparse] of KINDS) {
  const what = `${gradient} of ${sparse ? "sparse" : "dense"} inputs`;
  const rows = ROWS[gradient];
  const options = { iterations: 1, batchSize: rows, learningRate: 0.5, gradient };
  const data = dataOf(rows, sparse);

  test(`${what}: an abort in any slice of a step leaves the params as they were`, async (t) => {
    hurry(t);
    const before = valuesOf(networkOf());
    let done = false,
      turns = 0;
    while (!done) {
      const wanted = ++turns,
        network = networkOf(),
        stop = new AbortController();
      const end = atEachTurn((turn) => {
        if (turn < wanted) return;
        stop.abort();
        end();
      });
      const { trainLoss, stopped } = await train(network, data, { ...options, signal: stop.signal });
      end();
      done = trainLoss.length === 1;
      if (!done) {
        assert.equal(stopped, true);
        assert.deepEqual(valuesOf(network), before, `turn ${wanted}`);
      } else assert.notDeepEqual(valuesOf(network), before);
    }
    assert.ok(turns > 4, `${turns} turns of the event loop in a step`);
  });

  test(`${what}: in slices the numbers are those without, to the bit, with any number of threads`, async (t) => {
    const results = [];
    for (const threads of [1, 2, 3]) {
      setThreadCount(threads);
      for (const hurried of [false, true]) {
        if (hurried) hurry(t);
        random.seed(3);
        const network = networkOf(),
          result = await train(network, data, { ...options, iterations: 2 });
        t.mock.restoreAll();
        results.push({ ...result, values: valuesOf(network) });
      }
    }
    setThreadCount(1);
    for (const result of results.slice(1)) assert.deepEqual(result, results[0]);
  });

  test(`${what}: what is written to params in a step is kept, and the gradient added to it`, async (t) => {
    hurry(t);
    const alone = networkOf(),
      written = networkOf();
    random.seed(4);
    await train(alone, data, options);
    for (const wanted of [2, 4]) {
      const network = networkOf(),
        from = network.params.b2.data[3];
      const end = atEachTurn((turn) => {
        if (turn === wanted) network.params.b2.data[3] += 16;
      });
      random.seed(4);
      await train(network, data, options);
      end();
      const step = alone.params.b2.data[3] - written.params.b2.data[3];
      assert.ok(
        Math.abs(network.params.b2.data[3] - (from + 16 + step)) < 1e-12,
        `turn ${wanted}: ${network.params.b2.data[3]}`,
      );
    }
  });
}

test("an evaluation that takes long gives the event loop its turn, and an abort in it is served", async (t) => {
  const data = dataOf(40_000, true);
  const options = { iterations: 1, batchSize: 5 };
  const network = networkOf();
  await train(network, data, options);
  hurry(t);
  const turnsIn = async (evaluated: TrainingData) => {
    let turns = 0;
    const end = atEachTurn((turn) => (turns = turn));
    const result = await train(networkOf(), evaluated, options);
    end();
    assert.deepEqual(result.trainAccuracy, [networkAfter(evaluated).accuracy(evaluated.xTrain, evaluated.tTrain)]);
    return turns;
  };
  const networkAfter = (evaluated: TrainingData) => (evaluated === data ? network : small);
  const few = dataOf(400, true),
    small = networkOf();
  await train(small, few, options);
  const more = (await turnsIn(data)) - (await turnsIn(few));
  assert.ok(more >= 4, `${more} turns more`);
  const stop = new AbortController();
  const end = atEachTurn((turn) => {
    if (turn === 3) stop.abort();
  });
  const { trainLoss, trainAccuracy, stopped } = await train(networkOf(), data, {
    ...options,
    iterations: 5,
    signal: stop.signal,
  });
  end();
  assert.deepEqual([trainLoss.length, trainAccuracy, stopped], [1, [], true]);
});

test("numericalGradient ends after the stop button between two slices, and gives its memory back", (t) => {
  const contract = Symbol.for("Jupyter.cell");
  const given = globalThis as { [contract]?: unknown };
  const cell = {
    looks: 0,
    get interrupted() {
      return ++this.looks > 2;
    },
  };
  const network = networkOf(),
    { xTrain, tTrain } = dataOf(ROWS.numerical);
  const before = valuesOf(network);
  const release = t.mock.method(Arena.prototype, "release");
  given[contract] = () => cell;
  try {
    assert.throws(() => network.numericalGradient(xTrain, tTrain), { name: "KeyboardInterrupt" });
  } finally {
    delete given[contract];
  }
  assert.equal(cell.looks, 3);
  assert.deepEqual(valuesOf(network), before);
  assert.equal(release.mock.callCount(), 1);
});
