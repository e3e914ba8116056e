import assert from "node:assert/strict";
import test from "node:test";
import { checkFinite, checkFunction, checkOptions, checkPositive, checkWhole, shortly } from "../lib/src/checks";

test("what is right passes", () => {
  checkWhole("f", "n", 0, 0);
  checkWhole("f", "n", -3, -3, -3);
  checkFinite("f", "x", -0.5);
  checkPositive("f", "h", 1e-300);
  checkFunction("f", "g", () => undefined);
  checkOptions("f", { a: 1, b: undefined }, ["a", "b", "c"]);
  checkOptions("f", {}, []);
});

const refused: readonly (readonly [() => void, ErrorConstructor, string])[] = [
  [() => checkWhole("f", "n", 0, 1), RangeError, "f: n = 0: wanted a whole number from 1"],
  [() => checkWhole("f", "n", 1.5, 1, 9), RangeError, "f: n = 1.5: wanted a whole number from 1 to 9"],
  [() => checkWhole("f", "n", 10, 1, 9), RangeError, "f: n = 10: wanted a whole number from 1 to 9"],
  [() => checkWhole("f", "n", "3", 1), RangeError, "f: n = 3: wanted a whole number from 1"],
  [() => checkWhole("f", "n", Infinity, 1), RangeError, "f: n = Infinity: wanted a whole number from 1"],
  [() => checkFinite("f", "x", NaN), RangeError, "f: x = NaN: wanted a finite number"],
  [() => checkFinite("f", "x", undefined), RangeError, "f: x = undefined: wanted a finite number"],
  [() => checkPositive("f", "h", 0), RangeError, "f: h = 0: wanted a finite number above 0"],
  [() => checkPositive("f", "h", Infinity), RangeError, "f: h = Infinity: wanted a finite number above 0"],
  [() => checkFunction("f", "g", 5), TypeError, "f: g = 5: wanted a function"],
  [() => checkOptions("f", null, ["a"]), TypeError, "f: options = null: wanted an object"],
  [() => checkOptions("f", { a: 1, d: 2 }, ["a", "b"]), TypeError, "f: no option d: wanted one of a, b"],
];
for (const [call, type, message] of refused) {
  test(`refused with the words: ${message}`, () => {
    assert.throws(call, (error: Error) => error.constructor === type && error.message === message);
  });
}

test("a value is named in at most 40 characters, whatever it is", () => {
  assert.equal(shortly("x".repeat(50)), `${"x".repeat(37)}...`);
  assert.equal(shortly(Object.create(null)), "[object Object]");
  assert.equal(shortly({ toString: () => { throw new Error("mine"); } }), "[object Object]");
});
