import { checkFinite, got } from "../checks";
import { asArray, cast, isNDArray, isTypedValues, shapeText, type NDArray, type TypedValues } from "../np/internal";

/**
 * A neuron that fires, giving 1, when the weighted sum of its inputs plus a bias is above 0. Book, chapter 2.
 *
 * @example
 * new Perceptron([0.5, 0.5], -0.7).fire(1, 1); // 1
 */
export class Perceptron {
  /** One for each input. */
  readonly weights: readonly number[];

  /**
   * @param weights - one for each input, a list or an array of one axis
   * @param bias - how easily it fires: minus the threshold
   * @throws TypeError when weights is not a list
   * @throws RangeError when a weight or the bias is not finite, or there is no weight
   */
  constructor(
    weights: readonly number[] | TypedValues | NDArray,
    /** How easily it fires. */
    readonly bias: number,
  ) {
    this.weights = readWeights(weights);
    if (this.weights.length === 0) throw new RangeError("Perceptron: weights = []: wanted one for each input");
    this.weights.forEach((weight, i) => checkFinite("Perceptron", `weights[${i}]`, weight));
    checkFinite("Perceptron", "bias", bias);
  }

  /**
   * `w1 x1 + w2 x2 + ... + bias`.
   *
   * @param inputs - as many numbers as there are weights
   * @returns the sum; above 0 the perceptron fires
   * @throws RangeError when there are not as many inputs as weights, or one is not finite
   * @example new Perceptron([0.5, 0.5], -0.75).weightedSum(1, 1); // 0.25
   */
  weightedSum(...inputs: number[]): number {
    checkInputs("Perceptron.weightedSum", this, inputs);
    return inputs.reduce((sum, input, i) => sum + this.weights[i] * input, 0) + this.bias;
  }

  /**
   * 1 when the weighted sum is above 0, else 0.
   * @param inputs - as many numbers as there are weights
   * @returns 1 or 0
   * @throws RangeError when there are not as many inputs as weights, or one is not finite
   * @example new Perceptron([0.5, 0.5], -0.7).fire(1, 0); // 0
   */
  fire(...inputs: number[]): 0 | 1 {
    checkInputs("Perceptron.fire", this, inputs);
    return this.weightedSum(...inputs) > 0 ? 1 : 0;
  }
}

/** Returns a list unchanged, and the numbers of an array as a new list. */
function readWeights(weights: readonly number[] | TypedValues | NDArray): readonly number[] {
  if (Array.isArray(weights)) return weights as readonly number[];
  if (!isNDArray(weights) && !isTypedValues(weights)) {
    throw new TypeError(`${got("Perceptron", "weights", weights)}: wanted a list or an array of numbers`);
  }
  const { shape, data } = cast("Perceptron", asArray("Perceptron", weights, "weights"), "float64");
  if (shape.length === 1) return [...data];
  throw new RangeError(`Perceptron: weights of shape ${shapeText(shape)}: wanted one axis`);
}

function checkInputs(caller: string, { weights }: Perceptron, inputs: readonly number[]): void {
  if (inputs.length !== weights.length) {
    throw new RangeError(`${caller}: ${inputs.length} inputs: wanted ${weights.length}, one for each weight`);
  }
  inputs.forEach((input, i) => checkFinite(caller, `inputs[${i}]`, input));
}

function gate(caller: string, perceptron: Perceptron, inputs: readonly number[]): 0 | 1 {
  checkInputs(caller, perceptron, inputs);
  return perceptron.fire(...inputs);
}

const AND = new Perceptron([0.5, 0.5], -0.7);
const NAND = new Perceptron([-0.5, -0.5], 0.7);
// the book's bias; with 0, the sum for (0, 0) would lie exactly on the boundary
const OR = new Perceptron([0.5, 0.5], -0.2);

/**
 * 1 when both inputs are 1.
 * @param x1 - the first input, 0 or 1
 * @param x2 - the second input, 0 or 1
 * @returns 1 or 0
 * @throws RangeError when an input is not finite
 * @example andGate(1, 0); // 0
 */
export function andGate(x1: number, x2: number): 0 | 1 {
  return gate("andGate", AND, [x1, x2]);
}

/**
 * 0 when both inputs are 1.
 * @param x1 - the first input, 0 or 1
 * @param x2 - the second input, 0 or 1
 * @returns 1 or 0
 * @throws RangeError when an input is not finite
 * @example nandGate(1, 0); // 1
 */
export function nandGate(x1: number, x2: number): 0 | 1 {
  return gate("nandGate", NAND, [x1, x2]);
}

/**
 * 1 when one of the inputs is 1, or both.
 * @param x1 - the first input, 0 or 1
 * @param x2 - the second input, 0 or 1
 * @returns 1 or 0
 * @throws RangeError when an input is not finite
 * @example orGate(1, 0); // 1
 */
export function orGate(x1: number, x2: number): 0 | 1 {
  return gate("orGate", OR, [x1, x2]);
}

/**
 * 1 when exactly one input is 1. No straight line separates these inputs from the others, so it needs two layers.
 * @param x1 - the first input, 0 or 1
 * @param x2 - the second input, 0 or 1
 * @returns 1 or 0
 * @throws RangeError when an input is not finite
 * @example xorGate(1, 1); // 0
 */
export function xorGate(x1: number, x2: number): 0 | 1 {
  return gate("xorGate", AND, [gate("xorGate", NAND, [x1, x2]), gate("xorGate", OR, [x1, x2])]);
}
