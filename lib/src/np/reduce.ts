import dsumpw from "@stdlib/blas/ext/base/dsumpw";
import { checkOptions, checkSwitch, shapeText } from "../checks";
import { asArray } from "./asArray";
import { checkSome, normalizeAxis } from "./axis";
import { asFloat64, cast } from "./cast";
import { gatherRuns } from "./gatherRuns";
import type { ReduceRun, Values } from "./gatherRuns";
import { rowMajorStrides, sizeOf, wrap } from "./ndarray";
import type { DType, NDArray, Operand } from "./ndarray";
import { walk } from "./walk";

/** One axis, several or, unnamed, all, counted from the back when negative; `keepdims` leaves them with a length of 1. */
export interface AxisOptions {
  readonly axis?: number | readonly number[];
  readonly keepdims?: boolean;
}

/** Of all elements a number; along `axis` an array. */
export interface Reduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1
   * @returns a number without options, else an array
   */
  (x: Operand): number;
  (x: NDArray<"float64" | "float32">, options: AxisOptions): NDArray<"float64">;
  (x: Operand, options: AxisOptions): NDArray;
}

/** Of all elements a number; along `axis` an array of float64. */
export interface FloatReduction {
  /**
   * @param x - an array, nested lists or a single value
   * @param options - `axis`: one axis or several, -1 is the last; `keepdims`: true leaves them with a length of 1
   * @returns a number without options, else a float64 array
   */
  (x: Operand): number;
  (x: Operand, options: AxisOptions): NDArray<"float64">;
}

/**
 * The sum, as `np.sum`: pairwise in NumPy's own order, so that it is equal to the last bit.
 * @remarks float32 is added up in float64. Along several axes of a view the last bits may differ.
 * @throws RangeError when there is no such axis, or a sum of int32 does not fit
 * @example np.sum([[1, 2], [3, 4]], { axis: 0 }); // array([4., 6.])
 */
export const sum = ((x: Operand, options?: AxisOptions) => sumOf("sum", x, options)) as Reduction;

function sumOf(caller: string, x: Operand, options?: AxisOptions): number | NDArray {
  return reduceTo(caller, 0, sumRun, (dtype) => (isFloat(dtype) ? "float64" : "int32"), x, options);
}

/**
 * The arithmetic mean, as `np.mean`.
 * @remarks float32 is added up in float64. An empty array is refused, where NumPy warns and gives nan.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.mean([1, 2]); // 1.5
 */
export const mean = ((x: Operand, options?: AxisOptions): number | NDArray => {
  const array = asArray("mean", x);
  // a sum of int32 along an axis would have to fit int32
  const floats = array.dtype === "float32" ? array : asFloat64(array);
  if (options === undefined) {
    checkSome("mean", array.length, array);
    return (sumOf("mean", floats) as number) / array.length;
  }
  const total = sumOf("mean", floats, options) as NDArray<"float64">;
  const count = array.length / total.length;
  checkSome("mean", array.length, array);
  total.data.forEach((value, i) => {
    total.data[i] = value / count;
  });
  return total;
}) as FloatReduction;

/**
 * The largest value, nan if there is one, as `np.max`.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.max([1, 3, 2]); // 3.0
 */
export const max = reduction("max", -Infinity, maxRun, keep) as Reduction;
/**
 * The smallest value, nan if there is one, as `np.min`.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.min([1, 3, 2]); // 1.0
 */
export const min = reduction("min", Infinity, minRun, keep) as Reduction;

type Kept = "float64" | "int32" | "bool";

function isFloat(dtype: DType): boolean {
  return dtype === "float64" || dtype === "float32";
}

function keep(dtype: DType): Kept {
  return dtype === "float32" ? "float64" : dtype;
}

function reduction(caller: string, start: number, run: ReduceRun, resultDType: (dtype: DType) => Kept) {
  return (operand: Operand, options?: AxisOptions): number | NDArray =>
    reduceTo(caller, start, run, resultDType, operand, options);
}

function reduceTo(
  caller: string,
  start: number,
  run: ReduceRun,
  resultDType: (dtype: DType) => Kept,
  operand: Operand,
  options: AxisOptions | undefined,
): number | NDArray {
  const x = asArray(caller, operand);
  const { axes, shape, kept } = plan(caller, x.shape, options);
  const data = new Float64Array(sizeOf(shape)).fill(start);
  if (start !== 0 && data.length > 0) checkSome(caller, x.length, x);
  reduce(x, axes, data, kept, run);
  if (options === undefined) return data[0];
  const result = wrap("float64", data, shape);
  const dtype = resultDType(x.dtype);
  return dtype === "float64" ? result : cast(caller, result, dtype);
}

const NAMES = ["axis", "keepdims"];

/** Which axes go, the result's shape, and the same with a 1 for each axis gone. */
function plan(caller: string, shape: readonly number[], options: AxisOptions | undefined) {
  if (options !== undefined) {
    checkOptions(caller, options, NAMES);
    checkSwitch(caller, "keepdims", options.keepdims);
  }
  const all = shape.map((_, k) => k);
  const given = options?.axis;
  const axes = given === undefined ? all : [given].flat().map((axis) => normalizeAxis(caller, axis as number, shape));
  if (new Set(axes).size < axes.length) {
    throw new RangeError(
      `${caller}: axes ${shapeText([given].flat() as number[])} of shape ${shapeText(shape)}: wanted each axis once`,
    );
  }
  const kept = shape.map((length, k) => (axes.includes(k) ? 1 : length));
  const left = options?.keepdims === true ? kept : shape.filter((_, k) => !axes.includes(k));
  return { axes, kept, shape: left };
}

/** NumPy's order: that of memory, the axis with the smallest step innermost whether it goes or stays. */
function reduce(
  x: NDArray,
  axes: readonly number[],
  data: Float64Array,
  kept: readonly number[],
  run: ReduceRun,
): void {
  const strides = x.strides,
    shape = x.shape;
  const steps = rowMajorStrides(kept).map((step, k) => (axes.includes(k) ? 0 : step));
  const order = shape.map((_, k) => k).sort((a, b) => Math.abs(strides[b]) - Math.abs(strides[a]) || a - b);
  const sorted = (values: readonly number[]) => order.map((k) => values[k]);
  const gathering = axes.length === shape.length && run === sumRun ? gatherRuns(run, x.length) : undefined;
  const visit = gathering?.visit ?? run;
  walk(sorted(shape), [sorted(strides), sorted(steps)], [x.offset, 0], (count, at, step) =>
    visit(count, x.data, at[0], step[0], data, at[1], step[1]),
  );
  gathering?.finish(data);
}

function sumRun(count: number, x: Values, p: number, sx: number, c: Float64Array, r: number, sc: number): void {
  if (sc === 0) c[r] += sx === 0 ? x[p] * count : dsumpw.ndarray(count, x as Float64Array, sx, p);
  else for (let i = 0; i < count; i++, p += sx, r += sc) c[r] += x[p];
}

function maxRun(count: number, x: Values, p: number, sx: number, c: Float64Array, r: number, sc: number): void {
  for (let i = 0; i < count; i++, p += sx, r += sc) {
    const value = x[p];
    if (value > c[r] || value !== value) c[r] = value;
  }
}

function minRun(count: number, x: Values, p: number, sx: number, c: Float64Array, r: number, sc: number): void {
  for (let i = 0; i < count; i++, p += sx, r += sc) {
    const value = x[p];
    if (value < c[r] || value !== value) c[r] = value;
  }
}
