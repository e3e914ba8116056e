import assert from "node:assert/strict";
import test from "node:test";
import { setImmediate as turn } from "node:timers/promises";
import vm from "node:vm";
import { numericalGradient } from "../../lib/src/differentiation";
import { wrap, type NDArray } from "../../lib/src/np/ndarray";

const vector = (...values: number[]) => wrap("float64", Float64Array.from(values), [values.length]);
const sumOfSquares = (x: NDArray) => x.data[0] ** 2 + x.data[1] ** 2;

test("the gradient of x0^2 + x1^2 is Python's to the last digit at the book's three points", () => {
  // the book's loop in Python gives:
  // [0.5999999999997674, 0.7999999999999674], [0.0, 4.000000000004], [6.000000000012662, 0.0]
  assert.deepEqual(
    [...numericalGradient(sumOfSquares, vector(0.3, 0.4)).data],
    [0.5999999999997674, 0.7999999999999674],
  );
  assert.deepEqual([...numericalGradient(sumOfSquares, vector(0, 2)).data], [0, 4.000000000004]);
  assert.deepEqual([...numericalGradient(sumOfSquares, vector(3, 0)).data], [6.000000000012662, 0]);
});

test("it takes any shape, and gives the gradient of each element its place", () => {
  for (const shape of [[], [0], [1], [2, 3], [2, 1, 3], [2, 0]]) {
    const length = shape.reduce((product, size) => product * size, 1);
    const x = wrap(
      "float64",
      Float64Array.from({ length }, (_, i) => i - 1.5),
      shape,
    );
    const gradient = numericalGradient(({ data }) => data.reduce((sum, value, i) => sum + (i + 1) * value, 0), x);
    assert.deepEqual(gradient.shape, shape);
    gradient.data.forEach((slope, i) => assert.ok(Math.abs(slope - (i + 1)) < 1e-9));
  }
});

test("a transposed view is walked by its strides, and only its own elements are moved", () => {
  const data = Float64Array.from({ length: 8 }, (_, i) => i);
  const view = wrap("float64", data, [3, 2], [1, 3], 2);
  const seen: number[][] = [];
  const gradient = numericalGradient((x) => {
    seen.push([...x.data]);
    return x.data.reduce((sum, value, i) => sum + i * value, 0);
  }, view);
  assert.deepEqual([...gradient.data].map(Math.round), [2, 5, 3, 6, 4, 7]);
  assert.ok(seen.every(([first, second]) => first === 0 && second === 1));
});

test("x is itself again afterwards, to the bit, also when f throws", () => {
  const values = [0.1, 1 / 3, -2e-17, 5e300];
  const x = vector(...values);
  numericalGradient((array) => array.data[0], x);
  assert.deepEqual([...x.data], values);
  let calls = 0;
  assert.throws(
    () =>
      numericalGradient(() => {
        if (++calls === 4) throw new Error("f failed");
        return 1;
      }, x),
    /f failed/,
  );
  assert.deepEqual([...x.data], values);
});

test("an array whose gradient is terminated, without a finally, is itself again in the next turn", async () => {
  const values = [0.1, 1 / 3, -2e-17];
  const [inner, outer] = [vector(...values), vector(...values)];
  let evaluations = 0;
  const endless = (): number => {
    for (;;) evaluations++;
  };
  const gradient = () => numericalGradient(() => numericalGradient(endless, inner).data[0], outer);
  Object.assign(globalThis, { gradient });
  // on a busy machine the time may be over before the first evaluation begins
  for (let timeout = 20; evaluations === 0; timeout *= 2) {
    assert.throws(() => vm.runInThisContext("gradient()", { timeout }), { code: "ERR_SCRIPT_EXECUTION_TIMEOUT" });
  }
  await turn();
  assert.deepEqual([[...inner.data], [...outer.data]], [values, values]);
  assert.deepEqual([...numericalGradient(sumOfSquares, vector(3, 0)).data], [6.000000000012662, 0]);
  Object.assign(globalThis, { gradient: undefined });
});

test("f may ignore its argument and read the array that is moved", () => {
  const x = vector(3, 4);
  assert.deepEqual([...numericalGradient(() => sumOfSquares(x), x).data].map(Math.round), [6, 8]);
});
