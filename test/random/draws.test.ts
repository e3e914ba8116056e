import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import { RandomState, type ChoiceOptions, type Seed, type Size } from "../../lib/src/random";
import { arrayOf, below, comparer, exact, ownDType, pick, random, randomShape } from "../np/fuzz";
import type { Tolerance } from "../np/fuzz";
import { seeded } from "../seed";

const compare = comparer();

/** A draw in both languages. */
interface Draw {
  readonly ours: (r: RandomState) => unknown;
  readonly python: string;
  readonly inputs?: Record<string, unknown>;
}

const someSize = () => pick<Size | undefined>(undefined, undefined, 0, 1, 3, [2], [2, 3], [0, 2], [], -1);
const someNumber = () => pick<number>(0, -0, 1, -1.5, 2.5, 1e300, NaN, Infinity, random.randn());

const draws: Readonly<Record<string, () => Draw>> = {
  rand: () => {
    const size = randomShape();
    return { ours: (r) => r.rand(...size), python: `r.rand(${size.join()})` };
  },
  randn: () => {
    const size = randomShape();
    return { ours: (r) => r.randn(...size), python: `r.randn(${size.join()})` };
  },
  random: () => {
    const size = someSize();
    return { ours: (r) => r.random(size as Size), python: "r.random(size)", inputs: { size: size ?? null } };
  },
  standardNormal: () => {
    const size = someSize();
    return {
      ours: (r) => r.standardNormal(size as Size),
      python: "r.standard_normal(size)",
      inputs: { size: size ?? null },
    };
  },
  uniform: () => {
    const [low, high, size] = [someNumber(), someNumber(), someSize()];
    return {
      ours: (r) => r.uniform(low, high, size as Size),
      python: "r.uniform(a, b, size)",
      inputs: { a: low, b: high, size: size ?? null },
    };
  },
  normal: () => {
    const [loc, scale, size] = [someNumber(), someNumber(), someSize()];
    return {
      ours: (r) => r.normal(loc, scale, size as Size),
      python: "r.normal(a, b, size)",
      inputs: { a: loc, b: scale, size: size ?? null },
    };
  },
  binomial: () => {
    const [n, p, size] = [pick(0, 1, 7, 40, 1000, -1), pick(0, 1, 0.5, 0.1, 0.93, 1.5, NaN), someSize()];
    return {
      ours: (r) => r.binomial(n, p, size as Size),
      python: "r.binomial(n, p, size)",
      inputs: { n, p, size: size ?? null },
    };
  },
  randint: () => {
    const [low, high, size] = [below(9) - 4, pick(below(9) - 4, 1000, 2 ** 31), someSize()];
    const named = below(2) === 0 && size !== undefined;
    return {
      ours: (r) => (named ? r.randint(low, high, { size }) : r.randint(low, high, size as Size)),
      python: "r.randint(a, b, size)",
      inputs: { a: low, b: high, size: size ?? null },
    };
  },
  choice: () => {
    const count = below(5);
    const a = pick<number | np.NDArray>(count, count, arrayOf([count], ownDType()), arrayOf([count, 2], ownDType()));
    const options: ChoiceOptions = { replace: below(2) === 0, p: below(2) === 0 ? undefined : someWeights(count) };
    const size = someSize();
    // the helpers of these tests hand float32 on as float64
    const single = options.p !== undefined && (options.p as np.NDArray).dtype === "float32";
    const python = `r.choice(a, size, ${options.replace === true ? "True" : "False"}, ${single ? "np.float32(p)" : "p"})`;
    return {
      ours: (r) => r.choice(a as np.NDArray, size as Size, options),
      python,
      inputs: { a, size: size ?? null, p: options.p ?? null },
    };
  },
  permutation: () => {
    const x = pick<number | np.NDArray>(below(9), arrayOf(randomShape(), ownDType()));
    return { ours: (r) => r.permutation(x as np.NDArray), python: "r.permutation(x)", inputs: { x } };
  },
  shuffle: () => {
    const x = arrayOf(randomShape(1), ownDType());
    const changed = np.copy(x);
    const ours = (r: RandomState) => {
      const again = np.copy(changed);
      r.shuffle(again);
      return again;
    };
    return { ours, python: "x = x.copy()\nr.shuffle(x)\nx", inputs: { x } };
  },
};

/** Probabilities that add up to 1 but for one in six; at times of float32, where NumPy's tolerance is wider. */
function someWeights(count: number): np.NDArray {
  const weights = random.rand(count);
  if (below(3) === 0 && count > 0) weights.data[0] = 0;
  const shares = np.divide(weights, Math.max(np.sum(weights), 1e-300));
  if (below(6) === 0) return np.multiply(shares, pick(1 + 1e-9, 1 + 1e-6, 2));
  return below(3) === 0 ? np.array(shares, { dtype: "float32" }) : shares;
}

const twoUlp: Tolerance = { ulp: 2 };

test(
  seeded("what is drawn, or refused, is what np.random draws or refuses, and the stream goes on alike"),
  async () => {
    for (const [name, make] of Object.entries(draws)) {
      for (let i = 0; i < 120; i++) {
        const { ours, python, inputs } = make();
        const word = random.randint(0, 2 ** 32);
        const begin = `r = np.random.RandomState(${word})\n`;
        const tolerance = /normal|randn/i.test(name) ? twoUlp : exact;
        await compare(() => ours(new RandomState(word)), begin + python, { ...inputs }, tolerance);
        const next = (r: RandomState) => {
          try {
            ours(r);
          } catch {
            // it draws nothing
          }
          return r.rand();
        };
        const theirs = `${begin}try:\n  ${python.replaceAll("\n", "\n  ")}\nexcept Exception: pass\nr.random_sample()`;
        await compare(() => next(new RandomState(word)), theirs, { ...inputs });
      }
    }
  },
);

const words = () => pick(0, 1, 42, 2 ** 31, 2 ** 32 - 1, 2 ** 32, -1, below(1000));
const seeds: readonly (() => unknown)[] = [
  words,
  () => 0.5,
  () => pick(true, false),
  () => [words()],
  () => [words(), words()],
  () => [],
  () => [
    [1, 2],
    [3, 4],
  ],
  () => np.array(below(100), { dtype: "int32" }),
  () => np.array([below(100)], { dtype: "int32" }),
  () => np.array([[below(100)]], { dtype: "int32" }),
  () => np.array([below(100), below(100)], { dtype: "int32" }),
  () => np.zeros([2, 2], { dtype: "int32" }),
  () => np.zeros([1, 2], { dtype: "int32" }),
  () => np.zeros(0, { dtype: "int32" }),
  () => np.array(true),
  () => np.array([0.5, 1]),
];

test(seeded("seeds of every kind begin the stream that NumPy's begin, or are refused as there"), async () => {
  for (let i = 0; i < 200; i++) {
    const given = pick(...seeds)();
    const seed = given as Seed;
    await compare(() => new RandomState(seed).rand(), "np.random.RandomState(seed).rand()", { seed });
  }
});

test("a size may stand in its place or by name, in each function that takes one", () => {
  const by = (draw: (r: RandomState) => unknown) => np.repr(draw(new RandomState(3)) as np.NDArray);
  assert.equal(
    by((r) => r.randint(0, 9, { size: 3 })),
    by((r) => r.randint(0, 9, 3)),
  );
  assert.equal(
    by((r) => r.uniform({ size: [2] })),
    by((r) => r.uniform(0, 1, [2])),
  );
  assert.equal(
    by((r) => r.uniform(-1, 1, { size: 2 })),
    by((r) => r.uniform(-1, 1, 2)),
  );
  assert.equal(
    by((r) => r.normal(5, { size: 2 })),
    by((r) => r.normal(5, 1, 2)),
  );
  assert.equal(
    by((r) => r.standardNormal({ size: 2 })),
    by((r) => r.standardNormal(2)),
  );
  assert.equal(
    by((r) => r.random({ size: 2 })),
    by((r) => r.random(2)),
  );
  assert.equal(
    by((r) => r.choice(5, { size: 3, replace: false })),
    by((r) => r.choice(5, 3, { replace: false })),
  );
  assert.equal(
    by((r) => r.binomial(9, 0.5, { size: 3 })),
    by((r) => r.binomial(9, 0.5, 3)),
  );
});
