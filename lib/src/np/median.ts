import { asArray } from "./asArray";
import { checkSome } from "./axis";
import { cast } from "./cast";
import { allocate, sizeOf, wrap } from "./ndarray";
import type { NDArray, Operand } from "./ndarray";
import { deliver } from "./out";
import { planAxes } from "./reduction";
import type { AxisOptions, FloatReduction } from "./signatures";
import { transpose } from "./shape";

/**
 * The middle of the sorted values, or the mean of the two in the middle, as `np.median`; nan if there is one.
 * @remarks An empty array is refused, where NumPy warns and gives nan.
 * @throws RangeError when there is no such axis, or for an empty array
 * @example np.median([7, 1, 2, 4]); // 3.0
 */
export const median = ((operand: Operand, options?: AxisOptions): number | NDArray => {
  const x = asArray("median", operand);
  const { axes, shape } = planAxes("median", x.shape, options);
  const rest = x.shape.map((_, k) => k).filter((k) => !axes.includes(k));
  const count = sizeOf(axes.map((k) => x.shape[k]));
  const data = allocate("median", "float64", sizeOf(shape));
  if (data.length > 0) checkSome("median", count, x);
  const values = cast("median", transpose(x, [...rest, ...axes]), "float64").data;
  for (let i = 0; i < data.length; i++) data[i] = middle(values.subarray(i * count, (i + 1) * count).sort());
  return options === undefined ? data[0] : deliver("median", wrap("float64", data, shape), options.out, [x]);
}) as FloatReduction;

/** Sorting has put nan last. */
function middle(sorted: Float64Array): number {
  const { length } = sorted,
    half = length >> 1;
  if (Number.isNaN(sorted[length - 1])) return NaN;
  return length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}
