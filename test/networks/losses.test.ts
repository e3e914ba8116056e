import assert from "node:assert/strict";
import test from "node:test";
import { crossEntropyError, softmax, sumSquaredError } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { openNumpy } from "../numpy";

const numpy = openNumpy();
test.after(() => numpy.close());

const int = (...values: number[]) => np.array(values, { dtype: "int32" });

async function assertNear(actual: number, expected: string, inputs: Record<string, unknown>): Promise<void> {
  const value = (await numpy(`float(${expected})`, inputs)) as number;
  assert.ok(Math.abs(actual / value - 1) < 1e-14, `${actual} and ${value}`);
}

test("the two answers of a classifier cost what NumPy says", async () => {
  const t = np.array([0, 0, 1, 0, 0, 0, 0, 0, 0, 0]);
  for (const y of [
    [0.1, 0.05, 0.6, 0, 0.05, 0.1, 0, 0.1, 0, 0],
    [0.1, 0.05, 0.1, 0, 0.05, 0.1, 0, 0.6, 0, 0],
  ].map((row) => np.array(row))) {
    await assertNear(crossEntropyError(y, t), "-np.sum(t * np.log(y + 1e-7))", { y, t });
    await assertNear(sumSquaredError(y, t), "0.5 * np.sum((y - t) ** 2)", { y, t });
  }
  assert.equal(crossEntropyError(np.array([0.1, 0.6, 0.3]), 1), 0.510825457099338);
});

test("over a batch the cross entropy is the mean and the squared error the sum, as in the book", async () => {
  random.seed(4);
  const y = softmax(random.randn(100, 10));
  const labels = random.randint(0, 10, 100);
  await assertNear(crossEntropyError(y, labels), "-np.sum(np.log(y[np.arange(100), labels] + 1e-7)) / 100", {
    y,
    labels,
  });
  await assertNear(sumSquaredError(y, labels), "0.5 * np.sum((y - np.eye(10)[labels]) ** 2)", { y, labels });
});

test("one-hot rows and labels of any dtype or stride give the same", () => {
  random.seed(4);
  const y = softmax(random.randn(3, 4));
  const oneHot = np.array([
    [0, 0, 1, 0],
    [1, 0, 0, 0],
    [0, 0, 0, 1],
  ]);
  const every2nd = np.slice(int(2, 9, 0, 9, 3), "::2");
  for (const error of [crossEntropyError, sumSquaredError]) {
    const expected = error(y, oneHot);
    for (const t of [int(2, 0, 3), np.array([2, 0, 3]), every2nd]) assert.ok(Math.abs(error(y, t) - expected) < 1e-15);
    const twoAxes: NDArray = np.transpose(
      np.array(
        [
          [0, 1, 0],
          [0, 0, 0],
          [1, 0, 0],
          [0, 0, 1],
        ],
        { dtype: "int32" },
      ),
    );
    assert.ok(Math.abs(error(y, twoAxes) - expected) < 1e-15);
  }
});

test("a lone row may come with or without its axis, its label as a number or an array", () => {
  const row = np.array([0.2, 0.5, 0.3]),
    batch = np.array([[0.2, 0.5, 0.3]]);
  for (const error of [crossEntropyError, sumSquaredError]) {
    const expected = error(row, np.array([0, 1, 0]));
    for (const y of [row, batch]) {
      for (const t of [np.array([0, 1, 0]), np.array([[0, 1, 0]]), int(1), np.array(1)])
        assert.equal(error(y, t), expected);
      assert.equal(error(y, 1), expected);
    }
  }
});

test("a batch of as many rows as classes takes its labels as labels", () => {
  const y = softmax(
    np.array([
      [3, 1, 0],
      [0, 2, 1],
      [1, 0, 0],
    ]),
  );
  const oneHot = np.array([
    [0, 1, 0],
    [0, 1, 0],
    [0, 0, 1],
  ]);
  assert.ok(Math.abs(crossEntropyError(y, int(1, 1, 2)) - crossEntropyError(y, oneHot)) < 1e-15);
});

test("targets may be shares of several classes, as the formula allows", async () => {
  const y = np.array([
      [0.2, 0.8],
      [0.5, 0.5],
    ]),
    t = np.array([
      [0.5, 0.5],
      [0.9, 0.1],
    ]);
  await assertNear(crossEntropyError(y, t), "-np.sum(t * np.log(y + 1e-7)) / 2", { y, t });
});

test("a right class of probability 0 costs -log 1e-7, not infinity", () => {
  assert.equal(crossEntropyError(np.array([1, 0]), 1), -Math.log(1e-7));
});

test("what does not fit is refused by name", () => {
  const y = softmax(np.zeros([2, 3]));
  const refused = (t: NDArray, message: string) => {
    assert.throws(() => crossEntropyError(y, t), { name: "RangeError", message: `crossEntropyError: ${message}` });
    assert.throws(() => sumSquaredError(y, t), { name: "RangeError", message: `sumSquaredError: ${message}` });
  };
  refused(int(0, 3), "t[1] = 3: wanted a whole number from 0 to 2");
  refused(int(-1, 0), "t[0] = -1: wanted a whole number from 0 to 2");
  refused(np.array([0.5, 0]), "t[0] = 0.5: wanted a whole number from 0 to 2");
  refused(np.array([NaN, 0]), "t[0] = NaN: wanted a whole number from 0 to 2");
  refused(int(0, 1, 2), "y of shape (2,3) and t of shape (3,): wanted 2 labels or one-hot (2,3)");
  refused(np.zeros([2, 4]), "y of shape (2,3) and t of shape (2,4): wanted 2 labels or one-hot (2,3)");
  assert.throws(() => crossEntropyError(y, 1), {
    message: "crossEntropyError: y of shape (2,3) and t of shape (): wanted 2 labels or one-hot (2,3)",
  });
});
