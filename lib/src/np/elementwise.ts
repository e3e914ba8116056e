import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { asFloat64, assign, cast } from "./cast";
import { BLOCK } from "./contiguous";
import { scalarDType } from "./dtypes";
import type { BinaryLoop, UnaryLoop } from "./loops";
import { allocate, allocateUnfilled, isPlain, isRowMajor, shapeOf, sizeOf, stridesOf, wrap, wrapLike } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";
import { checkOutDType, checkOutKind, outShape, sameShape } from "./out";
import { walk } from "./walk";

/** The dtype of a result, from the operands' dtypes; undefined where the operation is not defined for them. */
export type ResultDType = (a: DType, b: DType) => "float64" | "int32" | "bool" | undefined;

interface Settings {
  readonly out?: NDArray;
}

/** Makes the public function of one operand from its loop: number to number, array to array. */
export function unary(caller: string, loop: UnaryLoop, resultDType: ResultDType) {
  return (operand: Operand, options?: Settings): number | boolean | NDArray => {
    if (options === undefined && isPlain(operand)) return applyPlainly1(caller, loop, resultDType, operand);
    return apply1(caller, loop, resultDType, operand, readOut(caller, options));
  };
}

/**
 * Makes the public function of two operands from its loop, broadcasting one over the other. `wholeLoop` is used if the
 * result is int32 and the operation has a rule of its own for integers.
 */
export function binary(caller: string, loop: BinaryLoop, resultDType: ResultDType, wholeLoop = loop) {
  return (a: Operand, b: Operand, options?: Settings): number | boolean | NDArray => {
    const result = options === undefined ? applyPlainly2(caller, loop, resultDType, a, b) : undefined;
    return result ?? apply2(caller, loop, resultDType, a, b, readOut(caller, options), wholeLoop);
  };
}

/** What apply1 does, without a look at what needs none. */
function applyPlainly1(caller: string, loop: UnaryLoop, rule: ResultDType, x: NDArray<"float64">): NDArray {
  const kind = kindOf(rule),
    data = allocateUnfilled(caller, kind, x.length);
  loop(x.length, x.data, x.offset, 1, data, 0, 1);
  return wrapLike(x, kind, data);
}

/** What apply2 does, for two plain arrays of one shape, or for one and a number; undefined for other operands. */
function applyPlainly2(
  caller: string,
  loop: BinaryLoop,
  rule: ResultDType,
  a: Operand,
  b: Operand,
): NDArray | undefined {
  const x = isPlain(a) ? a : undefined,
    y = isPlain(b) ? b : undefined;
  const shaped = x ?? y;
  if (shaped === undefined) return undefined;
  if (x === undefined) {
    if (typeof a !== "number") return undefined;
    left[0] = a;
  } else if (y === undefined) {
    if (typeof b !== "number") return undefined;
    right[0] = b;
  } else if (x.ndims === 0 || !sameShape(shapeOf(x), shapeOf(y))) return undefined;
  const kind = kindOf(rule),
    count = shaped.length;
  const data = allocateUnfilled(caller, kind, count);
  if (x === undefined) loop(count, left, 0, 0, shaped.data, shaped.offset, 1, data, 0, 1);
  else if (y === undefined) loop(count, x.data, x.offset, 1, right, 0, 0, data, 0, 1);
  else loop(count, x.data, x.offset, 1, y.data, y.offset, 1, data, 0, 1);
  return wrapLike(shaped, kind, data);
}

/** A number that stands beside an array, where the loops can read it. */
const left = new Float64Array(1),
  right = new Float64Array(1);

/** Does the work of a function of one operand; error messages begin with `caller`. */
export function apply1(
  caller: string,
  loop: UnaryLoop,
  resultDType: ResultDType,
  operand: Operand,
  out?: NDArray,
): number | boolean | NDArray {
  const single = typeof operand !== "object";
  const x = asArray(caller, operand);
  const dtype = dtypeOf(caller, resultDType, x.dtype, x.dtype);
  const shape = out === undefined ? shapeOf(x) : outShape(caller, shapeOf(x), out, [x]);
  const target = prepare(caller, single && dtype === "int32" ? "float64" : dtype, kindOf(resultDType), shape, out);
  const from = asFloat64(detach(caller, x, out, shape));
  const to = target.compute;
  const a = from.data,
    c = to.data;
  if (from.length === to.length && isRowMajor(from) && isRowMajor(to))
    loop(to.length, a, from.offset, 1, c, to.offset, 1);
  else {
    walk(shape, [broadcastStrides(from, shape), stridesOf(to)], [from.offset, to.offset], (count, at, step) =>
      loop(count, a, at[0], step[0], c, at[1], step[1]),
    );
  }
  if (!single || out !== undefined) return target.finish();
  return dtype === "bool" ? to.data[0] !== 0 : to.data[0];
}

/** Does the work of a function of two operands; error messages begin with `caller`, which may be dot or clip too. */
export function apply2(
  caller: string,
  loop: BinaryLoop,
  resultDType: ResultDType,
  a: Operand,
  b: Operand,
  out?: NDArray,
  wholeLoop = loop,
): number | boolean | NDArray {
  const single = typeof a !== "object" && typeof b !== "object";
  const x = asArray(caller, a, "a"),
    y = asArray(caller, b, "b");
  const dtype = dtypeOf(caller, resultDType, operandDType(a, x), operandDType(b, y));
  const own = shapeOf(x),
    other = shapeOf(y);
  const common = sameShape(own, other) ? own : broadcastShapes(caller, [own, other]);
  const shape = out === undefined ? common : outShape(caller, common, out, [x, y]);
  const target = prepare(caller, single && dtype === "int32" ? "float64" : dtype, kindOf(resultDType), shape, out);
  const left = asFloat64(detach(caller, x, out, shape)),
    right = asFloat64(detach(caller, y, out, shape));
  run(dtype === "int32" && !single ? wholeLoop : loop, left, right, target.compute);
  if (!single || out !== undefined) return target.finish();
  return dtype === "bool" ? target.compute.data[0] !== 0 : target.compute.data[0];
}

/**
 * What the loop of an operation writes. A sum of booleans can be 2, which is no value of a bool array: arithmetic is
 * computed in float64. Operations that make truths of floats make only 0 and 1.
 */
function kindOf(rule: ResultDType): "float64" | "bool" {
  return rule("float64", "float64") === "bool" ? "bool" : "float64";
}

const NAMES = ["out"];

function readOut(caller: string, options: Settings | undefined): NDArray | undefined {
  if (options === undefined) return undefined;
  checkOptions(caller, options, NAMES);
  return checkOutKind(caller, options.out);
}

function run(loop: BinaryLoop, x: NDArray<"float64">, y: NDArray<"float64">, to: NDArray<"float64" | "bool">): void {
  const a = x.data,
    b = y.data,
    c = to.data,
    n = to.length;
  const xs = flatStep(x, n),
    ys = flatStep(y, n);
  const flat = isRowMajor(to);
  if (flat && xs >= 0 && ys >= 0) return loop(n, a, x.offset, xs, b, y.offset, ys, c, to.offset, 1);
  const shape = shapeOf(to);
  if (flat && xs === 1 && isLastAxes(y, shape)) return runRows(loop, x, y, to);
  const strides = [broadcastStrides(x, shape), broadcastStrides(y, shape), stridesOf(to)];
  walk(shape, strides, [x.offset, y.offset, to.offset], (count, at, step) =>
    loop(count, a, at[0], step[0], b, at[1], step[1], c, at[2], step[2]),
  );
}

/** Beside each row of an array the same row, as a bias stands beside a batch: a block of rows at once. */
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

/** Where the loop writes (an array of dtype `kind`), and what turns that into the result (of `dtype`). */
function prepare(
  caller: string,
  dtype: "float64" | "int32" | "bool",
  kind: "float64" | "bool",
  shape: readonly number[],
  out: NDArray | undefined,
): { compute: NDArray<"float64" | "bool">; finish: () => NDArray } {
  if (out !== undefined) checkOutDType(caller, dtype, out);
  // arithmetic on booleans is computed in float64, but its result is bool
  const direct = dtype === kind || dtype === "int32";
  // the loops compute in float64, where a result may be -0; integers have none, so `finish` turns it into 0
  if (out?.dtype === kind && dtype === kind) return { compute: out as NDArray<"float64" | "bool">, finish: () => out };
  const compute: NDArray<"float64" | "bool"> = wrap<"float64" | "bool">(
    kind,
    allocateUnfilled(caller, kind, sizeOf(shape)),
    shape,
  );
  if (out === undefined && dtype === kind) return { compute, finish: () => compute };
  const finish = (): NDArray => {
    const result = out ?? wrap(dtype, allocate(caller, dtype, compute.length), shape);
    if (dtype === "int32" && out !== undefined) dropNegativeZeros(compute.data);
    const values = direct ? compute : cast(caller, compute, "bool");
    assign(caller, result, values.strides, values);
    return result;
  };
  return { compute, finish };
}

/** An integer is never -0, also if it is written into a float64 array. */
function dropNegativeZeros(values: NDArray["data"]): void {
  for (let i = 0; i < values.length; i++) values[i] += 0;
}

/** A copy of an operand that `out` would overwrite while it is still being read. */
function detach(caller: string, x: NDArray, out: NDArray | undefined, shape: readonly number[]): NDArray {
  if (out === undefined || x.data.buffer !== out.data.buffer) return x;
  const inStep =
    x.data === out.data && x.offset === out.offset && sameShape(x.shape, shape) && sameShape(x.strides, out.strides);
  if (inStep) return x;
  const copy = wrap(x.dtype, allocate(caller, x.dtype, x.length), x.shape);
  assign(caller, copy, x.strides, x);
  return copy;
}

function dtypeOf(caller: string, rule: ResultDType, a: DType, b: DType): "float64" | "int32" | "bool" {
  const dtype = rule(a, b);
  if (dtype === undefined) throw new TypeError(`${caller}: ${a} operands: wanted numbers`);
  return dtype;
}

function operandDType(operand: Operand, array: NDArray): DType {
  return typeof operand === "object" ? array.dtype : scalarDType(operand);
}
