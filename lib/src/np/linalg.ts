import { ddot } from "../blas";
import * as math from "../math";
import { checkNumber, checkOptions, checkSwitch, got, shapeText } from "../checks";
import { abs } from "./arithmetic";
import { asArray } from "./asArray";
import { checkSome } from "./axis";
import { asFloat64 } from "./cast";
import { inOrderOf } from "./layout";
import * as loops from "./loops";
import type { UnaryLoop } from "./loops";
import { isPlain, wrap } from "./ndarray";
import type { ArrayOrLists, NDArray } from "./ndarray";
import { max, min, SUM } from "./reduce";
import { readAxes, reduceAlong } from "./reduction";
import { walk } from "./walk";

/** Which norm, along which axes, and whether these stay with a length of 1. */
export interface NormOptions {
  /** Which norm: 2 by default for vectors, "fro" for matrices. */
  readonly ord?: number | "fro";
  /** One axis for the norms of vectors, two for those of matrices. */
  readonly axis?: number | readonly number[];
  /** True leaves the axes with a length of 1. */
  readonly keepdims?: boolean;
}

/**
 * The length of a vector or the size of a matrix, as `np.linalg.norm`: by default sqrt(sum(x^2)).
 * @param x - an array, or nested lists
 * @param options - `ord`: of vectors 2 by default, 1, any p: sum(|x|^p)^(1/p), 0: how many are not 0, Infinity: the
 *   largest |x|, -Infinity: the smallest; of matrices "fro" by default, 1 and -1: the largest and smallest sum of a
 *   column, Infinity and -Infinity: of a row; `axis`: one axis for vectors, two for matrices; `keepdims`: true leaves
 *   them with a length of 1
 * @returns a number where the options name neither axis nor keepdims, else a float64 array
 * @remarks No matrix norms by singular values: 2, -2 and "nuc". Within 1e-12 of NumPy's value.
 * @throws RangeError when there is no such axis or norm
 * @example np.linalg.norm([3, 4]); // 5.0
 * @example np.linalg.norm([[3, 4], [5, 12]], { axis: 1 }); // array([ 5., 13.])
 */
export function norm(x: ArrayOrLists, options?: { ord?: number | "fro" }): number;
export function norm(x: ArrayOrLists, options: NormOptions): NDArray<"float64">;
export function norm(x: ArrayOrLists, options: NormOptions = {}): number | NDArray {
  checkOptions(NAME, options, ["ord", "axis", "keepdims"]);
  const { ord, axis, keepdims = false } = options;
  checkSwitch(NAME, "keepdims", keepdims);
  if (ord !== undefined && ord !== "fro") checkNumber(NAME, "ord", ord);
  const array = asFloat64(asArray(NAME, x));
  const axes = readAxes(NAME, axis, array.shape);
  const whole = axis === undefined && ord === undefined;
  const values =
    whole || axes.length === 1 || axes.length === 2 ? along(array, axes, whole ? undefined : ord) : undefined;
  if (values === undefined)
    throw new RangeError(`${NAME}: axes ${shapeText(axes)} of shape ${shapeText(array.shape)}: wanted one or two`);
  if (!("axis" in options || "keepdims" in options)) return values.data[0];
  const shape = keepdims
    ? array.shape.map((length, k) => (axes.includes(k) ? 1 : length))
    : array.shape.filter((_, k) => !axes.includes(k));
  return wrap("float64", values.data, shape);
}

const NAME = "linalg.norm";

/** The norms in row-major order of the axes that are left. */
function along(x: NDArray<"float64">, axes: readonly number[], ord: number | "fro" | undefined): NDArray<"float64"> {
  if (axes.length === 2 && typeof ord === "number") return matrixNorm(x, axes[0], axes[1], ord);
  if (ord === undefined || ord === 2 || (ord === "fro" && axes.length === 2)) return euclidean(x, axes);
  if (ord === "fro") throw new RangeError(`${got(NAME, "ord", ord)}: wanted two axes for it`);
  return vectorNorm(x, axes[0], ord);
}

function euclidean(x: NDArray<"float64">, axes: readonly number[]): NDArray<"float64"> {
  if (isPlain(x) && axes.length === x.ndims) {
    const { length, data, offset } = x;
    return wrap("float64", Float64Array.of(Math.sqrt(ddot(length, data, 1, offset, data, 1, offset))), []);
  }
  return mapped(sumsAlong(mapped(x, loops.square), axes), loops.sqrt);
}

function vectorNorm(x: NDArray<"float64">, axis: number, ord: number): NDArray<"float64"> {
  if (Math.abs(ord) === Infinity) return extreme(abs(x) as NDArray<"float64">, axis, ord);
  if (ord === 0)
    return sumsAlong(
      mapped(
        x,
        each((value) => (value === 0 ? 0 : 1)),
      ),
      [axis],
    );
  if (ord === 1) return sumsAlong(abs(x) as NDArray<"float64">, [axis]);
  const powers = mapped(
    x,
    each((value) => math.pow(Math.abs(value), ord)),
  );
  return mapped(
    sumsAlong(powers, [axis]),
    each((sum) => math.pow(sum, 1 / ord)),
  );
}

/** The largest or smallest of the sums of columns or rows. */
function matrixNorm(x: NDArray<"float64">, row: number, column: number, ord: number): NDArray<"float64"> {
  if (![1, -1, Infinity, -Infinity].includes(ord))
    throw new RangeError(`${got(NAME, "ord", ord)}: wanted "fro", 1, -1, Infinity or -Infinity for matrices`);
  const [summed, left] = Math.abs(ord) === 1 ? [row, column] : [column, row];
  const sums = sumsAlong(abs(x) as NDArray<"float64">, [summed]);
  return extreme(sums, left > summed ? left - 1 : left, ord);
}

function extreme(x: NDArray<"float64">, axis: number, sign: number): NDArray<"float64"> {
  if (x.length === 0) checkSome(NAME, x.shape[axis], x);
  return sign > 0 ? max(x, { axis }) : min(x, { axis });
}

function sumsAlong(x: NDArray<"float64">, axes: readonly number[]): NDArray<"float64"> {
  return reduceAlong(NAME, SUM, x, { axis: axes });
}

/**
 * Applies a loop to each element. The result has the memory order that NumPy gives it, because the order of a later sum
 * depends on it.
 */
function mapped(x: NDArray<"float64">, loop: UnaryLoop): NDArray<"float64"> {
  const result = inOrderOf(NAME, [x]);
  const from = x.data,
    to = result.data;
  walk(x.shape, [x.strides, result.strides], [x.offset, 0], (count, at, step) =>
    loop(count, from, at[0], step[0], to, at[1], step[1]),
  );
  return result;
}

function each(f: (value: number) => number): UnaryLoop {
  return (count, a, p, sa, c, r, sc) => {
    for (let i = 0; i < count; i++, p += sa, r += sc) c[r] = f(a[p]);
  };
}
