import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import type { Index } from "../../lib/src/np/fancy";
import type { SliceIndex } from "../../lib/src/np/slice";
import { seeded } from "../seed";
import { arrayOf, below, comparer, ownDType, pick, random, randomShape } from "./fuzz";

const compare = comparer();

/** One index: what our functions take, what Python writes, how many axes it covers, and whether it is an array. */
interface Part {
  readonly ours: Index;
  readonly python: string;
  readonly axes: number;
  readonly array: boolean;
}

type Inputs = Record<string, unknown>;

const sizeOf = (shape: readonly number[]) => shape.reduce((product, length) => product * length, 1);

const number = (length: number): Part => {
  const index = below(length + 1) - (below(2) === 0 ? length : 0);
  return { ours: index, python: String(index), axes: 1, array: false };
};

const range = (): Part => {
  const bound = () => (below(2) === 0 ? "" : String(below(9) - 4));
  const text = `${bound()}:${bound()}${pick("", "", ":2", ":-1")}`;
  return { ours: text, python: text, axes: 1, array: false };
};

/** Different places along an axis: the order in which NumPy writes one element twice is its own. */
const places = (length: number, inputs: Inputs): Part => {
  const order = random.permutation(length);
  const fitting = [[], [1], [2], [2, 1], [1, 2], [0]].filter((shape) => sizeOf(shape) <= length);
  const shape = pick(...fitting);
  const chosen = np.array(np.reshape(np.slice(order, `:${sizeOf(shape)}`), shape));
  if (below(3) === 0) chosen.data.forEach((place, k) => (chosen.data[k] = place - length));
  if (below(20) === 0 && chosen.length > 0) chosen.data[0] = length;
  if (below(4) === 0 && chosen.ndims === 1 && chosen.length > 0) {
    return { ours: [...chosen.data], python: `[${chosen.data.join(", ")}]`, axes: 1, array: true };
  }
  return { ours: chosen, python: named(chosen, inputs), axes: 1, array: true };
};

const mask = (lengths: readonly number[], inputs: Inputs): Part => {
  // NumPy takes a mask of length 0 for an axis of any length, which we refuse
  if (lengths.includes(0)) return range();
  const wrong = below(15) === 0;
  const chosen = np.greater(arrayOf(wrong ? [...lengths, 2] : lengths, "float64"), 0);
  return { ours: chosen, python: named(chosen, inputs), axes: lengths.length, array: true };
};

const truth = (): Part => {
  const value = below(2) === 0;
  return { ours: below(2) === 0 ? value : np.array(value), python: value ? "True" : "False", axes: 0, array: true };
};

function named(value: NDArray, inputs: Inputs): string {
  const name = `i${Object.keys(inputs).length}`;
  inputs[name] = value;
  return name;
}

/** Indices of all kinds for the axes of x, in any order; at times too many. */
function someIndices(x: NDArray, inputs: Inputs): Part[] {
  const parts: Part[] = [];
  let ellipsis = false;
  for (let axis = 0; axis < x.ndims + (below(25) === 0 ? 1 : 0);) {
    const rest = x.shape.slice(axis);
    const part = pick<() => Part>(
      () => number(rest[0] ?? 1),
      range,
      range,
      () => places(rest[0] ?? 1, inputs),
      () => places(rest[0] ?? 1, inputs),
      () => mask(rest.slice(0, 1 + below(2)), inputs),
      () => ({ ours: np.newaxis, python: "None", axes: 0, array: false }),
    )();
    parts.push(part);
    axis += part.axes;
    if (below(12) === 0) parts.push(truth());
    if (!ellipsis && below(6) === 0) {
      ellipsis = true;
      parts.push({ ours: "...", python: "...", axes: 0, array: false });
      axis += below(2);
    } else if (below(6) === 0) break;
  }
  // numbers alone must name every axis
  if (parts.every(({ ours }) => typeof ours === "number"))
    parts.push({ ours: ":", python: ":", axes: 1, array: false });
  return parts;
}

const pythonOf = (parts: readonly Part[]): string => `x[${parts.map(({ python }) => python).join(", ")}${","}]`;
const oursOf = (parts: readonly Part[]): Index[] => parts.map(({ ours }) => ours);

test(seeded("numbers, slices, new axes, index arrays and masks stand beside each other in any order"), async () => {
  for (let i = 0; i < 500; i++) {
    const x = arrayOf(randomShape(1), ownDType());
    const inputs: Inputs = {};
    const parts = someIndices(x, inputs);
    const python = `np.array(${pythonOf(parts)})`;
    await compare(() => np.at(x, ...oursOf(parts)), python, { x, ...inputs });
    if (parts.some(({ array }) => array)) continue;
    await compare(() => np.slice(x, ...(oursOf(parts) as SliceIndex[])), python, { x });
  }
});

test(seeded("values are set where numbers, slices, new axes, index arrays and masks point"), async () => {
  for (let i = 0; i < 500; i++) {
    const x = arrayOf(randomShape(1), ownDType());
    const inputs: Inputs = {};
    const parts = someIndices(x, inputs);
    const value = someValue(x, parts);
    const changed = np.copy(x);
    await compare(
      () => {
        np.set(changed, oursOf(parts), value);
        return changed;
      },
      `${pythonOf(parts)} = np.array(value)\nx`,
      { x, value, ...inputs },
    );
  }
});

/** One value, or an array that broadcasts to the part that the indices name, but for one in ten. */
function someValue(x: NDArray, parts: readonly Part[]): number | NDArray {
  if (below(3) === 0) return pick(7, 0.75, -2.5);
  let shape: readonly number[] = [];
  try {
    shape = np.shape(np.at(x, ...oursOf(parts)));
  } catch {
    // both refuse it
  }
  const part = shape.slice(below(shape.length + 1)).map((length) => (below(4) === 0 ? 1 : length));
  return arrayOf(below(10) === 0 ? [...part, 3] : part, "int32");
}

test("a mask counts from the axis at which it stands", () => {
  const x = np.array([
    [1, 2, 3],
    [4, 5, 6],
  ]);
  assert.equal(np.repr(np.at(x, 1, [true, false, true])), "array([4., 6.])");
  assert.throws(() => np.at(x, 1, [true, false]), RangeError);
  assert.throws(() => np.set(x, [1, [true, false]], 9), RangeError);
  np.set(x, [":", [true, false, true]], 0);
  assert.deepEqual(x.tolist(), [
    [0, 2, 0],
    [0, 5, 0],
  ]);
});

test("a single boolean is an index of its own: all of the array or nothing of it, along a new axis", () => {
  const x = np.arange(3);
  assert.deepEqual(np.shape(np.at(x, true)), np.tuple(1, 3));
  assert.deepEqual(np.shape(np.at(x, np.array(false))), np.tuple(0, 3));
  np.set(x, [[true, false, true]], 9);
  assert.deepEqual(x.tolist(), [9, 1, 9]);
});

test("where of a condition alone gives the indices of what is not 0", async () => {
  for (let i = 0; i < 100; i++) {
    const x = arrayOf(randomShape(1), ownDType());
    const found = np.where(x);
    await compare(() => found.length, "len(np.where(x))", { x });
    for (const [axis, indices] of found.entries()) await compare(() => indices, `np.where(x)[${axis}]`, { x });
    await compare(() => np.at(x, ...found), "x[np.where(x)]", { x });
  }
});
