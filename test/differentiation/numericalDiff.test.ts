import assert from "node:assert/strict";
import test from "node:test";
import { numericalDiff } from "../../lib/src/differentiation";

test("the central difference of x^2 + 16 at 3 and 4 is NumPy's to the last digit", () => {
  // (f(x + 1e-4) - f(x - 1e-4)) / (2 * 1e-4) in Python
  assert.equal(
    numericalDiff((x) => x * x + 16, 3),
    6.00000000000378,
  );
  assert.equal(
    numericalDiff((x) => x * x + 16, 4),
    7.999999999999119,
  );
});

test("its error shrinks with the square of h: for x^3 it is h^2", () => {
  for (const h of [1e-1, 1e-2, 1e-3]) {
    const error = numericalDiff((x) => x ** 3, 3, h) - 27;
    assert.ok(Math.abs(error / h ** 2 - 1) < 1e-3, `h = ${h}: ${error}`);
  }
});

test("a step that rounding swallows gives 0, not an error", () => {
  assert.equal(
    numericalDiff((x) => x * x, 3, 10e-50),
    0,
  );
});
