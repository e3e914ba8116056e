import test from "node:test";
import assert from "node:assert/strict";
import ndarray from "@stdlib/ndarray/base/ctor";
import { format, inspect } from "node:util";
import * as np from "../../lib/src/np/index";
import { Float, openNumpy } from "../numpy";
import { seed, seeded } from "../seed";
import { below, pick, random } from "./fuzz";

const numpy = openNumpy();
test.after(() => numpy.close());

test("plain numbers are Python's floats, a list is all ints or all floats, a tuple's items stand for themselves", () => {
  assert.equal(np.str(25), "25.0");
  assert.equal(np.str(25, { dtype: "int32" }), "25");
  assert.equal(np.repr([1, [2, 3]]), "[1, [2, 3]]");
  assert.equal(np.repr([1, [2.5, 3]]), "[1.0, [2.5, 3.0]]");
  assert.equal(np.repr(np.tuple(784, 0.1)), "(784, 0.1)");
  assert.equal(np.str("it's"), "it's");
  assert.equal(np.repr("it's"), `"it's"`);
  assert.equal(np.repr(null), "None");
});

test("print options that make no sense are refused by name", () => {
  const message = "setPrintOptions: precision = -1: wanted a whole number from 0";
  assert.throws(() => np.setPrintOptions({ precision: -1 }), new RangeError(message));
  assert.throws(() => np.setPrintOptions({ sign: "x" as "+" }), RangeError);
  assert.throws(() => np.setPrintOptions({ digits: 3 } as Partial<np.PrintOptions>), TypeError);
  assert.throws(() => np.str({} as unknown as string), TypeError);
});

test("@stdlib's arrays of other dtypes print as before", () => {
  const bytes = new ndarray("uint8", Uint8Array.of(1, 2), [2], [1], 0, "row-major");
  assert.match(inspect(bytes), /^ndarray\( 'uint8'/);
});

test("console.log writes str, a list repr, and a last expression shows repr", () => {
  const x = np.array([0.5, 1]);
  assert.equal(inspect(x), "[0.5 1. ]");
  assert.equal(inspect([x]), "[ array([0.5, 1. ]) ]");
  assert.equal(inspect(np.shape(x)), "(2,)");
  assert.equal(format("x =", x), "x = [0.5 1. ]");
  const display = (value: object) => (value as Record<symbol, () => unknown>)[Symbol.for("Jupyter.display")]();
  assert.deepEqual(display(x), { "text/plain": "array([0.5, 1. ])" });
  assert.deepEqual(display(np.shape(x)), { "text/plain": "(2,)" });
});

function randomShape(): number[] {
  const ndims = below(5);
  const shape = Array.from({ length: ndims }, () => (below(12) === 0 ? 0 : 1 + below(ndims > 2 ? 4 : 7)));
  if (below(20) === 0)
    return pick([1001], [1200], [40, 40], [500, 3], [3, 500], [12, 10, 11], [7, 8, 6, 5], [1000], [2, 501]);
  return shape;
}

/** One kind of value an array, so that every rule of the form is met: large, small, mixed, round, awkward. */
function valueMaker(): () => number {
  const special = pick(
    [],
    [],
    [NaN],
    [Infinity, -Infinity],
    [NaN, Infinity, -Infinity, -0],
    [-0],
    [5e-324, 2.2e-308],
    [1.7976931348623157e308, -1e300],
  );
  const scale = 10 ** (below(40) - 20);
  const base = pick(
    () => random.randn(),
    () => random.randn() * scale,
    () => random.randn() * 10 ** (below(13) - 6),
    () => below(2000) - 1000,
    () => (below(2000) - 1000) / 8,
    () => (below(200) - 100) * 1e6,
    () => below(10) / 10,
    () => (below(2 ** 20) + 0.5) / 2 ** below(14),
    () => 10 ** (below(30) - 15),
    () => 2 ** (below(200) - 100),
    () => below(3) - 1,
    () => random.rand(),
    () => below(10) * 1e-9,
    () => Math.round(random.rand() * 1e4) / 1e4,
    () => new Float64Array(Uint32Array.of(random.randint(0, 2 ** 32), random.randint(0, 2 ** 32)).buffer)[0],
  );
  return () => (special.length > 0 && below(4) === 0 ? pick(...special) : base());
}

function randomArray(): np.NDArray {
  const shape = randomShape();
  const dtype = pick<np.DType>("float64", "float64", "float64", "float32", "int32", "bool");
  const make =
    dtype === "int32"
      ? pick(
          () => below(10),
          () => random.randint(-(2 ** 31), 2 ** 31),
          () => below(2000) - 1000,
        )
      : dtype === "bool"
        ? () => below(2)
        : valueMaker();
  const x = np.zeros(shape, { dtype });
  for (let i = 0; i < x.length; i++) x.data[i] = make();
  const turned = below(4) === 0 ? np.transpose(x) : x;
  return turned.ndims > 0 && below(4) === 0 ? np.slice(turned, "::-1") : turned;
}

const changes: readonly Partial<np.PrintOptions>[] = [
  {},
  {},
  {},
  { precision: 3 },
  { precision: 0 },
  { precision: 17 },
  { suppress: true },
  { suppress: true, precision: 4 },
  { linewidth: 40 },
  { linewidth: 20, precision: 2 },
  { threshold: 5, edgeitems: 1 },
  { threshold: 20, edgeitems: 2, linewidth: 50 },
  { threshold: 0 },
  { threshold: 5, edgeitems: 0 },
  { linewidth: 200 },
  { sign: "+" },
  { sign: " " },
  { floatmode: "fixed", precision: 5 },
  { floatmode: "unique" },
  { floatmode: "maxprec_equal", precision: 6 },
  { nanstr: "missing", infstr: "∞" },
];

test(seeded("5,000 random arrays print as NumPy prints them"), async () => {
  const defaults = np.getPrintOptions();
  const compared: Promise<void>[] = [];
  for (let i = 0; i < 5000; i++) {
    const options = { ...defaults, ...pick(...changes) };
    const x = randomArray();
    np.setPrintOptions(options);
    const ours = [np.str(x), np.repr(x)];
    np.setPrintOptions(defaults);
    const title = `array ${i} of seed ${seed}, ${x.dtype} of shape ${np.str(np.shape(x))}, ${JSON.stringify(options)}`;
    const theirs = numpy("with np.printoptions(**options):\n  texts = [str(x), repr(x)]\ntexts", { x, options });
    compared.push(theirs.then((texts) => assert.deepEqual(ours, texts, title)));
  }
  await Promise.all(compared);
});

/** Random lists and tuples of what `leaf` makes. */
function nested(leaf: () => unknown, depth: number): unknown {
  if (depth === 0 || below(3) === 0) return leaf();
  const items = Array.from({ length: below(4) }, () => nested(leaf, depth - 1));
  return below(2) === 0 ? items : np.tuple(...items);
}

/** The same with each number as Python's float. */
function floats(value: unknown): unknown {
  if (typeof value === "number") return new Float(value);
  if (!Array.isArray(value)) return value;
  return value.constructor === np.shape(0).constructor ? np.tuple(...value.map(floats)) : value.map(floats);
}

const strings = ["a", "it's", 'say "x"', "both ' and \"", "tab\t\n\\", "日本語", "\u00a0\u200b", ""];

test(seeded("1,000 random numbers, tuples and nested lists print as Python's floats"), async () => {
  const number = () => valueMaker()();
  const leaf = () =>
    pick<() => unknown>(
      number,
      number,
      () => below(2) === 0,
      () => pick(...strings),
      () => np.array([0.5, 1]),
    )();
  for (let i = 0; i < 1000; i++) {
    const value = nested(leaf, 3) as np.Printable;
    const theirs = await numpy("[str(v), repr(v)]", { v: floats(value) });
    const ours = [np.str(value, { dtype: "float64" }), np.repr(value, { dtype: "float64" })];
    assert.deepEqual(ours, theirs, `value ${i} of seed ${seed}`);
  }
});

test(seeded("1,000 random tuples and nested lists of whole numbers print as Python's ints"), async () => {
  const leaf = () =>
    pick<() => unknown>(
      () => below(2000) - 1000,
      () => below(10),
      () => below(2) === 0,
      () => pick(...strings),
    )();
  for (let i = 0; i < 1000; i++) {
    const value = [nested(leaf, 3)] as np.Printable;
    assert.deepEqual(
      [np.str(value), np.repr(value)],
      await numpy("[str(v), repr(v)]", { v: value }),
      `value ${i} of seed ${seed}`,
    );
  }
});

test("array2string takes NumPy's options for one call", async () => {
  const x = np.array([
    [1 / 3, 1e-7],
    [100, NaN],
  ]);
  const options = { precision: 3, suppressSmall: true, separator: ";", prefix: "a = ", suffix: "!", maxLineWidth: 20 };
  const theirs = await numpy(
    "np.array2string(x, precision=3, suppress_small=True, separator=';', prefix='a = ', suffix='!', max_line_width=20)",
    { x },
  );
  assert.equal(np.array2string(x, options), theirs);
  assert.equal(np.array2string(x, { ...options, suppressSmall: undefined, suppress: true }), theirs);
});

test("a list that contains itself is written as Python writes it", async () => {
  const list: unknown[] = [1, 0.5];
  list.push(list, [list]);
  const theirs = await numpy("a = [1.0, 0.5]\na += [a, [a]]\n[str(a), repr(a)]");
  assert.deepEqual([np.str(list as np.Printable), np.repr(list as np.Printable)], theirs);
});
