import assert from "node:assert/strict";
import test from "node:test";
import * as np from "../../lib/src/np";
import type { NDArray } from "../../lib/src/np";
import { seeded } from "../seed";
import { arrayOf, below, comparer, pick, random } from "./fuzz";
import type { Tolerance } from "./fuzz";

const compare = comparer();
const close: Tolerance = { relative: 1e-12, of: "np.matmul(np.abs(a * 1.0), np.abs(b * 1.0))" };

/** An array, or a view of one, of which a share of the elements is 0, and few or none are not finite. */
function mostlyZeros(shape: readonly number[]): NDArray {
  const x = arrayOf(shape),
    share = pick(0.1, 0.3, 0.6),
    odd = pick(false, false, true);
  for (let i = 0; i < x.data.length; i++) {
    if (!Number.isFinite(x.data[i])) x.data[i] = 1;
    if (random.rand() >= share) x.data[i] = pick(0, 0, -0);
    if (odd && x.dtype.startsWith("float") && below(2000) === 0) x.data[i] = pick(NaN, Infinity, -Infinity);
  }
  return x;
}

test(
  seeded("a product with many zeros is NumPy's, also of views, with NaN and infinity, empty, and of one row"),
  async () => {
    for (let round = 0; round < 120; round++) {
      const [m, n] = [pick(0, 1, 2, 30, 100), pick(0, 1, 15, 16, 17, 50)];
      const k = pick(0, 1, 30, 255, 257, 784);
      const a = mostlyZeros([m, k]),
        b = below(4) === 0 ? mostlyZeros([k, n]) : finite([k, n]);
      await compare(() => np.dot(a, b), "np.dot(a, b)", { a, b }, close);
      await compare(() => np.matmul(a, b), "np.matmul(a, b)", { a, b }, close);
    }
  },
);

function finite(shape: readonly number[]): NDArray {
  const x = arrayOf(shape);
  for (let i = 0; i < x.data.length; i++) if (!Number.isFinite(x.data[i])) x.data[i] = 2;
  return x;
}

test(seeded("products with vectors are NumPy's, short and long, by rows and by columns"), async () => {
  for (let round = 0; round < 80; round++) {
    const m = pick(0, 1, 2, 3, 33, 120),
      k = pick(0, 1, 2, 5, 70, 300);
    const a = finite([m, k]),
      row = finite([m]),
      column = finite([k]);
    await compare(() => np.dot(a, column), "np.dot(a, b)", { a, b: column }, close);
    await compare(() => np.dot(row, a), "np.dot(a, b)", { a: row, b: a }, close);
    await compare(() => np.dot(column, np.transpose(a)), "np.dot(a, b)", { a: column, b: np.transpose(a) }, close);
  }
});

test("0 times what is not finite shows, though nearly all of the first operand is 0", () => {
  const x = np.zeros([50, 400]),
    w = np.ones([400, 20]);
  np.set(x, [3, 5], 1);
  for (const value of [NaN, Infinity, -Infinity]) {
    np.set(w, [7, 2], value);
    const product = np.dot(x, w);
    assert.equal(np.sum(np.isnan(product)), 50);
    assert.ok(np.arrayEqual(np.isnan(np.slice(product, ":", 2)), np.ones(50, { dtype: "bool" })));
  }
});
