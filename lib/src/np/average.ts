import { checkOptions, checkSwitch, shapeText } from "../checks";
import { asArray } from "./asArray";
import { checkSome } from "./axis";
import { asFloat64 } from "./cast";
import { apply2 } from "./elementwise";
import { inOrderOf } from "./layout";
import * as loops from "./loops";
import type { NDArray, Operand } from "./ndarray";
import { sameShape } from "./out";
import { meansAlong, SUM } from "./reduce";
import { planAxes, readAxes, reduceAlong } from "./reduction";
import type { AxisOptions } from "./signatures";
import { reshaped, transpose } from "./shape";
import { isWhole } from "./variance";

/** Along which axes, and how much each element counts. */
export interface AverageOptions extends Omit<AxisOptions, "out"> {
  /** Of the shape of x, or of the lengths of the axes that `axis` names, in their order. */
  readonly weights?: Operand;
}

/**
 * The mean, in which each element counts by its weight, as `np.average`: sum(weights * x) / sum(weights).
 * @param x - an array, nested lists or a single value
 * @param options - `axis`: one axis or several, -1 is the last; `weights`: of the shape of x, or of the lengths of
 *   those axes; `keepdims`: true leaves the axes with a length of 1
 * @returns a number where the options name neither axis nor keepdims, else a float64 array
 * @remarks No `returned`. An empty array is refused, where NumPy gives nan.
 * @throws RangeError when there is no such axis, for weights of another shape or with a sum of 0, or an empty array
 * @example np.average([1, 2, 3], { weights: [3, 1, 0] }); // 1.25
 */
export function average(x: Operand, options?: { weights?: Operand }): number;
export function average(x: Operand, options: AverageOptions): NDArray<"float64">;
export function average(operand: Operand, options?: AverageOptions): number | NDArray {
  const x = asArray("average", operand);
  if (options !== undefined) checkOptions("average", options, NAMES);
  const { axis, keepdims, weights } = options ?? {};
  checkSwitch("average", "keepdims", keepdims);
  const along = { axis, keepdims };
  const result = weights === undefined ? meansAlong("average", x, along) : weighted(x, weights, along);
  return isWhole(options) ? result.data[0] : result;
}

const NAMES = ["axis", "keepdims", "weights"];

function weighted(x: NDArray, weights: Operand, along: AxisOptions): NDArray<"float64"> {
  checkSome("average", x.length, x);
  const spread = overAxes(x, asArray("average", weights, "weights"), along.axis);
  const products = inOrderOf("average", [x, spread]);
  apply2("average", loops.multiply, () => "float64", x, spread, products);
  const result = reduceAlong("average", SUM, products, along);
  const scale = reduceAlong("average", SUM, asFloat64(spread), along);
  if (scale.data.includes(0)) throw new RangeError("average: weights with a sum of 0: wanted another sum");
  apply2("average", loops.divide, () => "float64", result, scale, result);
  return result;
}

/**
 * The weights in a shape that broadcasts with x. If they do not have the shape of x, their axes are the axes to be
 * averaged, in the order in which `axis` names them.
 */
function overAxes(x: NDArray, weights: NDArray, given: AxisOptions["axis"]): NDArray {
  if (sameShape(weights.shape, x.shape)) return weights;
  const axes = readAxes("average", given, x.shape);
  const lengths = axes.map((axis) => x.shape[axis]);
  if (given === undefined || !sameShape(weights.shape, lengths)) {
    const wanted = shapeText(given === undefined ? x.shape : lengths);
    throw new RangeError(`average: weights of shape ${shapeText(weights.shape)}: wanted ${wanted}`);
  }
  const order = axes.map((_, k) => k).sort((a, b) => axes[a] - axes[b]);
  const { kept } = planAxes("average", x.shape, { axis: given });
  const shape = kept.map((_, k) => (axes.includes(k) ? x.shape[k] : 1));
  return reshaped("average", transpose(weights, order), shape);
}
