import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes } from "./broadcast";
import { assign, cast } from "./cast";
import { scalarDType } from "./dtypes";
import type { BinaryLoop, UnaryLoop } from "./loops";
import { allocate, allocateUnfilled, isPlain, shapeOf, sizeOf, wrap, wrapLike } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";
import { checkOutDType, checkOutKind, outShape, sameShape } from "./out";
import { runBinary, runUnary } from "./runLoops";

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

/** The same as apply1 for a float64 array in row-major order, without the checks that such an array does not need. */
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
  runUnary(loop, detach(caller, x, out, shape), target.compute);
  if (!single || out !== undefined) return target.finish();
  return dtype === "bool" ? target.compute.data[0] !== 0 : target.compute.data[0];
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
  const left = detach(caller, x, out, shape),
    right = detach(caller, y, out, shape);
  runBinary(dtype === "int32" && !single ? wholeLoop : loop, left, right, target.compute);
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
