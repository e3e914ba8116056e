import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { RandomState } from "../../lib/src/random/index";
import { openNumpy } from "../numpy";
import type { Numpy, NumpyArray, NumpyValue } from "../numpy";
import { seed } from "../seed";

export const random = new RandomState(seed);

/** A whole number from 0 up to but not including `high`. */
export const below = (high: number): number => random.randint(high);

/** One of the values. */
export const pick = <V>(...values: readonly V[]): V => values[below(values.length)];

/**
 * How far a value may be from NumPy's: bits, units in the last place, or a part of the largest; where terms cancel, of
 * the largest of the values that the Python expression `of` gives.
 */
export type Tolerance = { ulp: number } | { relative: number; of?: string };
export const exact: Tolerance = { ulp: 0 };

const dtypes = ["float64", "float64", "float64", "float32", "int32", "bool"] as const;

/** Those that dlfs computes in. */
export const ownDType = () => pick<np.DType>("float64", "int32", "bool");

/** An array of this shape, at times a transposed, reversed or stepped view of a larger one. */
export function arrayOf(shape: readonly number[], dtype: np.DType = pick(...dtypes)): NDArray {
  const view = shape.length === 0 ? "plain" : pick("plain", "plain", "transposed", "reversed", "stepped");
  const stored =
    view === "transposed"
      ? [...shape].reverse()
      : view === "stepped"
        ? [...shape.slice(0, -1), 2 * (shape.at(-1) ?? 0)]
        : shape;
  const x = np.zeros(stored, { dtype });
  const make =
    dtype === "int32"
      ? () => below(41) - 20
      : dtype === "bool"
        ? () => below(2)
        : pick(
            () => random.randn(),
            () => random.randn() * 10,
            () => below(9) - 4,
            () => pick(0, -0, 1, -1, 0.5, NaN, Infinity, -Infinity, 1e-300),
          );
  for (let i = 0; i < x.length; i++) x.data[i] = make();
  if (view === "transposed") return np.transpose(x);
  if (view === "reversed") return np.slice(x, "::-1");
  return view === "stepped" ? np.slice(x, ...shape.slice(1).map(() => ":"), "::2") : x;
}

export const randomShape = (low = 0) => Array.from({ length: low + below(5 - low) }, () => pick(0, 1, 2, 3, 4, 5, 7));
export const filledShape = (low = 0) => randomShape(low).map((length) => length || 9);

/** Two shapes that broadcast, but for one pair in twelve. */
export function shapePair(): [number[], number[]] {
  const whole = randomShape();
  const part = () => whole.slice(below(whole.length + 1)).map((length) => (below(4) === 0 ? 1 : length));
  const pair: [number[], number[]] = below(2) === 0 ? [whole, part()] : [part(), part()];
  if (below(12) === 0) pair[1].push(6);
  return pair;
}

/** NumPy computes in float64 what dlfs only stores as float32; the layout, on which sums depend, stays. */
function sent(x: unknown): unknown {
  if (!isArray(x) || x.dtype !== "float32") return x;
  const { data, shape, strides, offset } = x;
  return { dtype: "float64", data, shape, strides, offset };
}

function isArray(x: unknown): x is NDArray {
  return typeof x === "object" && x !== null && "dtype" in x;
}

const ourDType: Record<string, string> = { int64: "int32", intp: "int32" };

function ulpDistance(a: number, b: number): number {
  if (a === b || (Number.isNaN(a) && Number.isNaN(b))) return 0;
  return Math.abs(a - b) / 2 ** (Math.max(-1022, Math.floor(Math.log2(Math.max(Math.abs(a), Math.abs(b))))) - 52);
}

/** Whether a single number is NumPy's; an exact one has the same sign of 0 too. */
function near(ours: number, theirs: number, tolerance: Tolerance): boolean {
  if (Object.is(ours, theirs)) return true;
  if ("relative" in tolerance) return Math.abs(ours - theirs) <= tolerance.relative * Math.abs(theirs);
  return tolerance.ulp > 0 && ulpDistance(ours, theirs) <= tolerance.ulp;
}

/** What is wrong with our value, if anything. */
function fault(
  ours: unknown,
  theirs: NumpyValue,
  tolerance: Tolerance,
  scale: NumpyValue = theirs,
): string | undefined {
  if (typeof theirs !== "object") {
    return near(Number(ours), Number(theirs), tolerance) ? undefined : `${String(ours)} and NumPy's ${theirs}`;
  }
  const expected = theirs as NumpyArray;
  const x = typeof ours === "object" ? np.copy(ours as NDArray) : np.array(Number(ours));
  const dtype = ourDType[expected.dtype] ?? expected.dtype;
  if (np.str(x.shape) !== np.str(expected.shape))
    return `shape ${np.str(x.shape)} and NumPy's ${np.str(expected.shape)}`;
  if (typeof ours === "object" && x.dtype !== dtype) return `${x.dtype} and NumPy's ${expected.dtype}`;
  const sizes = typeof scale === "object" ? [...(scale as NumpyArray).data] : [Number(scale)];
  const largest = sizes.reduce((a, b) => Math.max(a, Math.abs(b) < Infinity ? Math.abs(b) : 0), 0);
  const far = expected.data.findIndex((value, i) => {
    // written with <=, which a nan or an infinity that only one side has does not fulfil
    if ("ulp" in tolerance) return !(ulpDistance(x.data[i], value) <= tolerance.ulp);
    return ulpDistance(x.data[i], value) !== 0 && !(Math.abs(x.data[i] - value) <= tolerance.relative * largest);
  });
  return far < 0 ? undefined : `${x.data[far]} and NumPy's ${expected.data[far]} at ${far}`;
}

/** Fails unless both give the same, or both refuse. */
export type Compare = (
  ours: () => unknown,
  python: string,
  inputs: Record<string, unknown>,
  tolerance?: Tolerance,
) => Promise<void>;

/** Compares with a NumPy that runs until the tests of the file have ended. */
export function comparer(): Compare {
  const numpy = openNumpy();
  test.after(() => numpy.close());
  return (ours, python, inputs, tolerance = exact) => compare(numpy, ours, python, inputs, tolerance);
}

async function scaleOf(
  numpy: Numpy,
  tolerance: Tolerance,
  inputs: Parameters<Numpy>[1],
): Promise<NumpyValue | undefined> {
  return "of" in tolerance && tolerance.of !== undefined ? numpy(tolerance.of, inputs) : undefined;
}

async function compare(
  numpy: Numpy,
  ours: () => unknown,
  python: string,
  inputs: Record<string, unknown>,
  tolerance: Tolerance,
): Promise<void> {
  const given = Object.fromEntries(Object.entries(inputs).map(([name, x]) => [name, sent(x)]));
  const asked = numpy(python, given);
  const [mine, theirs] = await Promise.allSettled([new Promise((done) => done(ours())), asked]);
  const refused = [mine, theirs].map((side) => (side.status === "rejected" ? String(side.reason) : "a value"));
  const wrong =
    mine.status === "fulfilled" && theirs.status === "fulfilled"
      ? fault(mine.value, theirs.value, tolerance, await scaleOf(numpy, tolerance, given))
      : mine.status !== theirs.status
        ? refused.join(" and NumPy ")
        : undefined;
  if (wrong === undefined) return;
  const described = Object.entries(inputs)
    .map(([name, x]) => `${name} = ${x === null ? "None" : np.repr(x as np.Printable)}`)
    .join(", ");
  assert.fail(`${python} with ${described}, seed ${seed}: ${wrong}`);
}
