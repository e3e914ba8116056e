import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { asFloat64, cast } from "./cast";
import { arithmeticDType, scalarDType } from "./dtypes";
import { indicesOfTrue } from "./mask";
import { allocateUnfilled, shapeOf, sizeOf, stridesOf, wrap } from "./ndarray";
import type { NDArray, Operand } from "./ndarray";
import { tuple } from "./tuple";
import { walk } from "./walk";

/**
 * From `a` where `condition` holds, else from `b`, all broadcast to one shape, as `np.where`; of a condition alone the
 * indices of the elements that are not 0.
 * @param condition - which of the two: true, or any number but 0, takes `a`
 * @param a - an array, nested lists or a single value
 * @param b - the same
 * @returns an array of the shape to which all three broadcast; of a condition alone a tuple of int32 arrays, one an
 *   axis
 * @throws RangeError when the shapes do not broadcast, or for a single value alone
 * @example np.where([true, false], [1, 2], 0); // array([1., 0.])
 * @example np.where([0, 5, 7]); // (array([1, 2]),)
 */
export function where(condition: Operand): readonly NDArray<"int32">[];
export function where(condition: Operand, a: NDArray<"float64" | "float32">, b: Operand): NDArray<"float64">;
export function where(condition: Operand, a: Operand, b: NDArray<"float64" | "float32">): NDArray<"float64">;
export function where(condition: Operand, a: Operand, b: Operand): NDArray;
export function where(...operands: Operand[]): NDArray | readonly NDArray<"int32">[] {
  const [condition, a, b] = operands;
  if (operands.length === 1) return placesWhere(asArray("where", condition, "condition"));
  const given = [asArray("where", condition, "condition"), asArray("where", a, "a"), asArray("where", b, "b")];
  const [test, ...chosen] = given;
  const [yes, no] = chosen.map(asFloat64);
  // the condition is only compared with 0, so it needs no copy in float64
  const parts = [test, yes, no];
  const shape = broadcastShapes("where", parts.map(shapeOf));
  const result = wrap("float64", allocateUnfilled("where", "float64", sizeOf(shape)), shape);
  const strides = [...parts.map((part) => broadcastStrides(part, shape)), stridesOf(result)];
  const holds = test.data,
    to = result.data;
  walk(shape, strides, [...parts.map((part) => part.offset), 0], (count, at, step) =>
    choose(count, holds, at[0], step[0], yes.data, at[1], step[1], no.data, at[2], step[2], to, at[3], step[3]),
  );
  const [, x, y] = given;
  const dtype = arithmeticDType(
    typeof a === "object" ? x.dtype : scalarDType(a),
    typeof b === "object" ? y.dtype : scalarDType(b),
  );
  return dtype === "float64" ? result : cast("where", result, dtype);
}

/** The two candidates for each of the last 16 elements. Choosing one by its index needs no branch to be predicted. */
const pairs = new Float64Array(32);

function choose(
  count: number,
  test: NDArray["data"],
  o: number,
  so: number,
  a: Float64Array,
  p: number,
  sa: number,
  b: Float64Array,
  q: number,
  sb: number,
  c: Float64Array,
  r: number,
  sc: number,
): void {
  for (let i = 0; i < count; i++, o += so, p += sa, q += sb, r += sc) {
    const k = (i & 15) << 1;
    pairs[k] = b[q];
    pairs[k + 1] = a[p];
    c[r] = pairs[k + Number(test[o] !== 0)];
  }
}

function placesWhere(condition: NDArray): readonly NDArray<"int32">[] {
  if (condition.ndims === 0) throw new RangeError("where: condition of shape () alone: wanted at least one axis");
  return tuple(...indicesOfTrue("where", condition));
}
