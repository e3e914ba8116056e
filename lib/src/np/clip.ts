import { checkOptions } from "../checks";
import { asArray } from "./asArray";
import { arithmeticDType } from "./dtypes";
import { apply1, apply2 } from "./elementwise";
import * as loops from "./loops";
import type { DType, NDArray, SameKind, Operand, RowDType } from "./ndarray";
import { checkOutKind } from "./out";
import type { FloatArray } from "./signatures";

/** A bound of `clip`; null leaves that side open. */
export type Bound = Operand | null;

/**
 * Each value brought between `min` and `max`, as `np.clip`; nan stays nan. If `min` exceeds `max`, the result is `max`.
 * @param x - an array, nested lists or a single value
 * @param min - the smallest that is left, a value or an array that broadcasts with `x`; null for none
 * @param max - the largest that is left; null for none
 * @param options - `out`: an array of the result's shape that receives the result in place
 * @returns a number for numbers, else an array; float64 of floats, int32 of int32
 * @throws RangeError when the shapes do not broadcast; TypeError when `out` cannot hold the result
 * @example np.clip([-2, 0.5, 9], 0, 1); // array([0. , 0.5, 1. ])
 */
export function clip<X extends number>(x: X, min: number | null, max: number | null): SameKind<X, RowDType<X>>;
export function clip<O extends NDArray>(x: Operand, min: Bound, max: Bound, options: { out: O }): O;
export function clip(x: FloatArray, min: Bound, max: Bound): NDArray<"float64">;
export function clip(x: Operand, min: Bound, max: Bound): NDArray;
export function clip(x: Operand, min: Bound, max: Bound, options?: { out?: NDArray }): number | boolean | NDArray {
  if (options !== undefined) checkOptions("clip", options, ["out"]);
  const out = checkOutKind("clip", options?.out);
  const given = operand("x", x),
    low = min === null ? null : operand("min", min),
    high = max === null ? null : operand("max", max);
  if (low === null && high === null) return apply1("clip", loops.positive, numbersOnly, given, out);
  // `max` may be a view of `out`, so only the last step writes to `out`
  const first = high === null ? out : undefined;
  const raised = low === null ? given : apply2("clip", loops.maximum, arithmeticDType, given, low, first);
  return high === null ? (raised as NDArray) : apply2("clip", loops.minimum, arithmeticDType, raised, high, out);
}

/** A single number stays one: its dtype depends on its value. */
function operand(name: string, value: Operand): Operand {
  return typeof value === "number" || typeof value === "boolean" ? value : asArray("clip", value, name);
}

/** NumPy's clip refuses booleans if both sides are open. */
function numbersOnly(a: DType): "float64" | "int32" | undefined {
  const dtype = arithmeticDType(a, a);
  return dtype === "bool" ? undefined : dtype;
}
