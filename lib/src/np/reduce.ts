import dsumpw from "@stdlib/blas/ext/base/dsumpw";
import { asArray } from "./asArray";
import { checkSome } from "./axis";
import { asFloat64 } from "./cast";
import type { Values } from "./gatherRuns";
import type { DType, NDArray, Operand } from "./ndarray";
import { deliver } from "./out";
import { plainMax, plainMin, plainSum } from "./plainRuns";
import { reduceAlong, reduction } from "./reduction";
import type { Kept, ReductionKind } from "./reduction";
import type { AxisOptions, ExtremeReduction, FloatReduction, Reduction, TruthReduction } from "./signatures";

/** The sum: float64 for floats; int32 for integers and booleans. */
export const SUM: ReductionKind = { start: 0, run: sumRun, plain: plainSum, dtype: counted, buffered: true };

/**
 * The sum, as `np.sum`: pairwise in NumPy's own order, so that it is equal to the last bit.
 * @remarks float32 is added up in float64. Along several axes of a view the last bits may differ.
 * @throws RangeError when there is no such axis, or a sum of int32 does not fit
 * @example np.sum([[1, 2], [3, 4]], { axis: 0 }); // array([4., 6.])
 */
export const sum = reduction("sum", SUM) as Reduction;
/**
 * The product, as `np.prod`; 1 if there are no elements.
 * @remarks float32 is multiplied in float64.
 * @throws RangeError when there is no such axis, or a product of int32 does not fit
 * @example np.prod([[1, 2], [3, 4]], { axis: 0 }); // array([3., 8.])
 */
export const prod = reduction("prod", { start: 1, run: prodRun, dtype: counted }) as Reduction;

/**
 * The arithmetic mean, as `np.mean`.
 * @remarks float32 is added up in float64. An empty array is refused, where NumPy warns and gives nan.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.mean([1, 2]); // 1.5
 */
export const mean = ((x: Operand, options?: AxisOptions): number | NDArray => {
  const array = asArray("mean", x);
  const means = meansAlong("mean", array, options);
  return options === undefined ? means.data[0] : deliver("mean", means, options.out, [array]);
}) as FloatReduction;

/** The means of an array along the axes that the options name; error messages begin with `caller`. */
export function meansAlong(caller: string, x: NDArray, options: AxisOptions | undefined): NDArray<"float64"> {
  // sums of integers are exact, so their order does not matter
  const totals = reduceAlong(caller, SUM, x.dtype === "float32" ? x : asFloat64(x), options);
  checkSome(caller, x.length, x);
  const count = x.length / totals.length;
  const sums = totals.data;
  for (let i = 0; i < sums.length; i++) sums[i] /= count;
  return totals;
}

/**
 * The largest value, nan if there is one, as `np.max`.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.max([1, 3, 2]); // 3.0
 */
export const max = reduction("max", {
  start: -Infinity,
  run: maxRun,
  plain: plainMax,
  dtype: keep,
}) as ExtremeReduction;
/**
 * The smallest value, nan if there is one, as `np.min`.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.min([1, 3, 2]); // 1.0
 */
export const min = reduction("min", { start: Infinity, run: minRun, plain: plainMin, dtype: keep }) as ExtremeReduction;
/**
 * Whether all are true, as `np.all`; every number except 0 counts as true. True if there are no elements.
 * @throws RangeError when there is no such axis
 * @example np.all([[true, false], [true, true]], { axis: 1 }); // array([False,  True])
 */
export const all = reduction("all", { start: 1, run: allRun, dtype: truth }) as TruthReduction;
/**
 * Whether at least one is true, as `np.any`; every number except 0 counts as true. False if there are no elements.
 * @throws RangeError when there is no such axis
 * @example np.any([[true, false], [false, false]], { axis: 1 }); // array([ True, False])
 */
export const any = reduction("any", { start: 0, run: anyRun, dtype: truth }) as TruthReduction;

function counted(dtype: DType): Kept {
  return dtype === "float64" || dtype === "float32" ? "float64" : "int32";
}

function keep(dtype: DType): Kept {
  return dtype === "float32" ? "float64" : dtype;
}

function truth(): Kept {
  return "bool";
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

function prodRun(count: number, x: Values, p: number, sx: number, c: Float64Array, r: number, sc: number): void {
  for (let i = 0; i < count; i++, p += sx, r += sc) c[r] *= x[p];
}

function allRun(count: number, x: Values, p: number, sx: number, c: Float64Array, r: number, sc: number): void {
  for (let i = 0; i < count; i++, p += sx, r += sc) if (x[p] === 0) c[r] = 0;
}

function anyRun(count: number, x: Values, p: number, sx: number, c: Float64Array, r: number, sc: number): void {
  for (let i = 0; i < count; i++, p += sx, r += sc) if (x[p] !== 0) c[r] = 1;
}
