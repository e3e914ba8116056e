import * as np from "../../lib/src/np";
import * as random from "../../lib/src/random";
import { good, type GoodCall, type Row } from "./table";

const any = (value: unknown): never => value as never;

/** Calls of the shared stream and of one's own: the messages are the same. */
function rowsOf(r: typeof random | random.RandomState): readonly Row[] {
  return [
    [() => r.seed(NaN), "RangeError", "seed: seed = NaN: wanted whole numbers from 0 to 2**32 - 1"],
    [() => r.seed(-1), "RangeError", "seed: seed = -1: wanted whole numbers from 0 to 2**32 - 1"],
    [() => r.seed([]), "RangeError", "seed: seed = []: wanted at least one number"],
    [
      () => r.seed(any(null)),
      "TypeError",
      "seed: seed = null: wanted an array, a number, a boolean or a list of these",
    ],
    [() => r.seed([1, 0.5]), "RangeError", "seed: seed = 0.5: wanted whole numbers from 0 to 2**32 - 1"],
    [
      () => r.choice(2, 1, { p: [0.5, NaN] }),
      "RangeError",
      "choice: p with a sum of NaN: wanted none below 0 and a sum of 1, to within 1.5e-8",
    ],
    [
      () => r.choice(3, 2, { replace: false, p: [1, 0, 0] }),
      "RangeError",
      "choice: 2 of 1 without replacement: wanted at most 1",
    ],
    [() => r.rand(-1), "RangeError", "rand: length = -1: wanted a whole number from 0"],
    [() => r.rand(any([2, 3])), "RangeError", "rand: length = [2, 3]: wanted a whole number from 0"],
    [() => r.randn(2.5), "RangeError", "randn: length = 2.5: wanted a whole number from 0"],
    [
      () => r.randn(2 ** 30, 2 ** 30),
      "RangeError",
      "randn: 1152921504606847000 elements of float64: wanted as many as there is room for",
    ],
    [() => r.standardNormal(any("3")), "TypeError", 'standardNormal: size = "3": wanted a length or a list of lengths'],
    [() => r.normal(0, -1), "RangeError", "normal: scale = -1: wanted a number from 0"],
    [() => r.normal(any(null), 1), "TypeError", "normal: loc = null: wanted a number"],
    [() => r.normal(0, any("1")), "RangeError", 'normal: scale = "1": wanted a number from 0'],
    [() => r.normal(0, 1, any(new Map())), "TypeError", "normal: size = a Map: wanted a length or a list of lengths"],
    [() => r.normal(0, 1, any({ sizes: 2 })), "TypeError", "normal: option sizes: wanted size"],
    [() => r.normal(0, -0), "RangeError", "normal: scale = 0: wanted a number from 0"],
    [() => r.uniform(any({ low: 1, size: 2 })), "TypeError", "uniform: option low: wanted size"],
    [() => r.standardNormal(any({ shape: 2 })), "TypeError", "standardNormal: option shape: wanted size"],
    [() => r.randint(0, 5, any({ shape: 2 })), "TypeError", "randint: option shape: wanted size"],
    [() => r.choice(5, 2, any({ size: 3 })), "TypeError", "choice: size = 3 beside 2 in its place: wanted one of them"],
    [
      () =>
        r.seed([
          [1, 2],
          [3, 4],
        ] as never),
      "RangeError",
      "seed: seed of shape (2,2): wanted one axis",
    ],
    [() => r.seed(np.array(true)), "TypeError", "seed: seed = bool array of shape (): wanted whole numbers"],
    [() => r.uniform(0, Infinity), "RangeError", "uniform: from 0 to Infinity: wanted a finite range"],
    [() => r.uniform(any([0]), 1), "TypeError", "uniform: low = [0]: wanted a number"],
    [() => r.uniform(0, 1, -3), "RangeError", "uniform: length = -3: wanted a whole number from 0"],
    [() => r.randint(0), "RangeError", "randint: from 0 to 0 (not included): wanted a number between"],
    [() => r.randint(5, 5), "RangeError", "randint: from 5 to 5 (not included): wanted a number between"],
    [() => r.randint(0.5, 3), "RangeError", "randint: from 0.5 to 3: wanted whole numbers within 2**53"],
    [
      () => r.randint(0, 2 ** 60),
      "RangeError",
      "randint: from 0 to 1152921504606847000: wanted whole numbers within 2**53",
    ],
    [() => r.randint(10, any(null), 3), "RangeError", "randint: from 10 to null: wanted whole numbers within 2**53"],
    [() => r.randint(10, any({ shape: 3 })), "TypeError", "randint: option shape: wanted size"],
    [() => r.choice(3, 5, { replace: false }), "RangeError", "choice: 5 of 3 without replacement: wanted at most 3"],
    [() => r.choice(0, 5), "RangeError", "choice: a = 0: wanted a whole number from 1 to 2**31, or a list with items"],
    [() => r.choice([], 1), "RangeError", "choice: a = 0: wanted a whole number from 1 to 2**31, or a list with items"],
    [() => r.choice(any([[1, 2]]), 1), "RangeError", "choice: a of shape (1,2): wanted one axis"],
    [() => r.choice(3, -1), "RangeError", "choice: length = -1: wanted a whole number from 0"],
    [
      () => r.choice(2, 1, { p: [0.5, 0.6] }),
      "RangeError",
      "choice: p with a sum of 1.1: wanted none below 0 and a sum of 1, to within 1.5e-8",
    ],
    [() => r.choice(2, 1, { p: [1] }), "RangeError", "choice: p of shape (1,): wanted shape (2,), one for each item"],
    [
      () => r.choice(2, 1, { p: any("x") }),
      "TypeError",
      'choice: p = "x": wanted an array, a number, a boolean or a list of these',
    ],
    [
      () => r.choice(2, 1, any(false)),
      "TypeError",
      "choice: options = false: wanted an object with any of replace, p, size",
    ],
    [
      () => r.choice(any(undefined), 1),
      "TypeError",
      "choice: a = undefined: wanted an array, a number, a boolean or a list of these",
    ],
    [() => r.permutation(-3), "RangeError", "permutation: length = -3: wanted a whole number from 0"],
    [
      () => r.permutation(1e12),
      "RangeError",
      "permutation: 1000000000000 elements of int32: wanted as many as there is room for",
    ],
    [
      () => r.choice(3, 1e12),
      "RangeError",
      "choice: 1000000000000 elements of int32: wanted as many as there is room for",
    ],
    [
      () => r.permutation(any("abc")),
      "TypeError",
      'permutation: x = "abc": wanted an array, a number, a boolean or a list of these',
    ],
    [() => r.permutation(np.array(3)), "RangeError", "permutation: x of shape (): wanted at least one axis"],
    [() => r.shuffle(np.array(3)), "RangeError", "shuffle: x of shape (): wanted at least one axis"],
    [
      () => r.shuffle(any(new Float64Array(3))),
      "TypeError",
      "shuffle: x = a Float64Array of 3 numbers: wanted an array, as np.array makes",
    ],
    [() => r.shuffle(any(np.tuple(1, 2, 3))), "TypeError", "shuffle: x is frozen: wanted a list that can be changed"],
    [() => r.setState(any({})), "RangeError", "setState: key = undefined: wanted 624 words, as getState gives"],
    [
      () => r.setState(any(undefined)),
      "TypeError",
      "setState: state = undefined: wanted an object with any of key, pos, gauss",
    ],
    [
      () => r.setState(JSON.parse(JSON.stringify(r.getState()))),
      "RangeError",
      "setState: key = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 1...: wanted 624 words, as getState gives",
    ],
    [
      () => r.setState({ key: new Uint32Array(624), pos: 625 }),
      "RangeError",
      "setState: pos = 625: wanted a whole number from 0 to 624",
    ],
    [
      () => r.setState({ key: any(new Array(624).fill("x")), pos: 0 }),
      "RangeError",
      'setState: key[0] = "x": wanted a whole number from 0 to 4294967295',
    ],
  ];
}

export const rows: readonly Row[] = [
  [() => random.random(-1), "RangeError", "random: length = -1: wanted a whole number from 0"],
  [() => random.randomSample(-1), "RangeError", "randomSample: length = -1: wanted a whole number from 0"],
  [() => random.binomial(-1, 0.5), "RangeError", "binomial: n = -1: wanted a whole number from 0 to 2147483647"],
  [() => random.binomial(1, 1.5), "RangeError", "binomial: p = 1.5: wanted a number from 0 to 1"],
  ...rowsOf(random),
  ...rowsOf(new random.RandomState(0)),
  [
    () => new random.RandomState(any("x")),
    "TypeError",
    'RandomState: seed = "x": wanted an array, a number, a boolean or a list of these',
  ],
  [
    () => new random.RandomState(2 ** 32),
    "RangeError",
    "RandomState: seed = 4294967296: wanted whole numbers from 0 to 2**32 - 1",
  ],
];

function callsOf(prefix: string, r: typeof random | random.RandomState): [string, GoodCall][] {
  const calls: Record<string, GoodCall> = {
    seed: good(
      (...args) => r.seed(...(args as [])),
      () => [[1, 2]],
    ),
    rand: good(
      (...args) => r.rand(...args),
      () => [2, 3],
    ),
    randn: good(
      (...args) => r.randn(...args),
      () => [2, 3],
    ),
    standardNormal: good(
      (...args) => r.standardNormal(...(args as [])),
      () => [[2, 3]],
    ),
    normal: good(
      (...args) => r.normal(...(args as [])),
      () => [0, 1, [2, 3]],
    ),
    random: good(
      (...args) => r.random(...(args as [])),
      () => [[2, 3]],
    ),
    randomSample: good(
      (...args) => r.randomSample(...(args as [])),
      () => [[2, 3]],
    ),
    binomial: good(
      (...args) => r.binomial(...(args as never as [number, number])),
      () => [10, 0.5, [2, 3]],
    ),
    uniform: good(
      (...args) => r.uniform(...(args as [])),
      () => [0, 1, [2, 3]],
    ),
    randint: good(
      (...args) => r.randint(...(args as never as [number])),
      () => [0, 10, [2, 3]],
    ),
    choice: good(
      (...args) => r.choice(...(args as never as [number])),
      () => [[1, 2], 1, { replace: false, p: [0.5, 0.5] }],
    ),
    permutation: good(
      (...args) => r.permutation(...(args as never as [number])),
      () => [[1, 2, 3]],
    ),
    shuffle: good(
      (...args) => r.shuffle(...(args as never as [unknown[]])),
      () => [[1, 2, 3]],
    ),
    setState: good(
      (...args) => r.setState(...(args as never as [random.State])),
      () => [{ ...r.getState(), gauss: 1 }],
    ),
  };
  return Object.entries(calls).map(([name, call]) => [`${prefix}.${name}`, call]);
}

export const calls: Readonly<Record<string, GoodCall>> = Object.fromEntries([
  ...callsOf("random", random),
  ...callsOf("RandomState", new random.RandomState(0)),
  [
    "RandomState",
    good(
      (...args) => new random.RandomState(...(args as [])),
      () => [[1, 2]],
    ),
  ],
]);
