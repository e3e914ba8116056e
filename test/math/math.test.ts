import assert from "node:assert/strict";
import test from "node:test";
import * as math from "../../lib/src/math";
import { DIGESTS, digests, points } from "./digests";

const x = points(200_000);
const special = Float64Array.of(
  ...[0, -0, 1, -1, NaN, Infinity, -Infinity, 5e-324, 2.2250738585072014e-308, 1.7976931348623157e308],
  ...[-745.1332191019411, -745.1332191019412, -744.8, -708.5, 708, 709.5, 709.782712893384, 709.7827128933841],
  ...[0.34657359027997264, -0.34657359027997264, 1.0397207708399179, 2 ** -28, 2 ** -54, 22, -22, Math.SQRT2, 2, 0.5],
  ...[1 + 2 ** -52, 1 - 2 ** -53, 2 * (1 + 2 ** -21), 3e-320],
);

function joined(a: Float64Array, b: Float64Array): Float64Array {
  const all = new Float64Array(a.length + b.length);
  all.set(a);
  all.set(b, a.length);
  return all;
}

test("each function has the same bits as on every other engine", () => assert.deepEqual(digests(), DIGESTS));

const ofEngine = {
  exp: Math.exp,
  expm1: Math.expm1,
  log: Math.log,
  log1p: Math.log1p,
  log2: Math.log2,
  tanh: Math.tanh,
};

for (const [name, f] of Object.entries(ofEngine) as [keyof typeof ofEngine, (x: number) => number][]) {
  test(`${name} has the bits of Node's Math.${name}`, () => {
    const all = joined(special, x);
    // Object.is, because the bits of a NaN are nobody's business
    const other = all.find((value) => !Object.is(math[name](value), f(value)));
    assert.equal(other, undefined);
  });
}

for (const name of ["exp", "log", "tanh"] as const) {
  test(`${name} of many doubles has the bits of ${name} of each, whatever the strides`, () => {
    const all = joined(special, x.subarray(0, 40_000));
    for (const [count, p, sa, sc] of [
      [all.length, 0, 1, 1],
      [special.length, 0, 1, 1],
      [101, 3, 2, 3],
      [33, 99, -3, 1],
      [50, 7, 0, 1],
      [5, 0, 1, 1],
    ]) {
      const values = new Float64Array(count * sc + 2).fill(7),
        expected = values.slice();
      math.mapDoubles(math[name], name, count, all, p, sa, values, 1, sc);
      for (let i = 0; i < count; i++) expected[1 + i * sc] = math[name](all[p + i * sa]);
      assert.equal(
        values.findIndex((value, i) => !Object.is(value, expected[i])),
        -1,
      );
    }
  });
}

/** Whether two values are the same, or agree to 15 digits. */
const agree = (a: number, b: number): boolean =>
  Object.is(a, b) || (Number.isFinite(b) && Math.abs(a - b) <= 4e-15 * Math.abs(b) + 1e-323);

test("zeros, infinities, NaN and huge or tiny numbers give what Math's functions give", () => {
  const awkward = [
    ...special,
    2 ** 53,
    2 ** 53 + 2,
    -(2 ** 53),
    3,
    -3,
    0.4,
    -0.4,
    1e300,
    -1e300,
    1e-300,
    -1e-300,
    1023,
  ];
  for (const name of ["cos", "expm1", "log", "log10", "log1p", "log2", "sin"] as const)
    for (const a of awkward) assert.ok(agree(math[name](a), Math[name](a)), `${name}(${a}) is ${math[name](a)}`);
  for (const name of ["atan2", "hypot", "pow"] as const)
    for (const a of awkward)
      for (const b of awkward)
        assert.ok(agree(math[name](a, b), Math[name](a, b)), `${name}(${a}, ${b}) is ${math[name](a, b)}`);
});
