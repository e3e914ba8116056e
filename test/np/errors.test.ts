import test from "node:test";
import assert from "node:assert/strict";
import * as np from "../../lib/src/np/index";

const x = np.array([[1, 2, 3], [4, 5, 6]]), whole = np.arange(3);

const unfit = "does not fit int32, whose values go from -2147483648 to 2147483647";

/** What is wrong, and the message, which names the function, what it got and what it wanted. */
const refused: readonly (readonly [wrong: () => unknown, kind: typeof Error, message: string])[] = [
  [() => np.dot(np.zeros([100, 784]), np.zeros([50, 10])), RangeError, "dot: (100,784) and (50,10): 784 != 50"],
  [() => np.dot([1, 2], [1, 2, 3]), RangeError, "dot: (2,) and (3,): 2 != 3"],
  [() => np.add(x, [1, 2]), RangeError, "add: (2,3) and (2,): 3 != 2 and neither is 1"],
  [() => np.where(x, [1, 2], 0), RangeError, "where: (2,3) and (2,) and (): 3 != 2 and neither is 1"],
  [() => np.subtract(x, 1, { out: np.zeros(3) }), RangeError, "subtract: out is (3,); (2,3) and () give (2,3)"],
  [() => np.subtract(whole, 0.5, { out: whole }), TypeError, "subtract: out is int32; the result is float64, which it cannot hold"],
  [() => np.subtract([true], [false]), TypeError, "subtract: not defined for bool; wanted numbers"],
  [() => np.negative([true]), TypeError, "negative: not defined for bool; wanted numbers"],
  [() => np.multiply(whole, np.full(3, 2e9, { dtype: "int32" })), RangeError, `multiply: 4000000000 ${unfit}`],
  [() => np.array([[1, 2], [3]]), RangeError, "array: ragged lists: (1,) at depth 1 beside (2,); all parts must be of one shape"],
  [() => np.array([[1, 2], 3]), RangeError, "array: ragged lists: () at depth 1 beside (2,); all parts must be of one shape"],
  [() => np.array([1, [2]]), RangeError, "array: ragged lists: (1,) at depth 1 beside (); all parts must be of one shape"],
  [() => np.array([np.zeros(2), np.zeros(3)]), RangeError, "array: ragged lists: (3,) at depth 1 beside (2,); all parts must be of one shape"],
  [() => np.array(["a"] as unknown as number[]), TypeError, "array: a (string) is no number, boolean, array or list of them"],
  [() => np.array([1], { dtype: "float16" as "float32" }), TypeError, "dtype: float16 is none of float64, float32, int32, bool"],
  [() => np.array([NaN], { dtype: "int32" }), RangeError, `array: NaN ${unfit}`],
  [() => np.add(x, undefined as unknown as number), TypeError, "add: undefined (undefined) is no number, boolean, array or list of them"],
  [() => np.zeros(-1), RangeError, "zeros: length = -1: wanted a whole number from 0"],
  [() => np.ones([2, 1.5]), RangeError, "ones: length = 1.5: wanted a whole number from 0"],
  [() => np.arange(0, 1, 0), RangeError, "arange: a step of 0; wanted a step that leads from start to stop"],
  [() => np.arange(NaN), RangeError, "arange: NaN among start, stop and step; wanted finite numbers"],
  [() => np.linspace(0, 1, -2), RangeError, "linspace: length = -2: wanted a whole number from 0"],
  [() => np.reshape(x, [4, 2]), RangeError, "reshape: (2,3) to (4,2): 6 elements do not fill it"],
  [() => np.reshape(x, [-1, 4]), RangeError, "reshape: (2,3) to (-1,4): 6 elements do not fill it"],
  [() => np.reshape(x, [-1, -1]), RangeError, "reshape: (2,3) to (-1,-1): 6 elements do not fill it"],
  [() => np.transpose(x, [0, 0]), RangeError, "transpose: axes (0,0) of shape (2,3): wanted each axis once"],
  [() => np.concatenate([x, np.zeros([2, 2])]), RangeError, "concatenate: (2,3) and (2,2): only axis 0 may differ"],
  [() => np.concatenate([]), RangeError, "concatenate: no arrays; wanted at least one"],
  [() => np.concatenate(3 as never), TypeError, "concatenate: 3: wanted a list of arrays"],
  [() => np.concatenate([new Float64Array(100) as never]), TypeError,
    "concatenate: 0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0... (object) is no number, boolean, array or list of them"],
  [() => np.sum(x, { axis: 2 }), RangeError, "sum: axis 2 of an array of shape (2,3): wanted -2 to 1"],
  [() => np.argmax(x, { axis: -3 }), RangeError, "argmax: axis -3 of an array of shape (2,3): wanted -2 to 1"],
  [() => np.sum(x, { axis: [0, 0] }), RangeError, "sum: axes (0,0) of shape (2,3): an axis twice"],
  [() => np.max([]), RangeError, "max: an empty array of shape (0,): wanted at least one element"],
  [() => np.mean([]), RangeError, "mean: an empty array of shape (0,): wanted at least one element"],
  [() => np.argmin(np.zeros([2, 0]), { axis: 1 }), RangeError, "argmin: an empty array of shape (2,0): wanted at least one element"],
  [() => np.at(x, 2, 0), RangeError, "at: index 2 on axis 0 of an array of shape (2,3): it holds 2"],
  [() => np.at(x, 0), RangeError, "at: 1 indices for an array of shape (2,3): wanted 2"],
  [() => np.at(x, 0, 0.5), RangeError, "at: index 0.5 on axis 1: wanted a whole number"],
  [() => np.at(x, [0, -3]), RangeError, "at: index -3 on axis 0 of an array of shape (2,3): it holds 2"],
  [() => np.at(x, [0], [0], [0]), RangeError, "at: 3 indices for an array of shape (2,3): wanted at most 2"],
  [() => np.at(x, np.array([true, false, true])), RangeError, "at: a mask of shape (3,) over an array of shape (2,3)"],
  [() => np.slice(x, "a"), TypeError, 'slice: index "a": wanted a whole number or "start:stop:step"'],
  [() => np.slice(x, "::0"), RangeError, 'slice: index "::0": a step of 0 leads nowhere'],
  [() => np.slice(x, 0, 0, 0), RangeError, "slice: 3 indices for an array of shape (2,3): wanted at most 2"],
  [() => np.set(x, [0], [1, 2]), RangeError, "set: (3,) and (2,): 3 != 2 and neither is 1"],
  [() => np.set(whole, [0], Infinity), RangeError, `set: Infinity ${unfit}`],
  [() => np.set(whole, [":"], [7, NaN, 8]), RangeError, `set: NaN ${unfit}`],
  [() => np.add(whole, [[7, 2e9, 2e9]], { out: np.reshape(whole, [1, 3]) }), TypeError, "add: out is int32; the result is float64, which it cannot hold"],
  [() => np.add(whole, np.full(3, 2147483647, { dtype: "int32" }), { out: whole }), RangeError, `add: 2147483648 ${unfit}`],
  [() => np.set(x, [":", [0]], 1), TypeError, "set: slices and index arrays together; wanted one kind or the other"],
  [() => np.take(x, [3], { axis: 1 }), RangeError, "take: index 3 on axis 1 of an array of shape (2,3): it holds 3"],
  [() => np.take(x, [true]), TypeError, "take: bool indices; wanted whole numbers (np.at takes masks)"],
  [() => np.round(1, 0.5), RangeError, "round: decimals = 0.5: wanted a whole number from -308 to 308"],
  [() => np.allclose([1, 2], [1, 2, 3]), RangeError, "allclose: (2,) and (3,): 2 != 3 and neither is 1"],
];

for (const [wrong, kind, message] of refused) {
  test(`${String(wrong).slice(6)} is refused: ${message}`, () => {
    assert.throws(wrong, (error: Error) => {
      assert.equal(error.message, message);
      return error instanceof kind;
    });
  });
}

test("what is refused leaves the arrays as they were", () => {
  assert.deepEqual([...x.data], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...whole.data], [0, 1, 2]);
});
