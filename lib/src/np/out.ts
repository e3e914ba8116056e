import { got, shapeText } from "../checks";
import { assign } from "./cast";
import { isNDArray } from "./ndarray";
import type { DType, NDArray } from "./ndarray";

const RANK: Record<DType, number> = { bool: 0, int32: 1, float32: 2, float64: 2 };

/** @throws TypeError, in the caller's name, unless `out` is an array or left out */
export function checkOutKind(caller: string, out: unknown): NDArray | undefined {
  if (out === undefined || isNDArray(out)) return out;
  throw new TypeError(`${got(caller, "out", out)}: wanted an array`);
}

/** @throws RangeError unless `out` has the result's shape, TypeError unless its dtype holds the result */
export function checkOut(
  caller: string,
  dtype: DType,
  shape: readonly number[],
  out: NDArray,
  operands: readonly NDArray[],
): void {
  if (!sameShape(shape, out.shape)) throw wrongShape(caller, shape, out, operands);
  checkOutDType(caller, dtype, out);
}

/** @throws TypeError unless the dtype of `out` holds the result */
export function checkOutDType(caller: string, dtype: DType, out: NDArray): void {
  if (RANK[out.dtype] >= RANK[dtype]) return;
  throw new TypeError(`${caller}: out of dtype ${out.dtype}: wanted a dtype that holds the result, ${dtype}`);
}

/**
 * The shape of `out`: a result of `shape` is broadcast to it.
 * @throws RangeError when `shape` does not broadcast to it
 */
export function outShape(
  caller: string,
  shape: readonly number[],
  out: NDArray,
  operands: readonly NDArray[],
): readonly number[] {
  const wanted = out.shape,
    lead = wanted.length - shape.length;
  if (sameShape(shape, wanted)) return shape;
  if (lead >= 0 && shape.every((length, axis) => length === 1 || length === wanted[lead + axis])) return wanted;
  throw wrongShape(caller, shape, out, operands);
}

function wrongShape(caller: string, shape: readonly number[], out: NDArray, operands: readonly NDArray[]): RangeError {
  const given = operands.map((operand) => shapeText(operand.shape)).join(" and ");
  return new RangeError(
    `${caller}: ${given} and out of shape ${shapeText(out.shape)}: wanted out of shape ${shapeText(shape)}`,
  );
}

/** The result itself, or `out` with the result written into it. */
export function deliver(
  caller: string,
  result: NDArray,
  out: NDArray | undefined,
  operands: readonly NDArray[],
): NDArray {
  if (out === undefined) return result;
  checkOut(caller, result.dtype, result.shape, out, operands);
  assign(caller, out, result.strides, result);
  return out;
}

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}
