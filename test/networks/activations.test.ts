import assert from "node:assert/strict";
import test from "node:test";
import { identity, relu, sigmoid, softmax, stepFunction } from "../../lib/src/networks";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { openNumpy, type NumpyArray } from "../numpy";

const numpy = openNumpy();
test.after(() => numpy.close());

/** Arrays of every kind that a cell may hold: any dtype, a view, no axis, no elements. */
function samples(): NDArray[] {
  random.seed(11);
  const x = np.multiply(random.randn(4, 6), 20) as NDArray;
  return [
    x,
    np.transpose(x),
    np.slice(x, ":", "::2"),
    np.slice(x, 0),
    np.array(x, { dtype: "float32" }),
    np.array(x, { dtype: "int32" }),
    np.array([-800, -40, -1e-300, 0, 1e-300, 40, 800]),
    np.array(0.5),
    np.zeros([0, 3]),
  ];
}

async function assertLike(actual: NDArray, expected: string, x: NDArray, tolerance = 1e-15): Promise<void> {
  const { shape, data } = (await numpy(expected, { x })) as NumpyArray;
  assert.deepEqual([...actual.shape], [...shape]);
  const values = np.reshape(actual, [-1]).data;
  data.forEach((value, i) =>
    assert.ok(Math.abs(values[i] - value) <= tolerance * Math.abs(value), `${i}: ${values[i]} and ${value}`),
  );
}

test("sigmoid, relu and stepFunction give NumPy's values for every dtype, shape and stride", async () => {
  for (const x of samples()) {
    await assertLike(sigmoid(x), "1 / (1 + np.exp(-x.astype(float)))", x);
    await assertLike(relu(x), "np.maximum(0, x)", x, 0);
    await assertLike(stepFunction(x), "(x > 0).astype(int)", x, 0);
  }
});

test("for a number they give the number that an array of it holds", () => {
  for (const x of [-3, -0.5, 0, 1e-9, 2]) {
    assert.equal(sigmoid(x), np.at(sigmoid(np.array([x])), 0));
    assert.equal(relu(x), np.at(relu(np.array([x])), 0));
    assert.equal(stepFunction(x), np.at(stepFunction(np.array([x])), 0));
  }
});

test("stepFunction gives whole numbers, and identity its argument itself", () => {
  assert.equal(np.repr(stepFunction(np.array([-1, 0, 2]))), "array([0, 0, 1])");
  const x = np.array([1, 2]);
  assert.equal(identity(x), x);
});

test("softmax gives NumPy's values along the last axis, one sample or a batch", async () => {
  for (const x of samples().filter(({ ndims, length }) => ndims > 0 && length > 0)) {
    await assertLike(
      softmax(x),
      "x = x.astype(float); e = np.exp(x - x.max(axis=-1, keepdims=True)); e / e.sum(axis=-1, keepdims=True)",
      x,
      1e-14,
    );
  }
});

test("softmax does not overflow, and its rows sum to 1", () => {
  assert.equal(
    np.str(
      softmax(
        np.array([
          [1010, 1000, 990],
          [-1010, -1000, -990],
        ]),
      ),
    ),
    np.str(
      softmax(
        np.array([
          [20, 10, 0],
          [0, 10, 20],
        ]),
      ),
    ),
  );
  for (const sum of np.sum(softmax(random.randn(50, 10)), { axis: 1 }).data) assert.ok(Math.abs(sum - 1) < 1e-15 * 4);
});

test("softmax leaves its argument alone and refuses an array without scores", () => {
  const x = np.array([0.3, 2.9, 4.0]);
  softmax(x);
  assert.equal(np.str(x), "[0.3 2.9 4. ]");
});
