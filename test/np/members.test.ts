import assert from "node:assert/strict";
import test from "node:test";
import { format } from "node:util";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { openNumpy } from "../numpy";
import { seed, seeded } from "../seed";
import { below, pick, random } from "./fuzz";

const numpy = openNumpy();
test.after(() => numpy.close());

/** An array of any dtype and of up to three axes, at times a view. */
function some(): NDArray {
  const shape = Array.from({ length: below(4) }, () => pick(0, 1, 2, 3, 5));
  const x = np.array(np.multiply(random.randn(...(shape.length > 0 ? shape : [1])), 10), {
    dtype: pick<np.DType>("float64", "int32", "bool"),
  });
  const own = np.reshape(x, shape);
  return shape.length > 0 && below(3) === 0 ? np.slice(np.transpose(own), "::-1") : own;
}

/** Every way in which JavaScript makes text of a value. */
const texts: Readonly<Record<string, (value: object) => string>> = {
  "a template": (value) => `${value as unknown as string}`,
  "+ and a text": (value) => "" + (value as unknown as string),
  String: (value) => String(value),
  toString: (value: object) => value.toString(),
  "concat of a text": (value) => "".concat(value as unknown as string),
  "join of a list": (value) => [value].join(),
  "%s": (value) => format("%s", value),
  "console.log": (value) => format(value),
};

test(seeded("every text of an array or of its shape is the one that Python prints"), async () => {
  for (let i = 0; i < 200; i++) {
    const x = some();
    const [array, shape] = (await numpy("[str(x), str(x.shape)]", { x })) as [string, string];
    for (const [name, textOf] of Object.entries(texts)) {
      assert.equal(textOf(x), array, `${name}, array ${i} of seed ${seed}`);
      assert.equal(textOf(np.shape(x)), shape, `${name}, shape ${i} of seed ${seed}`);
    }
  }
});

test(seeded("tolist, JSON, iteration, T, size and ndim give what NumPy's give"), async () => {
  for (let i = 0; i < 200; i++) {
    const x = some();
    const said = `array ${i} of seed ${seed}`;
    const lists = await numpy("x.tolist()", { x });
    assert.deepEqual(x.tolist(), lists, said);
    assert.deepEqual(JSON.parse(JSON.stringify(x)), JSON.parse(JSON.stringify(lists)), said);
    assert.deepEqual([x.size, x.ndim], await numpy("[x.size, x.ndim]", { x }), said);
    assert.equal(np.repr(x.T), await numpy("repr(x.T)", { x }), said);
    if (x.ndims === 0) continue;
    const parts = [...x].map((part) => np.repr(part));
    const theirs = (await numpy("[repr(part.item() if part.ndim == 0 else part) for part in x]", { x })) as string[];
    const whole = x.ndims === 1 && x.dtype === "int32";
    assert.deepEqual(whole ? parts.map((part) => part.replace(".0", "")) : parts, theirs, said);
  }
});

test("rows that iteration gives are views; destructuring, Array.from and Math.max take numbers", () => {
  const x = np.array([
    [1, 2],
    [3, 4],
  ]);
  for (const row of x) np.multiply(row, 2, { out: row as NDArray<"float64"> });
  assert.deepEqual(x.tolist(), [
    [2, 4],
    [6, 8],
  ]);
  const [first, second] = np.array([5, 7]);
  assert.equal(first + second, 12);
  assert.deepEqual(
    Array.from(np.arange(3), (v) => 2 * v),
    [0, 2, 4],
  );
  assert.equal(Math.max(...np.array([3, 9, 4])), 9);
  assert.deepEqual([...np.less([1, 3], 2)], [true, false]);
  assert.throws(() => [...np.array(5)], TypeError);
});

test("an element of truths is true or false, as are their extremes", () => {
  const mask = np.array([true, false]);
  assert.deepEqual([np.at(mask, 0), np.max(mask), np.min(mask)], [true, true, false]);
  assert.deepEqual([np.add(true, true), np.multiply(true, false), np.maximum(true, false)], [true, false, true]);
});

type Operator = (x: never) => unknown;
const arithmetic: Readonly<Record<string, Operator>> = {
  "x - 1": (x) => x - 1,
  "x * 2": (x) => x * 2,
  "x / 2": (x) => x / 2,
  "x % 2": (x) => x % 2,
  "x ** 2": (x) => x ** 2,
  "-x": (x) => -x,
  "+x": (x) => +x,
  "~x": (x) => ~x,
  "x | 0": (x) => x | 0,
  "x < 1": (x) => x < 1,
  "x >= x": (x) => x >= x,
  "Math.exp(x)": (x) => Math.exp(x),
  "Math.sqrt(-x)": (x) => Math.sqrt(-x),
  "Number(x)": (x) => Number(x),
  "isNaN(x)": (x) => isNaN(x),
};

for (const [name, operation] of Object.entries(arithmetic)) {
  test(`${name} of an array or a tuple throws, and says what to write`, () => {
    assert.throws(() => operation(np.array([1, 2]) as never), {
      name: "TypeError",
      message: /^ndarray: .*np\.multiply/,
    });
    assert.throws(() => operation(np.array(1) as never), { name: "TypeError", message: /np\.at\(x/ });
    assert.throws(() => operation(np.shape([1, 2]) as never), { name: "TypeError", message: /^tuple: / });
  });
}

test("brackets throw where an element is meant, read or written, and the array stays as it is", () => {
  const x = np.array([1, 2, 3]);
  for (const index of [0, 2, 999, -1, -10]) {
    assert.throws(() => x[index], { name: "TypeError", message: new RegExp(`^ndarray: x\\[${index}\\].*np\\.at`) });
    assert.throws(
      () => {
        x[index] = 5 as never;
      },
      { name: "TypeError", message: /np\.set\(x, \[/ },
    );
  }
  assert.deepEqual(x.tolist(), [1, 2, 3]);
  assert.deepEqual(
    Object.keys(x).filter((key) => /^-?\d/.test(key)),
    [],
  );
});

test("who looks at the prototype of arrays is not disturbed", () => {
  const prototype = Object.getPrototypeOf(np.zeros(1)) as Record<string, unknown>;
  assert.equal(prototype["0"], undefined);
});
