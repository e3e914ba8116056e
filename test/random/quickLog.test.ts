import assert from "node:assert/strict";
import test from "node:test";
import { RandomState } from "../../lib/src/random";
import { quickLog } from "../../lib/src/random/quickLog";
import { roundedLog } from "../../lib/src/random/roundedLog";

const stream = new RandomState(11);

function check(x: number): void {
  const quick = quickLog(x),
    rounded = roundedLog(x);
  if (!Object.is(quick, rounded)) assert.fail(`the logarithm of ${x} is ${quick}, not ${rounded}`);
}

test("the quick logarithm has the bits of the rounded one, between 0 and 1, near 1, and at other powers of 2", () => {
  for (let i = 0; i < 50_000; i++) {
    check(stream.rand());
    check(1 - stream.rand() * 2 ** -(i % 53));
    check(1 + stream.rand() * 2 ** -(i % 52));
    check(stream.rand() * 2 ** ((i % 2000) - 1000));
  }
});

test("the quick logarithm has the bits of the rounded one at both ends of each cell of its table", () => {
  for (let cell = 0; cell <= 128; cell++) {
    for (const step of [-1, 0, 1]) {
      const x = 1 + cell / 128 + step * 2 ** -52;
      for (const scale of [1, 0.5, 2 ** -60, 2 ** 60]) check(x * scale);
    }
  }
});

test("the quick logarithm of what is not a positive normal number is the rounded one's", () => {
  for (const x of [0, -0, -1, NaN, Infinity, -Infinity, 5e-324, 2 ** -1022, Number.MAX_VALUE, 1]) check(x);
});
