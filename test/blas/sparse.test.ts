import test from "node:test";
import assert from "node:assert/strict";
import { compressRows, type Real } from "../../lib/src/blas";
import { RandomState } from "../../lib/src/random";
import { withArena, type Arena } from "../../lib/src/wasm/arena";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");
const stream = new RandomState(3);
const uniform = () => stream.rand();

function compressAndExpand(
  arena: Arena,
  rows: number,
  columns: number,
  data: Real,
  step1: number,
  step2: number,
  offset: number,
) {
  const sparse = compressRows(arena, rows, columns, { data, step1, step2, offset });
  if (!sparse) return undefined;
  const starts = arena.ints(sparse.starts, rows + 1);
  const table = arena.doubles(sparse.table, 256);
  const full = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (const entry of arena.ints(starts[row], (starts[row + 1] - starts[row]) / 4))
      full[row * columns + (entry >>> 8)] = table[entry & 255];
  }
  return full;
}

function sparseBytes(length: number, share: number): Uint8Array {
  return Uint8Array.from({ length }, () => (uniform() < share ? Math.floor(256 * uniform()) : 0));
}

test("a sparse matrix comes back as it was, whatever it is stored as and however it is strided", () => {
  const rows = 501,
    columns = 300;
  const bytes = sparseBytes(2 * rows * columns + 5, 0.3);
  const stored: Real[] = [
    bytes,
    Float64Array.from(bytes),
    Float32Array.from(bytes, (byte) => byte / 255),
    Int32Array.from(bytes, (byte) => -byte),
    // values of which several have the same usual code, which is round(255 * value) mod 256
    Float32Array.from(bytes, (byte) => byte && (byte - 128) / 1000),
    Float64Array.from(bytes, (byte) => (byte % 50) * 256),
  ];
  for (const data of stored) {
    for (const [step1, step2, offset] of [
      [columns, 1, 0],
      [1, rows, 3],
      [2 * columns, 2, 1],
      [-columns, 1, (rows - 1) * columns],
    ]) {
      withArena((arena) => {
        const wanted = Float64Array.from(
          { length: rows * columns },
          (_, i) => data[offset + Math.floor(i / columns) * step1 + (i % columns) * step2],
        );
        // -0 is left out as a 0
        assert.deepEqual(
          compressAndExpand(arena, rows, columns, data, step1, step2, offset),
          wanted.map((value) => value + 0),
        );
      }, unavailable);
    }
  }
});

test("all 256 values of bytes fit, a 257th or too few zeros make it dense, and nothing stays behind", () => {
  const columns = 1000;
  const values = Float64Array.from({ length: 4 * columns }, (_, i) => (i < 256 ? i + 1 : 0));
  withArena((arena) => {
    assert.deepEqual(compressAndExpand(arena, 4, columns, values, columns, 1, 0), values);
    values[3000] = 257;
    const place = arena.allocate(0);
    assert.equal(compressRows(arena, 4, columns, { data: values, step1: columns, step2: 1, offset: 0 }), undefined);
    assert.equal(
      compressRows(arena, 4, columns, { data: values.fill(1), step1: columns, step2: 1, offset: 0 }),
      undefined,
    );
    assert.equal(arena.allocate(0), place);
  }, unavailable);
});

test("NaN and infinity are values like others", () => {
  const values = Float64Array.of(NaN, 0, 0, Infinity, 0, 0, 0, -Infinity);
  withArena((arena) => assert.deepEqual(compressAndExpand(arena, 2, 4, values, 4, 1, 0), values), unavailable);
});
