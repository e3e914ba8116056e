import assert from "node:assert/strict";
import test from "node:test";
import { dgemm, type Real, type Transpose } from "../../lib/src/blas";
import { RandomState } from "../../lib/src/random";
import { idleArena, withArena, type Arena } from "../../lib/src/wasm/arena";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");
const stream = new RandomState(5);
const normal = (length: number) => stream.randn(length).data;

/** Normal values of which `share` are left, in runs; of the zeros one in three is -0. */
function sparse(length: number, share: number): Float64Array {
  const values = normal(length);
  for (let i = 0; i < length; i++) {
    if (stream.rand() >= share) values[i] = stream.rand() < 1 / 3 ? -0 : 0;
  }
  return values;
}

/** Sizes with each remainder of eight and of the parts of 13 vectors, and more than one block of 256 products. */
const sizes: readonly (readonly [M: number, N: number, K: number])[] = [
  [1, 16, 2100],
  [5, 17, 8],
  [7, 50, 100],
  [64, 25, 300],
  [100, 50, 784],
  [13, 60, 511],
  [9, 27, 513],
  [31, 1, 65],
];

interface Operands {
  readonly a: Float64Array;
  readonly b: Float64Array;
  readonly c: Float64Array;
  readonly ofA: Transpose;
  readonly ofB: Transpose;
}

/** C by the routine of this name, called in an arena: A and B may lie in rows or in columns. */
function inArena(
  name: "dgemm" | "skipZeros",
  M: number,
  N: number,
  K: number,
  alpha: number,
  beta: number,
  o: Operands,
) {
  const run = (arena: Arena) => {
    const { routines } = arena,
      ldc = N + (N & 1);
    const place = (values: Float64Array) => {
      const pointer = arena.allocate(8 * values.length + 8);
      arena.doubles(pointer, values.length).set(values);
      return pointer;
    };
    const a = place(o.a),
      b = place(o.b),
      c = arena.allocate(8 * M * ldc);
    for (let i = 0; i < M; i++) arena.doubles(c + 8 * i * ldc, N).set(o.c.subarray(i * N, (i + 1) * N));
    const [rowA, columnA] = o.ofA === "transpose" ? [8, 8 * M] : [8 * K, 8];
    const [rowB, columnB] = o.ofB === "transpose" ? [8, 8 * K] : [8 * N, 8];
    const scratch = name === "dgemm" ? routines.dgemmScratchBytes(N) : routines.skipZerosScratchBytes(M, N, K);
    routines[name](M, N, K, alpha, a, rowA, columnA, b, rowB, columnB, beta, c, 8 * ldc, arena.allocate(scratch));
    return Array.from({ length: M }, (_, i) => [...arena.doubles(c + 8 * i * ldc, N)]);
  };
  return withArena(run, unavailable);
}

test("without the zeros of A the product has the bits of the whole product, whatever is stored in which order", () => {
  for (const [M, N, K] of sizes) {
    for (const ofA of ["no-transpose", "transpose"] as const) {
      for (const ofB of ["no-transpose", "transpose"] as const) {
        for (const share of [0, 0.2, 0.6, 1]) {
          const operands = { a: sparse(M * K, share), b: sparse(K * N, 0.9), c: normal(M * N), ofA, ofB };
          for (const [alpha, beta] of [
            [1, 0],
            [-0.5, 1],
            [2, -3],
          ]) {
            const skipped = inArena("skipZeros", M, N, K, alpha, beta, operands);
            const whole = inArena("dgemm", M, N, K, alpha, beta, operands);
            assert.deepEqual(
              skipped,
              whole,
              `${M}x${K}x${N} ${ofA} ${ofB}, ${share} left, alpha ${alpha} beta ${beta}`,
            );
          }
        }
      }
    }
  }
});

test("what is not finite in A, and what overflows, shows as in the whole product", () => {
  const [M, N, K] = [40, 20, 300];
  for (const value of [NaN, Infinity, -Infinity, 1e308, 5e-324]) {
    const a = sparse(M * K, 0.2);
    for (let i = 0; i < 30; i++) a[Math.floor(stream.rand() * a.length)] = value;
    const b = normal(K * N).map((x) => (x > 1 ? 1e300 * x : x));
    const operands = { a, b, c: normal(M * N), ofA: "no-transpose", ofB: "no-transpose" } as const;
    const skipped = inArena("skipZeros", M, N, K, 1, 0, operands);
    assert.deepEqual(skipped, inArena("dgemm", M, N, K, 1, 0, operands), String(value));
  }
});

/** A product by dgemm, with B as it is, and with one more column that is not finite: then no zero may be left out. */
function bothWays(A: Real, stepsA: readonly [number, number, number], [M, N, K]: readonly number[], b: Float64Array) {
  const product = (columns: number, B: Float64Array) =>
    dgemm(
      "no-transpose",
      "no-transpose",
      M,
      columns,
      K,
      1,
      A,
      ...stepsA,
      B,
      columns,
      1,
      0,
      0,
      new Float64Array(M * columns),
      columns,
      1,
      0,
    );
  const wider = Float64Array.from({ length: K * (N + 1) }, (_, i) =>
    i % (N + 1) === N ? NaN : b[Math.floor(i / (N + 1)) * N + (i % (N + 1))],
  );
  const whole = product(N + 1, wider).filter((_, i) => i % (N + 1) < N);
  return { quick: product(N, b), whole };
}

test("dgemm gives the same bits with zeros left out as with all, for each kind of array, views and blocks", () => {
  for (const [M, N, K] of [
    [50, 20, 300],
    [300, 17, 40],
    [1, 30, 4000],
    [400, 16, 2100],
  ]) {
    const values = sparse(2 * (M + 1) * (K + 1), 0.2);
    const kinds: Real[] = [
      values,
      Float32Array.from(values),
      Int32Array.from(values, (value) => 100 * value),
      Uint8Array.from(values, (value) => Math.abs(100 * value)),
    ];
    for (const A of kinds) {
      for (const steps of [
        [K, 1, 0],
        [1, M, 1],
        [K + 1, 1, 2],
        [1, M + 1, 3],
        [2 * K, 2, 1],
        [-K, 1, (M - 1) * K],
      ] as const) {
        const { quick, whole } = bothWays(A, steps, [M, N, K], normal(K * N));
        assert.deepEqual(quick, whole, `${A.constructor.name} ${M}x${K}x${N}, steps ${steps.join()}`);
      }
    }
  }
});

test("0 times infinity or NaN in B is NaN, though nearly all of A is 0", () => {
  const [M, N, K] = [30, 20, 200];
  for (const value of [NaN, Infinity, -Infinity]) {
    for (const place of [0, 7 * N + 3, K * N - 1]) {
      const A = sparse(M * K, 0.1),
        B = normal(K * N);
      B[place] = value;
      A[5 * K + Math.floor(place / N)] = 0;
      const C = dgemm(
        "no-transpose",
        "no-transpose",
        M,
        N,
        K,
        1,
        A,
        K,
        1,
        0,
        B,
        N,
        1,
        0,
        0,
        new Float64Array(M * N),
        N,
        1,
        0,
      );
      assert.ok(Number.isNaN(C[5 * N + (place % N)]), `${value} at ${place}`);
    }
  }
});

test("the routines estimate how much is 0, find what is not finite, and make doubles of float32 in their place", () => {
  withArena((arena) => {
    const { routines } = arena;
    const many = arena.allocate(8 * 5000),
      half = arena.doubles(many, 5000);
    half.set(sparse(5000, 0.5));
    assert.deepEqual([routines.mostlyZero(many, 5000, 0.4), routines.mostlyZero(many, 5000, 0.6)], [0, 1]);
    half.fill(-0);
    assert.equal(routines.mostlyZero(many, 5000, 0), 1);
    for (const value of [NaN, 5e-324, -Infinity]) {
      half.fill(value);
      assert.equal(routines.mostlyZero(many, 5000, 0.9), 0);
    }
    for (const count of [0, 1, 2, 7, 8, 9, 64, 67]) {
      const x = arena.allocate(8 * count + 16),
        values = arena.doubles(x, count);
      values.fill(Number.MAX_VALUE);
      assert.equal(routines.allFinite(x, count), 1);
      for (let i = 0; i < count; i++) {
        for (const value of [NaN, Infinity, -Infinity]) {
          values.fill(-1)[i] = value;
          assert.equal(routines.allFinite(x, count), 0, `${value} at ${i} of ${count}`);
        }
      }
      const singles = Float32Array.from(normal(count));
      new Float32Array(arena.memory.buffer, x + 4 * count, count).set(singles);
      routines.promote(x + 4 * count, count, x);
      assert.deepEqual([...values], [...singles]);
    }
  }, unavailable);
});

test("the memory that a product without zeros takes is bounded, whatever its sizes", () => {
  for (const [M, N, K] of [
    [3000, 2100, 260],
    [20_000, 16, 100],
    [3, 16, 1_000_000],
  ]) {
    const A = new Float64Array(M * K),
      B = new Float64Array(K * N).fill(2);
    A[M * K - 1] = 3;
    const C = new Float64Array(M * N);
    dgemm("no-transpose", "no-transpose", M, N, K, 1, A, K, 1, 0, B, N, 1, 0, 0, C, N, 1, 0);
    assert.ok(C.every((value, i) => value === (i < (M - 1) * N ? 0 : 6)));
    assert.ok(idleArena()!.bytes < 48 * 2 ** 20, `${M}x${K}x${N}: ${idleArena()?.bytes} bytes`);
  }
});
