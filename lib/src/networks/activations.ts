import * as math from "../math";
import * as np from "../np";
import {
  allocateUnfilled,
  asArray,
  cast,
  isPlain,
  logistic,
  plainMax,
  plainSum,
  shapeText,
  wrap,
  type ArrayOrLists,
  type NDArray,
  type RowDType,
  type SameKind,
} from "../np/internal";

/**
 * 1 where x is above 0, else 0: the activation of a perceptron. Book, section 3.2.
 *
 * @param x - a number, or an array or nested lists of any shape
 * @returns a number for a number, an int32 array of the same shape for an array
 * @throws TypeError when x is neither a number nor an array
 * @example
 * stepFunction(np.array([-1, 0, 2])); // array([0, 0, 1])
 */
export function stepFunction<X extends number>(x: X): SameKind<X, "int32">;
export function stepFunction(x: ArrayOrLists): NDArray<"int32">;
export function stepFunction(x: number | ArrayOrLists): number | NDArray<"int32"> {
  if (typeof x === "number") return x > 0 ? 1 : 0;
  return np.array(np.greater(asArray("stepFunction", x), 0), { dtype: "int32" });
}

/**
 * `1 / (1 + exp(-x))`: a smooth step from 0 to 1, 0.5 at 0. Book, section 3.2.
 *
 * @param x - a number, or an array or nested lists of any shape
 * @returns a number for a number, a float64 array of the same shape for an array
 * @throws TypeError when x is neither a number nor an array
 * @example
 * sigmoid(np.array([-1, 0, 1])); // array([0.26894142, 0.5       , 0.73105858])
 */
export function sigmoid<X extends number>(x: X): SameKind<X, "float64">;
export function sigmoid(x: ArrayOrLists): NDArray<"float64">;
export function sigmoid(x: number | ArrayOrLists): number | NDArray<"float64"> {
  return typeof x === "number" ? math.logistic(x) : logistic(asArray("sigmoid", x));
}

/**
 * x where it is above 0, else 0: the rectified linear unit. Book, section 3.2.
 *
 * @param x - a number, or an array or nested lists of any shape
 * @returns a number for a number, an array of the same shape for an array
 * @throws TypeError when x is neither a number nor an array
 * @example
 * relu(np.array([-1, 0, 2])); // array([0., 0., 2.])
 */
export function relu<X extends number>(x: X): SameKind<X, RowDType<X>>;
export function relu(x: NDArray<"float64">): NDArray<"float64">;
export function relu(x: ArrayOrLists): NDArray;
export function relu(x: number | ArrayOrLists): number | NDArray {
  return typeof x === "number" ? Math.max(0, x) : np.maximum(0, asArray("relu", x));
}

/**
 * x itself: the activation of an output layer that estimates a quantity. Book, section 3.4.
 * @param x - anything
 * @returns x
 * @example identity(2); // 2
 */
export function identity<X>(x: X): X {
  return x;
}

/**
 * `exp(x_k) / sum_i exp(x_i)` along the last axis: scores become probabilities that sum to 1. Book, section 3.5.
 *
 * It first subtracts the largest score of each row: the result stays the same, and exp cannot overflow.
 *
 * @param scores - (K,) of one sample, or (N, K) of a batch
 * @returns float64, of the shape of scores
 * @throws TypeError when scores is not an array; RangeError when it has no axis, or its last axis is empty
 * @example
 * softmax(np.array([0.3, 2.9, 4.0])); // array([0.01821127, 0.24519181, 0.73659691])
 */
export function softmax(scores: ArrayOrLists): NDArray<"float64"> {
  return softmaxFor("softmax", asArray("softmax", scores, "scores"));
}

/** Does the work of softmax; error messages begin with `caller`, the function that the user called. */
export function softmaxFor(caller: string, scores: ArrayOrLists): NDArray<"float64"> {
  const given = asArray(caller, scores);
  const { length, shape } = given,
    classes = shape.at(-1) ?? 0;
  if (classes === 0) {
    throw new RangeError(`${caller}: scores of shape ${shapeText(shape)}: wanted (K,) or (N,K) with K > 0`);
  }
  const x = isPlain(given) ? given : cast(caller, given, "float64");
  const out = allocateUnfilled(caller, "float64", length);
  for (let row = 0; row < length; row += classes) subtractLargest(classes, x.data, x.offset + row, out, row);
  math.mapDoubles(math.exp, "exp", length, out, 0, 1, out, 0, 1);
  for (let row = 0; row < length; row += classes) divideBySum(classes, out, row);
  return wrap("float64", out, shape);
}

function subtractLargest(count: number, x: Float64Array, p: number, out: Float64Array, r: number): void {
  const largest = plainMax.fold(count, x, p);
  for (let k = 0; k < count; k++) out[r + k] = x[p + k] - largest;
}

function divideBySum(count: number, x: Float64Array, p: number): void {
  const sum = plainSum.fold(count, x, p);
  for (let k = 0; k < count; k++) x[p + k] /= sum;
}
