import { checkNumber, checkOptions, checkSwitch } from "../checks";
import { asArray } from "./asArray";
import { broadcastShapes, broadcastStrides } from "./broadcast";
import { asFloat64 } from "./cast";
import type { Operand } from "./ndarray";
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
  checkOptions("allclose", options, Object.keys(defaults));
  const { rtol = defaults.rtol, atol = defaults.atol, equalNan = defaults.equalNan } = options;
  checkNumber("allclose", "rtol", rtol);
  checkNumber("allclose", "atol", atol);
  checkSwitch("allclose", "equalNan", equalNan);
  const x = asFloat64(asArray("allclose", a)),
    y = asFloat64(asArray("allclose", b));
  const shape = broadcastShapes("allclose", [x.shape, y.shape]);
  let close = true;
  walk(shape, [broadcastStrides(x, shape), broadcastStrides(y, shape)], [x.offset, y.offset], (count, at, step) => {
    for (let i = 0; i < count && close; i++) {
      const left = x.data[at[0] + i * step[0]],
        right = y.data[at[1] + i * step[1]];
      const near = Number.isFinite(right) && Math.abs(left - right) <= atol + rtol * Math.abs(right);
      close = left === right || near || (equalNan && left !== left && right !== right);
    }
  });
  return close;
}
