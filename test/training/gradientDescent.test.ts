import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { gradientDescent } from "../../lib/src/training/gradientDescent";

const sumOfSquares = (x: NDArray) => np.sum(np.square(x));

test("it prints what the book's loop prints in NumPy, for a good, a large and a tiny learning rate", () => {
  const from = np.array([-3, 4]);
  const run = (learningRate: number) => np.repr(gradientDescent(sumOfSquares, from, { learningRate, steps: 100 }));
  // x -= lr * numerical_gradient(f, x), 100 times, in NumPy 2.4
  assert.equal(run(0.1), "array([-6.11110793e-10,  8.14814391e-10])");
  assert.equal(run(0.01), "array([-0.39785867,  0.53047822])");
  assert.equal(run(10), "array([-2.58983747e+13, -1.29524862e+12])");
  assert.equal(run(1e-10), "array([-2.99999994,  3.99999992])");
});

test("the start is not changed, and the defaults are 100 steps at 0.01", () => {
  const from = np.array([-3, 4]);
  assert.equal(np.str(gradientDescent(sumOfSquares, from)), "[-0.39785867  0.53047822]");
  assert.equal(np.str(from), "[-3.  4.]");
});

test("onStep sees the gradient before each step and a copy of where it led", () => {
  const path: string[] = [];
  const kept: NDArray[] = [];
  gradientDescent(sumOfSquares, np.array([3, 4]), {
    learningRate: 0.1,
    steps: 2,
    onStep({ step, gradient, x }) {
      path.push(`${step} ${np.str(gradient)} ${np.str(x)}`);
      kept.push(x);
    },
  });
  assert.deepEqual(path, ["1 [6. 8.] [2.4 3.2]", "2 [4.8 6.4] [1.92 2.56]"]);
  assert.equal(np.str(kept[0]), "[2.4 3.2]");
});

test("it takes any shape, and no steps at all", () => {
  assert.equal(np.str(gradientDescent(sumOfSquares, np.ones([2, 2]), { steps: 0 })), "[[1. 1.]\n [1. 1.]]");
  assert.deepEqual(gradientDescent(sumOfSquares, np.ones([2, 3]), { steps: 1 }).shape, [2, 3]);
});
