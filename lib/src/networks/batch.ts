import * as np from "../np";
import { shapeText, wrap, type NDArray } from "../np/ndarray";
import { readClasses } from "./targets";

/** One sample as a batch of one; a batch as it is. */
export function asBatch(x: NDArray): NDArray {
  return x.ndims === 1 ? np.reshape(x, [1, -1]) : x;
}

/** @throws RangeError, in the caller's name, unless x is (inputSize,) or (N, inputSize) */
export function requireInputs(caller: string, x: NDArray, inputSize: number): void {
  if ((x.ndims === 1 || x.ndims === 2) && x.shape[x.ndims - 1] === inputSize) return;
  throw new RangeError(`${caller}: x of shape ${shapeText(x.shape)}: (N,${inputSize}) or (${inputSize},) wanted`);
}

/**
 * The share of rows whose likeliest class is the right one, from 0 to 1.
 *
 * @param y - (N, K) scores or probabilities
 * @param t - (N, K) one-hot or (N,) labels
 * @throws RangeError, in the caller's name, when y and t do not fit or there are no rows
 */
export function shareRight(caller: string, y: NDArray, t: NDArray): number {
  const wanted = readClasses(caller, y.shape, t);
  const right = np.equal(np.argmax(y, { axis: 1 }), wrap("int32", wanted, [wanted.length]));
  if (right.length === 0) throw new RangeError(`${caller}: no rows: the share of none is not a number`);
  return np.mean(right);
}

/** @throws RangeError when one of these is not a whole number above 0; `caller` begins the message */
export function requireSizes(caller: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`${caller}: ${name} = ${String(size)}: a whole number above 0 wanted`);
  }
}
