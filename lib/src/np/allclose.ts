import { checkNumber, checkOptions, checkSwitch } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { asFloat64, cast } from "./cast";
import { apply2 } from "./elementwise";
import type { BinaryLoop } from "./loops";
import type { NDArray, SameKind, Operand } from "./ndarray";
import { sameShape } from "./out";
import { walk } from "./walk";

/** How far apart two values may be: `|a - b| <= atol + rtol * |b|`. */
export interface Closeness {
  readonly rtol?: number;
  readonly atol?: number;
  readonly equalNan?: boolean;
}

const defaults: Required<Closeness> = { rtol: 1e-5, atol: 1e-8, equalNan: false };

/**
 * Whether all pairs of elements are close, as `np.allclose`; infinities are close to themselves only.
 * @param a - an array, nested lists or a single value
 * @param b - the same; its shape and that of `a` broadcast to one
 * @param options - `rtol`, 1e-5 by default, and `atol`, 1e-8: close is `|a - b| <= atol + rtol * |b|`;
 *   `equalNan`: true counts nan as close to nan
 * @returns true or false
 * @throws RangeError when the shapes do not broadcast
 * @example np.allclose([1, 2], [1, 2 + 1e-9]); // True
 */
export function allclose(a: Operand, b: Operand, options: Closeness = {}): boolean {
  const { rtol, atol, equalNan } = readCloseness("allclose", options);
  const x = asFloat64(asArray("allclose", a, "a")),
    y = asFloat64(asArray("allclose", b, "b"));
  const shape = broadcastShapes("allclose", [x.shape, y.shape]);
  let close = true;
  walk(shape, [broadcastStrides(x, shape), broadcastStrides(y, shape)], [x.offset, y.offset], (count, at, step) => {
    for (let i = 0; i < count && close; i++) {
      const left = x.data[at[0] + i * step[0]],
        right = y.data[at[1] + i * step[1]];
      close = isNear(left, right, rtol, atol) || (equalNan && left !== left && right !== right);
    }
  });
  return close;
}

/**
 * Whether each pair of elements is close, as `np.isclose`; infinities are close to themselves only.
 * @param a - an array, nested lists or a single value
 * @param b - the same; its shape and that of `a` broadcast to one
 * @param options - `rtol`, 1e-5 by default, and `atol`, 1e-8: close is `|a - b| <= atol + rtol * |b|`;
 *   `equalNan`: true counts nan as close to nan
 * @returns true or false for two numbers, else a bool array
 * @throws RangeError when the shapes do not broadcast
 * @example np.isclose([1, 2], [1 + 1e-9, 3]); // array([ True, False])
 */
export function isclose<A extends number, B extends number>(a: A, b: B, options?: Closeness): SameKind<A | B, "bool">;
export function isclose(a: Operand, b: Operand, options?: Closeness): NDArray<"bool">;
export function isclose(a: Operand, b: Operand, options: Closeness = {}): boolean | NDArray<"bool"> {
  const { rtol, atol, equalNan } = readCloseness("isclose", options);
  const loop: BinaryLoop = (count, x, p, sx, y, q, sy, c, r, sc) => {
    for (let i = 0; i < count; i++, p += sx, q += sy, r += sc) {
      const both = equalNan && x[p] !== x[p] && y[q] !== y[q];
      c[r] = both || isNear(x[p], y[q], rtol, atol) ? 1 : 0;
    }
  };
  return apply2("isclose", loop, () => "bool", a, b) as boolean | NDArray<"bool">;
}

function readCloseness(caller: string, options: Closeness): Required<Closeness> {
  checkOptions(caller, options, Object.keys(defaults));
  const { rtol = defaults.rtol, atol = defaults.atol, equalNan = defaults.equalNan } = options;
  checkNumber(caller, "rtol", rtol);
  checkNumber(caller, "atol", atol);
  checkSwitch(caller, "equalNan", equalNan);
  return { rtol, atol, equalNan };
}

function isNear(left: number, right: number, rtol: number, atol: number): boolean {
  return left === right || (Number.isFinite(right) && Math.abs(left - right) <= atol + rtol * Math.abs(right));
}

/**
 * Whether two arrays have one shape and the same elements, as `np.array_equal`; nan differs from everything.
 * @param a - an array, nested lists or a single value
 * @param b - the same
 * @param options - `equalNan`: true counts nan as equal to nan
 * @returns true or false; false where the shapes differ
 * @throws RangeError for ragged lists; TypeError for a value that is not a number
 * @example np.arrayEqual([1, 2], [1, 2]); // True
 */
export function arrayEqual(a: Operand, b: Operand, options: { equalNan?: boolean } = {}): boolean {
  checkOptions("arrayEqual", options, ["equalNan"]);
  checkSwitch("arrayEqual", "equalNan", options.equalNan);
  const x = asArray("arrayEqual", a, "a"),
    y = asArray("arrayEqual", b, "b");
  if (!sameShape(x.shape, y.shape)) return false;
  const left = cast("arrayEqual", x, "float64").data,
    right = cast("arrayEqual", y, "float64").data;
  return left.every((value, i) => {
    return value === right[i] || (options.equalNan === true && value !== value && right[i] !== right[i]);
  });
}
