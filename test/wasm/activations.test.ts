import test from "node:test";
import assert from "node:assert/strict";
import { withArena } from "../../lib/src/wasm/arena";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");

/** What sigmoid makes of some numbers; e^-x is 1 / sigmoid - 1, so that this shows the exponential too. */
function sigmoids(values: Float64Array): Float64Array {
  return withArena((arena) => {
    const place = arena.allocate(8 * values.length + 8);
    const numbers = arena.doubles(place, values.length);
    numbers.set(values);
    arena.routines.sigmoid(place, values.length);
    return numbers.slice();
  }, unavailable);
}

function softmaxRows(rows: number[][]): number[][] {
  return withArena((arena) => {
    const classes = rows[0].length,
      stride = 16 * Math.ceil(classes / 2);
    const place = arena.allocate(rows.length * stride);
    const row = (i: number) => arena.doubles(place + i * stride, classes);
    rows.forEach((values, i) => row(i).set(values));
    arena.routines.softmax(place, rows.length, classes, stride);
    return rows.map((_, i) => [...row(i)]);
  }, unavailable);
}

test("sigmoid is within a few units of the last place of 1 / (1 + exp(-x)), from one end to the other", () => {
  const values = Float64Array.from({ length: 20001 }, (_, i) => (i - 10000) * 0.07);
  sigmoids(values).forEach((value, i) => {
    const wanted = 1 / (1 + Math.exp(-values[i]));
    assert.ok(Math.abs(value - wanted) <= 6e-16 * wanted, `${values[i]}: ${value}, not ${wanted}`);
  });
});

test("sigmoid ends at 1 and nearly at 0, and keeps NaN", () => {
  const [low, high, nan] = sigmoids(Float64Array.of(-1e308, 1e308, NaN));
  assert.ok(low >= 0 && low < 1e-300);
  assert.equal(high, 1);
  assert.ok(Number.isNaN(nan));
  // low bits of a NaN must not end in the exponent, where they would make a number of it
  for (const bits of [0x7ff8000000000fffn, 0xfff8000000000801n, 0x7ff800000000034cn]) {
    assert.ok(Number.isNaN(sigmoids(new Float64Array(BigUint64Array.of(bits).buffer))[0]), bits.toString(16));
  }
  assert.equal(sigmoids(Float64Array.of(0))[0], 0.5);
});

test("softmax's rows are e^y / sum e^y for odd and even numbers of classes, without overflow", () => {
  for (const classes of [1, 2, 3, 10, 11]) {
    const rows = [0, 1, 700, -5000].map((shift) =>
      Array.from({ length: classes }, (_, k) => shift + Math.sin(k * 7) * 9),
    );
    softmaxRows(rows).forEach((row, i) => {
      const most = Math.max(...rows[i]);
      const sum = rows[i].reduce((total, y) => total + Math.exp(y - most), 0);
      row.forEach((p, k) => {
        const wanted = Math.exp(rows[i][k] - most) / sum;
        assert.ok(Math.abs(p - wanted) <= 2e-15 * wanted, `${classes} classes: ${p}, not ${wanted}`);
      });
    });
  }
});
