import { checkWhole, got } from "../checks";
import { readClasses } from "../labels";
import * as np from "../np";
import { asArray, isNDArray, shapeText, wrap, type ArrayOrLists, type NDArray } from "../np/internal";

/** Turns one sample into a batch of one; returns a batch unchanged. */
export function asBatch(x: NDArray): NDArray {
  return x.ndims === 1 ? np.reshape(x, [1, -1]) : x;
}

/**
 * x as an array; lists are converted.
 *
 * @throws TypeError, in the caller's name, when x is not an array; RangeError unless its shape is (inputSize,) or
 * (N, inputSize)
 */
export function readInputs(caller: string, inputs: ArrayOrLists, inputSize: number): NDArray {
  const x = asArray(caller, inputs, "x");
  if ((x.ndims === 1 || x.ndims === 2) && x.shape[x.ndims - 1] === inputSize) return x;
  throw new RangeError(`${caller}: x of shape ${shapeText(x.shape)}: wanted (N,${inputSize}) or (${inputSize},)`);
}

/**
 * @throws TypeError, in the caller's name, when one of these params is not an array; RangeError when a W does not have
 * two axes
 */
export function checkParams(
  caller: string,
  params: Readonly<Record<string, NDArray>> | undefined,
  names: readonly string[],
): void {
  for (const name of names) {
    const values: unknown = params?.[name];
    if (name.startsWith("W")) checkWeights(caller, `params.${name}`, values);
    else if (!isNDArray(values)) throw new TypeError(`${got(caller, `params.${name}`, values)}: wanted an array`);
  }
}

/**
 * @throws TypeError, in the caller's name, when the weights of a layer are not an array; RangeError when they do not
 * have two axes
 */
export function checkWeights(caller: string, name: string, values: unknown): void {
  if (!isNDArray(values)) throw new TypeError(`${got(caller, name, values)}: wanted an array`);
  if (values.ndims !== 2)
    throw new RangeError(`${caller}: ${name} of shape ${shapeText(values.shape)}: wanted two axes`);
}

/**
 * The share of rows whose most probable class is the right one, from 0 to 1.
 *
 * @param y - (N, K) scores or probabilities
 * @param t - (N, K) one-hot or (N,) labels
 * @throws RangeError, in the caller's name, when y and t do not fit or there are no rows
 */
export function shareRight(caller: string, y: NDArray, t: ArrayOrLists): number {
  if (y.shape[1] === 1) {
    throw new RangeError(
      `${caller}: y of shape ${shapeText(y.shape)}: wanted two classes or more, or an accuracy of ` +
        "the network's own: the likeliest of one class is always right",
    );
  }
  const wanted = readClasses(caller, y.shape, t);
  const right = np.equal(np.argmax(y, { axis: 1 }), wrap("int32", wanted, [wanted.length]));
  if (right.length === 0) throw new RangeError(`${caller}: y of shape ${shapeText(y.shape)}: wanted at least one row`);
  return np.mean(right);
}

/** @throws RangeError, in the caller's name, when there is one output unit: softmax needs two classes to tell apart */
export function checkClasses(caller: string, outputSize: number): void {
  if (outputSize !== 1) return;
  throw new RangeError(
    `${caller}: outputSize = 1: wanted 2 or more, one for each class: softmax over one unit is always 1`,
  );
}

/** 2 GiB of float64: with more, the allocation would fail, or the machine would hardly respond. */
const MOST_WEIGHTS = 2 ** 28;

/**
 * @param caller - the function with whose name the messages begin
 * @param sizes - the sizes of the layers by name, in the order of the layers
 * @throws RangeError when one of these is not a whole number above 0, or there are too many weights between two layers
 */
export function checkSizes(caller: string, sizes: Readonly<Record<string, number>>): void {
  for (const [name, size] of Object.entries(sizes)) checkWhole(caller, name, size, 1);
  const layers = Object.entries(sizes);
  for (let i = 1; i < layers.length; i++) {
    const [[before, inputs], [name, outputs]] = [layers[i - 1], layers[i]];
    if (inputs * outputs <= MOST_WEIGHTS) continue;
    throw new RangeError(
      `${caller}: ${before} = ${inputs} and ${name} = ${outputs}: wanted at most ${MOST_WEIGHTS} weights`,
    );
  }
}
