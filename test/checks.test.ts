import assert from "node:assert/strict";
import test from "node:test";
import {
  checkFinite,
  checkFunction,
  checkNumber,
  checkOptions,
  checkPositive,
  checkSwitch,
  checkText,
  checkTexts,
  checkWhole,
  shapeText,
  shortly,
} from "../lib/src/checks";
import * as np from "../lib/src/np";

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
  [() => checkWhole("f", "n", "3", 1), RangeError, 'f: n = "3": wanted a whole number from 1'],
  [() => checkWhole("f", "n", Infinity, 1), RangeError, "f: n = Infinity: wanted a whole number from 1"],
  [() => checkFinite("f", "x", NaN), RangeError, "f: x = NaN: wanted a finite number"],
  [() => checkFinite("f", "x", undefined), RangeError, "f: x = undefined: wanted a finite number"],
  [() => checkPositive("f", "h", 0), RangeError, "f: h = 0: wanted a finite number above 0"],
  [() => checkPositive("f", "h", Infinity), RangeError, "f: h = Infinity: wanted a finite number above 0"],
  [() => checkFunction("f", "g", 5), TypeError, "f: g = 5: wanted a function"],
  [() => checkFunction("f", "g", class G {}), TypeError, "f: g = class G: wanted a function"],
  [() => checkNumber("f", "n", "3"), TypeError, 'f: n = "3": wanted a number'],
  [() => checkSwitch("f", "on", 1), TypeError, "f: on = 1: wanted true or false"],
  [() => checkText("f", "title", ["t"]), TypeError, 'f: title = ["t"]: wanted a text'],
  [() => checkTexts("f", { a: "t", b: 5 }, ["a", "b"]), TypeError, "f: b = 5: wanted a text"],
  [() => checkOptions("f", null, ["a"]), TypeError, "f: options = null: wanted an object with a"],
  [() => checkOptions("f", [1], ["a", "b"]), TypeError, "f: options = [1]: wanted an object with any of a, b"],
  [() => checkOptions("f", { a: 1, d: 2 }, ["a", "b"]), TypeError, "f: option d: wanted one of a, b"],
];
for (const [call, type, message] of refused) {
  test(`refused with the words: ${message}`, () => {
    assert.throws(call, (error: Error) => error.constructor === type && error.message === message);
  });
}

const named: readonly (readonly [unknown, string])[] = [
  ["x".repeat(50), `"${"x".repeat(36)}...`],
  ["a\nb", '"a\\nb"'],
  [undefined, "undefined"],
  [-0.5, "-0.5"],
  [7n, "7n"],
  [Symbol("s"), "Symbol(s)"],
  [[1, [2, "a"]], '[1, [2, "a"]]'],
  [[[[[1]]]], "[[[[...]]]]"],
  [new Array(100).fill(0), "[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, ..."],
  [{}, "{}"],
  [{ lr: 0.5, steps: 3 }, "{ lr, steps }"],
  [Object.create(null), "{}"],
  [new Float64Array(3), "a Float64Array of 3 numbers"],
  [new Map(), "a Map"],
  [np.zeros([2, 3]), "float64 array of shape (2,3)"],
  [Math.sin, "function sin"],
  [() => 1, "function without a name"],
  [class Net {}, "class Net"],
  [
    new Proxy(
      {},
      {
        get: () => {
          throw new Error("mine");
        },
      },
    ),
    "an object",
  ],
];
for (const [value, text] of named) {
  test(`a value is named in at most 40 characters: ${text}`, () => assert.equal(shortly(value), text));
}

test("a list that holds itself has a name with an end", () => {
  const itself: unknown[] = [];
  itself.push(itself);
  assert.equal(shortly(itself), "[[[[...]]]]");
});

test("shapes are written as NumPy writes them", () => {
  assert.deepEqual([[], [3], [2, 3]].map(shapeText), ["()", "(3,)", "(2,3)"]);
});
