import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import { arithmeticDType } from "../../lib/src/np/dtypes";
import { apply1, apply2 } from "../../lib/src/np/elementwise";
import * as loops from "../../lib/src/np/loops";
import type { NDArray, Operand } from "../../lib/src/np";

/** As CONTRIBUTING has it: a function composed of two loops, which speaks in its own name. */
function clip(x: Operand, low: Operand, high: Operand, out?: NDArray): number | NDArray {
  const raised = apply2("clip", loops.maximum, arithmeticDType, x, low);
  return apply2("clip", loops.minimum, arithmeticDType, raised as Operand, high, out) as number | NDArray;
}

test("a function composed of others works on arrays and on numbers, with broadcasting and out", () => {
  assert.equal(np.repr(clip([-1, 0.5, 2], 0, 1)), "array([0. , 0.5, 1. ])");
  assert.equal(clip(5, 0, 1), 1);
  const x = np.array([
    [1, 5],
    [9, 3],
  ]);
  assert.equal(clip(x, [2, 4], 6, x), x);
  assert.equal(
    np.repr(x),
    np.repr(
      np.array([
        [2, 5],
        [6, 4],
      ]),
    ),
  );
});

const refused: readonly (readonly [() => unknown, string])[] = [
  [() => clip([1, 2], [1, 2, 3], 4), "clip: (2,) and (3,): wanted equal lengths or 1, not 2 and 3"],
  [() => clip([1, 2], 0, [1, 2, 3]), "clip: (2,) and (3,): wanted equal lengths or 1, not 2 and 3"],
  [() => clip("x" as never, 0, 1), 'clip: a = "x": wanted an array, a number, a boolean or a list of these'],
  [() => clip([1, 2], 0, 1, np.zeros(3)), "clip: (2,) and () and out of shape (3,): wanted out of shape (2,)"],
  [
    () => apply1("sign", loops.abs, arithmeticDType, undefined as never),
    "sign: x = undefined: wanted an array, a number, a boolean or a list of these",
  ],
];
for (const [wrong, message] of refused) {
  test(`it speaks in its own name: ${message}`, () => assert.throws(wrong, { message }));
}
