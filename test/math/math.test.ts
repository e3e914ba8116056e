import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import * as math from "../../lib/src/math";

/** The same points on every machine: a linear congruential generator, scaled in four ways. */
function points(count: number): Float64Array {
  let state = 12345;
  const uniform = (): number => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  return Float64Array.from({ length: count }, (_, i) => {
    const x = (uniform() + uniform() / 2 ** 32) * 2 - 1;
    return [x, x * 10, x * 750, x * 2 ** Math.floor(uniform() * 80 - 40)][i % 4];
  });
}

const COUNT = 200_000;
const x = points(COUNT);
const positive = x.map(Math.abs);
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

const digest = (values: Float64Array): string =>
  createHash("sha256")
    .update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength))
    .digest("hex")
    .slice(0, 16);

const of = (f: (x: number) => number, values = x): Float64Array => values.map((value) => f(value));

/** What each function gives for all points. Any engine must give the same bits. */
const DIGESTS: [string, Float64Array, string][] = [
  ["exp", of(math.exp), "88e7ac2e1ab9538d"],
  ["log", of(math.log, positive), "d8da6c9345da32f2"],
  ["tanh", of(math.tanh), "34857d1248e2d543"],
  ["expm1", of(math.expm1), "11effe59bf76a565"],
  ["log1p", of(math.log1p, positive), "12719643d8bb0bb2"],
  ["log2", of(math.log2, positive), "0b19c667b69eb857"],
  ["log10", of(math.log10, positive), "2987bb8312e9bddd"],
  ["sin", of(math.sin), "119ff291a452b893"],
  ["cos", of(math.cos), "6775d02042eb2066"],
  ["atan2", x.map((y, i) => math.atan2(y, x[(i * 7) % COUNT])), "06f56ccbd1750ac6"],
  ["hypot", x.map((a, i) => math.hypot(a, x[(i * 7) % COUNT])), "8da98f91dc1522e6"],
  ["pow", positive.map((base, i) => math.pow(base, x[(i * 7) % COUNT] % 20)), "6690999e0bdc1494"],
];

for (const [name, values, expected] of DIGESTS) {
  test(`${name} has the same bits as on every other engine`, () => assert.equal(digest(values), expected));
}

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
  for (const name of ["atan2", "pow"] as const)
    for (const a of awkward)
      for (const b of awkward)
        assert.ok(agree(math[name](a, b), Math[name](a, b)), `${name}(${a}, ${b}) is ${math[name](a, b)}`);
});
