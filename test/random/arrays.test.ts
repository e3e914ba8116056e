import assert from "node:assert/strict";
import test from "node:test";
import type { NDArray } from "../../lib/src/np";
import { RandomState, type State } from "../../lib/src/random";
import { openNumpy, type NumpyArray } from "../numpy";

const numpy = openNumpy();
test.after(() => numpy.close());

/** Draws of an array, the same values one at a time, and both in Python. */
const draws: readonly (readonly [
  python: string,
  many: (r: RandomState, n: number) => NDArray,
  one: (r: RandomState) => number,
])[] = [
  ["r.rand(n)", (r, n) => r.rand(n), (r) => r.rand()],
  ["r.randn(n)", (r, n) => r.randn(n), (r) => r.randn()],
  ["r.uniform(-2, 3, n)", (r, n) => r.uniform(-2, 3, n), (r) => r.uniform(-2, 3)],
  ["r.normal(1, 2, n)", (r, n) => r.normal(1, 2, n), (r) => r.normal(1, 2)],
  ["r.randint(-3, 700, n)", (r, n) => r.randint(-3, 700, n), (r) => r.randint(-3, 700)],
  ["r.randint(5, 6, n)", (r, n) => r.randint(5, 6, n), (r) => r.randint(5, 6)],
  ["r.randint(0, 2**32, n)", (r, n) => r.randint(0, 2 ** 32, n), (r) => r.randint(0, 2 ** 32)],
  ["r.randint(0, 2**40, n)", (r, n) => r.randint(0, 2 ** 40, n), (r) => r.randint(0, 2 ** 40)],
  ["r.choice(1000, n)", (r, n) => r.choice(1000, n), (r) => r.choice(1000)],
  [
    "r.choice(3, n, p=[.2, .3, .5])",
    (r, n) => r.choice(3, n, { p: [0.2, 0.3, 0.5] }),
    (r) => r.choice(3, { p: [0.2, 0.3, 0.5] }),
  ],
  ["r.binomial(9, 0.4, n)", (r, n) => r.binomial(9, 0.4, n), (r) => r.binomial(9, 0.4)],
];

/** Sizes that end before, at and after the generator's block of 624 words, and within a pair of normal values. */
const sizes = [0, 1, 2, 5, 1, 311, 312, 313, 3, 623, 624, 625, 2000];

for (const seed of [0, 12345]) {
  test(`from seed ${seed} an array holds what as many single draws give, and the state after it is NumPy's`, async () => {
    const many = new RandomState(seed),
      single = new RandomState(seed);
    await numpy("r = np.random.RandomState(seed)", { seed });
    for (const [place, n] of sizes.entries()) {
      for (let turn = 0; turn < draws.length; turn++) {
        const [python, ofMany, ofOne] = draws[(turn * 5 + place) % draws.length];
        const singles = Array.from({ length: n }, () => ofOne(single));
        assert.deepEqual([...ofMany(many, n).data], singles, `${python} with n = ${n}`);
        assert.deepEqual(many.getState(), single.getState(), `the state after ${python} with n = ${n}`);
        await sameState(many.getState(), python, n);
      }
    }
  });
}

async function sameState(state: State, python: string, n: number): Promise<void> {
  const theirs = await numpy(`n = ${n}\nd = ${python}\ns = r.get_state()\n[np.array(s[1]), s[2], s[3], s[4]]`);
  const [key, pos, has, gauss] = theirs as [NumpyArray, number, number, number];
  assert.deepEqual([...state.key], [...key.data], `the key after ${python} with n = ${n}`);
  assert.deepEqual([state.pos, state.gauss !== undefined], [pos, has === 1], `the place after ${python} with n = ${n}`);
  // the C library's logarithm is not correctly rounded
  assert.ok(Math.abs((state.gauss ?? gauss) - gauss) <= 2 ** -50, `the kept value after ${python} with n = ${n}`);
}
