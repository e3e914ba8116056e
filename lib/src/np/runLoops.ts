import { broadcastStrides } from "./broadcast";
import { asFloat64 } from "./cast";
import type { BinaryLoop, UnaryLoop } from "./loops";
import { isRowMajor, shapeOf, stridesOf } from "./ndarray";
import type { NDArray } from "./ndarray";
import { BLOCK, Reader } from "./reader";
import { walk } from "./walk";

/** Runs a loop over `x`, which broadcasts to the shape of `to`, and writes `to`. */
export function runUnary(loop: UnaryLoop, x: NDArray, to: NDArray<"float64" | "bool">): void {
  const shape = shapeOf(to),
    c = to.data;
  if (x.length === to.length && isRowMajor(x) && isRowMajor(to)) {
    const a = new Reader(x, 1, leftBlock);
    for (let i = 0, count = 0; i < to.length; i += count) {
      count = Math.min(a.most, to.length - i);
      loop(count, a.data, a.read(i, count), 1, c, to.offset + i, 1);
    }
    return;
  }
  const from = asFloat64(x),
    a = from.data;
  walk(shape, [broadcastStrides(from, shape), stridesOf(to)], [from.offset, to.offset], (count, at, step) =>
    loop(count, a, at[0], step[0], c, at[1], step[1]),
  );
}

/** Runs a loop over `x` and `y`, which broadcast to the shape of `to`, and writes `to`. */
export function runBinary(loop: BinaryLoop, x: NDArray, y: NDArray, to: NDArray<"float64" | "bool">): void {
  const n = to.length,
    c = to.data;
  const xs = flatStep(x, n),
    ys = flatStep(y, n);
  const flat = isRowMajor(to);
  if (flat && xs >= 0 && ys >= 0) {
    const a = new Reader(x, xs, leftBlock),
      b = new Reader(y, ys, rightBlock),
      most = Math.min(a.most, b.most);
    for (let i = 0, count = 0; i < n; i += count) {
      count = Math.min(most, n - i);
      loop(count, a.data, a.read(i, count), xs, b.data, b.read(i, count), ys, c, to.offset + i, 1);
    }
    return;
  }
  const left = asFloat64(x),
    right = asFloat64(y),
    shape = shapeOf(to);
  if (flat && flatStep(left, n) === 1 && isLastAxes(right, shape)) return runRows(loop, left, right, to);
  const strides = [broadcastStrides(left, shape), broadcastStrides(right, shape), stridesOf(to)];
  const a = left.data,
    b = right.data;
  walk(shape, strides, [left.offset, right.offset, to.offset], (count, at, step) =>
    loop(count, a, at[0], step[0], b, at[1], step[1], c, at[2], step[2]),
  );
}

const leftBlock = new Float64Array(BLOCK),
  rightBlock = new Float64Array(BLOCK);

/**
 * Runs a loop over each row of `x` together with the same `row`, as when a bias is added to a batch. If the rows are
 * short, one call of the loop handles a block of several rows.
 */
function runRows(
  loop: BinaryLoop,
  x: NDArray<"float64">,
  row: NDArray<"float64">,
  to: NDArray<"float64" | "bool">,
): void {
  const width = row.length,
    whole = to.length;
  const fits = 2 * width <= BLOCK,
    block = fits ? Math.min(whole, BLOCK - (BLOCK % width)) : width;
  if (fits) repeatRow(row, block);
  for (let i = 0; i < whole; i += block) {
    const count = Math.min(block, whole - i);
    if (fits) loop(count, x.data, x.offset + i, 1, rows, 0, 1, to.data, to.offset + i, 1);
    else loop(count, x.data, x.offset + i, 1, row.data, row.offset, 1, to.data, to.offset + i, 1);
  }
}

const rows = new Float64Array(BLOCK);

function repeatRow({ data, offset, length }: NDArray<"float64">, count: number): void {
  for (let i = 0; i < length; i++) rows[i] = data[offset + i];
  for (let i = length; i < count; i++) rows[i] = rows[i - length];
}

/** The step from one element to the next, if all `count` are one run: 0 for a single value; -1 if they are not. */
function flatStep(x: NDArray, count: number): number {
  if (x.length === 1) return 0;
  return x.length === count && isRowMajor(x) ? 1 : -1;
}

/** Whether `x` is in row-major order and has the last axes of `shape`, as a bias has them beside a batch. */
function isLastAxes(x: NDArray, shape: readonly number[]): boolean {
  const own = shapeOf(x),
    lead = shape.length - own.length;
  return x.length > 1 && isRowMajor(x) && own.every((length, axis) => length === shape[lead + axis]);
}
