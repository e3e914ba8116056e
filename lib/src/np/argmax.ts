import { checkOptions, checkSwitch } from "../checks";
import { asArray } from "./asArray";
import { checkSome, reducedAxis } from "./axis";
import { asFloat64 } from "./cast";
import { allocate, isRowMajor, shapeOf, wrap } from "./ndarray";
import type { NDArray, Operand } from "./ndarray";
import { BLOCK, Reader } from "./reader";
import { reshaped, transpose } from "./shape";

/** The index of an extreme value: without options a number, counted in row-major order; along `axis` an int32 array. */
export interface ArgReduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: along which axis, -1 is the last; `keepdims`: true leaves it with a length of 1
   * @returns a number without options, else an int32 array
   */
  (x: Operand): number;
  (x: Operand, options: { axis?: number; keepdims?: boolean }): NDArray<"int32">;
}

/**
 * The index of the largest value, as `np.argmax`: of the first one if there are several, of the first nan if there is
 * one.
 * @throws RangeError when there is no such axis, or for an empty one
 * @example np.argmax([[1, 3, 2], [5, 4, 6]], { axis: 1 }); // array([1, 2])
 */
export const argmax = argReduction("argmax", 1) as ArgReduction;
/**
 * The index of the smallest value, as `np.argmin`: of the first one if there are several, of the first nan if there is
 * one.
 * @throws RangeError when there is no such axis, or for an empty one
 * @example np.argmin([[1, 3, 2], [5, 4, 6]], { axis: 1 }); // array([0, 1])
 */
export const argmin = argReduction("argmin", -1) as ArgReduction;

const NAMES = ["axis", "keepdims"];

function argReduction(caller: string, sign: 1 | -1) {
  return (operand: Operand, options?: { axis?: number; keepdims?: boolean }): number | NDArray<"int32"> => {
    const x = asArray(caller, operand);
    if (options === undefined) return ofAll(caller, x, sign, false).data[0];
    checkOptions(caller, options, NAMES);
    checkSwitch(caller, "keepdims", options.keepdims);
    const axis = options.axis === undefined ? undefined : reducedAxis(caller, options.axis, x.shape);
    if (axis === undefined) return ofAll(caller, x, sign, options.keepdims === true);
    if (x.length === 0) checkSome(caller, x.shape[axis], x);
    const shape = shapeOf(x);
    const rest = shape.map((_, k) => k).filter((k) => k !== axis);
    const isLast = axis === shape.length - 1;
    const positions = firstExtreme(caller, isLast ? x : transpose(x, [...rest, axis]), sign);
    const left = rest.map((k) => shape[k]);
    if (options.keepdims === true) left.splice(axis, 0, 1);
    return wrap("int32", positions, left);
  };
}

/** The index in the whole array, as an array. */
function ofAll(caller: string, x: NDArray, sign: 1 | -1, keepdims: boolean): NDArray<"int32"> {
  checkSome(caller, x.length, x);
  const position = firstExtreme(caller, reshaped(caller, x, [x.length]), sign);
  return wrap("int32", position, keepdims ? x.shape.map(() => 1) : []);
}

/** For each row along the last axis. */
function firstExtreme(caller: string, x: NDArray, sign: 1 | -1): Int32Array {
  const shape = shapeOf(x),
    count = shape[shape.length - 1];
  const rows = count === 0 ? 0 : x.length / count;
  const plain = isRowMajor(x) ? x : reshaped(caller, x, [rows, count]);
  const from = new Reader(count > BLOCK ? asFloat64(plain) : plain, 1, block);
  const positions = allocate(caller, "int32", rows),
    first = sign === 1 ? firstLargest : firstSmallest;
  for (let row = 0; row < rows; row++) positions[row] = first(count, from.data, from.read(row * count, count));
  return positions;
}

const block = new Float64Array(BLOCK);

function firstLargest(count: number, x: Float64Array, p: number): number {
  let most = x[p],
    position = 0;
  if (most !== most) return 0;
  for (let i = 1; i < count; i++) {
    const value = x[p + i];
    if (value <= most) continue;
    position = i;
    if (value !== value) break;
    most = value;
  }
  return position;
}

function firstSmallest(count: number, x: Float64Array, p: number): number {
  let least = x[p],
    position = 0;
  if (least !== least) return 0;
  for (let i = 1; i < count; i++) {
    const value = x[p + i];
    if (value >= least) continue;
    position = i;
    if (value !== value) break;
    least = value;
  }
  return position;
}
