import assert from "node:assert/strict";
import test from "node:test";
import { andGate, nandGate, orGate, Perceptron, xorGate } from "../../lib/src/networks/gates";

const INPUTS = [
  [0, 0],
  [1, 0],
  [0, 1],
  [1, 1],
];

for (const [name, gate, outputs] of [
  ["andGate", andGate, [0, 0, 0, 1]],
  ["nandGate", nandGate, [1, 1, 1, 0]],
  ["orGate", orGate, [0, 1, 1, 1]],
  ["xorGate", xorGate, [0, 1, 1, 0]],
] as const) {
  test(`${name} has its truth table`, () => {
    assert.deepEqual(
      INPUTS.map(([x1, x2]) => gate(x1, x2)),
      outputs,
    );
  });
}

test("no gate sits on its boundary: the inputs may be off by a tenth", () => {
  for (const off of [-0.1, 0.1]) {
    assert.deepEqual(
      INPUTS.map(([x1, x2]) => andGate(x1 + off, x2 + off)),
      [0, 0, 0, 1],
    );
    assert.deepEqual(
      INPUTS.map(([x1, x2]) => orGate(x1 + off, x2 + off)),
      [0, 1, 1, 1],
    );
  }
});

test("a perceptron fires above 0 and not at 0", () => {
  const perceptron = new Perceptron([1, -2, 0.5], -1);
  assert.equal(perceptron.weightedSum(3, 1, 0), 0);
  assert.equal(perceptron.fire(3, 1, 0), 0);
  assert.equal(perceptron.fire(3, 1, 0.001), 1);
});
