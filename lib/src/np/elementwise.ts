import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { asFloat64, assign, cast } from "./cast";
import { scalarDType } from "./dtypes";
import type { BinaryLoop, UnaryLoop } from "./loops";
import { allocate, isRowMajor, sizeOf, wrap } from "./ndarray";
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
  return (operand: Operand, options?: Settings): number | boolean | NDArray =>
    apply1(caller, loop, resultDType, operand, readOut(caller, options));
}

/**
 * Makes the public function of two operands from its loop, broadcasting one over the other. `wholeLoop` is used if the
 * result is int32 and the operation has a rule of its own for integers.
 */
export function binary(caller: string, loop: BinaryLoop, resultDType: ResultDType, wholeLoop = loop) {
  return (a: Operand, b: Operand, options?: Settings): number | boolean | NDArray =>
    apply2(caller, loop, resultDType, a, b, readOut(caller, options), wholeLoop);
}

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
  const shape = out === undefined ? x.shape : outShape(caller, x.shape, out, [x]);
  const kind = dtype === "bool" && x.dtype !== "bool" ? "bool" : "float64";
  const target = prepare(caller, single && dtype === "int32" ? "float64" : dtype, kind, shape, out);
  const from = asFloat64(detach(caller, x, out, shape));
  const to = target.compute;
  const a = from.data,
    c = to.data;
  if (from.length === to.length && isRowMajor(from) && isRowMajor(to))
    loop(to.length, a, from.offset, 1, c, to.offset, 1);
  else {
    walk(to.shape, [broadcastStrides(from, to.shape), to.strides], [from.offset, to.offset], (count, at, step) =>
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
  const own = x.shape,
    other = y.shape;
  const common = sameShape(own, other) ? own : broadcastShapes(caller, [own, other]);
  const shape = out === undefined ? common : outShape(caller, common, out, [x, y]);
  // a sum of booleans can be 2, which is no value of a bool array; a comparison gives only 0 and 1
  const kind = dtype === "bool" && (x.dtype !== "bool" || y.dtype !== "bool") ? "bool" : "float64";
  const target = prepare(caller, single && dtype === "int32" ? "float64" : dtype, kind, shape, out);
  const left = asFloat64(detach(caller, x, out, shape)),
    right = asFloat64(detach(caller, y, out, shape));
  run(dtype === "int32" && !single ? wholeLoop : loop, left, right, target.compute);
  if (!single || out !== undefined) return target.finish();
  return dtype === "bool" ? target.compute.data[0] !== 0 : target.compute.data[0];
}

const NAMES = ["out"];

function readOut(caller: string, options: Settings | undefined): NDArray | undefined {
  if (options === undefined) return undefined;
  checkOptions(caller, options, NAMES);
  return checkOutKind(caller, options.out);
}

function run(loop: BinaryLoop, x: NDArray<"float64">, y: NDArray<"float64">, to: NDArray<"float64" | "bool">): void {
  const flat = isRowMajor(to),
    n = to.length;
  const xs = x.length === 1 ? 0 : x.length === n && isRowMajor(x) ? 1 : -1;
  const ys = y.length === 1 ? 0 : y.length === n && isRowMajor(y) ? 1 : -1;
  if (flat && xs >= 0 && ys >= 0) {
    loop(n, x.data, x.offset, xs, y.data, y.offset, ys, to.data, to.offset, 1);
    return;
  }
  const shape = to.shape,
    a = x.data,
    b = y.data,
    c = to.data;
  const strides = [broadcastStrides(x, shape), broadcastStrides(y, shape), to.strides];
  walk(shape, strides, [x.offset, y.offset, to.offset], (count, at, step) =>
    loop(count, a, at[0], step[0], b, at[1], step[1], c, at[2], step[2]),
  );
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
    allocate(caller, kind, sizeOf(shape)),
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
