// More than 250 lines because of the documentation: each method gives shapes, errors and an example.
import { FEWEST_ROWS, fusedProbabilities, isWorthTheWay } from "../fused";
import { readOneHot } from "../labels";
import * as np from "../np";
import { asArray, type ArrayOrLists, type NDArray } from "../np/internal";
import * as random from "../random";
import { sigmoid, softmax } from "./activations";
import { asBatch, checkClasses, checkParams, checkSizes, readInputs, shareRight } from "./inputs";
import { backpropagated, checkLayerParams, derivativeOfSigmoid, readWeights, unitsOf } from "./layers";
import { crossEntropyFor } from "./losses";
import type { Network } from "./network";
import { numericalGradients } from "./numericalGradients";
import { warningOfItsCost, WrittenMethods } from "./overrides";

/** The six arrays of a ThreeLayerNet: D inputs, H1 and H2 hidden units, K classes; 784-50-100-10 in the book. */
export type ThreeLayerParams = {
  /** (D, H1) */
  W1: NDArray<"float64">;
  /** (H1,) */
  b1: NDArray<"float64">;
  /** (H1, H2) */
  W2: NDArray<"float64">;
  /** (H2,) */
  b2: NDArray<"float64">;
  /** (H2, K) */
  W3: NDArray<"float64">;
  /** (K,) */
  b3: NDArray<"float64">;
};

const NAMES = ["W1", "b1", "W2", "b2", "W3", "b3"] as const;

/**
 * A network with two hidden layers of sigmoid units, and softmax over the classes. Section 3.6 of the book uses it with
 * trained weights to classify digits.
 *
 * x is (N, D), one row for each sample, or (D,) for one sample; t is (N, K) one-hot or (N,) labels.
 *
 * @example
 * const network = ThreeLayerNet.fromWeights((await loadWeights()).params);
 * np.shape(network.predict(np.zeros([5, 784]))); // (5, 10)
 * @example
 * // relu in place of sigmoid, in both hidden layers; all that TwoLayerNet says of subclasses holds here too
 * class ReluNet extends ThreeLayerNet {
 *   protected override activation(a: NDArray) { return relu(a); }
 *   protected override activationDerivative(a: NDArray) { return stepFunction(a); }
 * }
 * const network = ReluNet.initialize(784, 50, 100, 10);
 */
export class ThreeLayerNet implements Network {
  params: ThreeLayerParams;

  /**
   * @param params - the arrays; they are not copied, and training changes them (`fromWeights` makes copies)
   * @throws RangeError when one is missing or the shapes of two layers do not fit together
   */
  constructor(params: ThreeLayerParams) {
    checkLayerParams("ThreeLayerNet", params, NAMES);
    if (new.target === ThreeLayerNet) checkClasses("ThreeLayerNet", params.W3.shape[1]);
    this.params = params;
  }

  /**
   * Makes a network with float64 copies of trained weights.
   *
   * @param weights - W1, b1, W2, b2, W3 and b3, as `loadWeights` gives them
   * @returns the network
   * @throws RangeError when one is missing or the shapes of two layers do not fit together
   * @example const network = ThreeLayerNet.fromWeights((await loadWeights()).params);
   */
  static fromWeights<N extends ThreeLayerNet>(
    this: new (params: ThreeLayerParams) => N,
    weights: Readonly<Record<string, ArrayOrLists>>,
  ): N {
    return new this(readWeights("ThreeLayerNet.fromWeights", weights, NAMES) as ThreeLayerParams);
  }

  /**
   * Makes a network to be trained. It draws W1, W2 and W3 from the global random stream: normally distributed numbers
   * with the standard deviation 1 / sqrt(inputs of the layer). With much smaller weights, the gradient of two layers of
   * sigmoid units would be almost 0 at the start. Biases start at 0.
   *
   * @param inputSize - D, how many numbers a sample has
   * @param hiddenSize1 - H1, how many units the first hidden layer has
   * @param hiddenSize2 - H2, how many the second has
   * @param outputSize - K, how many classes
   * @returns the network
   * @throws RangeError when a size is not a whole number above 0
   * @see X. Glorot, Y. Bengio, "Understanding the difficulty of training deep feedforward neural networks"
   * @example np.shape(ThreeLayerNet.initialize(784, 50, 100, 10).params.W2); // (50, 100)
   */
  static initialize<N extends ThreeLayerNet>(
    this: new (params: ThreeLayerParams) => N,
    inputSize: number,
    hiddenSize1: number,
    hiddenSize2: number,
    outputSize: number,
  ): N {
    checkSizes("ThreeLayerNet.initialize", { inputSize, hiddenSize1, hiddenSize2, outputSize });
    if ((this as unknown) === ThreeLayerNet) checkClasses("ThreeLayerNet.initialize", outputSize);
    const draw = (rows: number, columns: number) => np.divide(random.randn(rows, columns), Math.sqrt(rows));
    return new this({
      W1: draw(inputSize, hiddenSize1),
      b1: np.zeros(hiddenSize1),
      W2: draw(hiddenSize1, hiddenSize2),
      b2: np.zeros(hiddenSize2),
      W3: draw(hiddenSize2, outputSize),
      b3: np.zeros(outputSize),
    });
  }

  /**
   * The probabilities of the classes.
   *
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @returns (N, K), or (K,) for one sample
   * @throws RangeError when x has not D columns
   * @example
   * const network = ThreeLayerNet.initialize(2, 4, 3, 2);
   * np.shape(network.predict(np.zeros([5, 2]))); // (5, 2)
   */
  predict(x: ArrayOrLists): NDArray<"float64"> {
    const inputs = asArray("ThreeLayerNet.predict", x, "x");
    return quickProbabilities(this, inputs) ?? forward("predict", this, inputs, (a) => this.activation(a)).y;
  }

  /**
   * The cross entropy of the predictions, as the mean over the rows.
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns the mean over the rows
   * @throws RangeError when x and t do not fit
   * @example
   * const network = ThreeLayerNet.initialize(2, 4, 3, 2);
   * network.loss(np.zeros([5, 2]), np.zeros(5)) > 0; // true
   */
  loss(x: ArrayOrLists, t: ArrayOrLists): number {
    return crossEntropyFor("ThreeLayerNet.loss", this.predict(asArray("ThreeLayerNet.loss", x, "x")), t);
  }

  /**
   * The share of rows whose most probable class is the right one.
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns from 0 to 1
   * @throws RangeError when x and t do not fit
   * @example
   * const network = ThreeLayerNet.initialize(2, 4, 3, 2);
   * network.accuracy(np.zeros([5, 2]), np.zeros(5)) >= 0; // true
   */
  accuracy(x: ArrayOrLists, t: ArrayOrLists): number {
    return shareRight("ThreeLayerNet.accuracy", this.predict(asBatch(asArray("ThreeLayerNet.accuracy", x, "x"))), t);
  }

  /**
   * The gradient of the loss by backpropagation. It ignores the 1e-7 inside the logarithm, as the
   * book's TwoLayerNet does.
   *
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays of the shapes of params
   * @throws RangeError when x and t do not fit
   * @example
   * const network = ThreeLayerNet.initialize(2, 4, 3, 2);
   * np.shape(network.gradient(np.zeros([5, 2]), np.zeros(5)).W1); // (2, 4)
   */
  gradient(x: ArrayOrLists, t: ArrayOrLists): ThreeLayerParams {
    const changed = backpropagated("ThreeLayerNet", this, written);
    const inputs = asArray("ThreeLayerNet.gradient", x, "x"),
      targets = asArray("ThreeLayerNet.gradient", t, "t");
    if (changed) return numericalGradients(warningOfItsCost(this, changed), inputs, targets) as ThreeLayerParams;
    const batch = asBatch(inputs);
    const { a1, z1, a2, z2, y } = forward("gradient", this, batch, (a) => this.activation(a));
    const { W2, W3 } = this.params;
    const derivative = (a: NDArray<"float64">, z: NDArray) =>
      unitsOf(this, "activationDerivative", this.activationDerivative(a, z), a);
    const dy = np.divide(np.subtract(y, readOneHot("ThreeLayerNet.gradient", y.shape, targets)), y.shape[0]);
    const da2 = np.multiply(np.dot(dy, np.transpose(W3)), derivative(a2, z2));
    const da1 = np.multiply(np.dot(da2, np.transpose(W2)), derivative(a1, z1));
    return {
      W1: np.dot(np.transpose(batch), da1),
      b1: np.sum(da1, { axis: 0 }),
      W2: np.dot(np.transpose(z1), da2),
      b2: np.sum(da2, { axis: 0 }),
      W3: np.dot(np.transpose(z2), dy),
      b3: np.sum(dy, { axis: 0 }),
    };
  }

  /**
   * The values of the hidden units of both layers: sigmoid. A subclass that overrides it must also override
   * activationDerivative.
   *
   * @param a - (N, H) or (H,), the inputs of the units
   * @returns an array of the shape of a
   * @example
   * class OfRelu extends ThreeLayerNet {
   *   protected override activation(a: NDArray<"float64">) { return relu(a); }
   *   protected override activationDerivative(a: NDArray<"float64">) { return np.greater(a, 0); }
   * }
   */
  protected activation(a: NDArray<"float64">): NDArray {
    return sigmoid(a);
  }

  /**
   * The derivative of activation at the inputs of the hidden units.
   *
   * @param _a - (N, H), as for activation
   * @param z - the result of activation for it
   * @returns an array of the shape of a
   * @example
   * class OfTanh extends ThreeLayerNet {
   *   protected override activation(a: NDArray<"float64">) { return np.tanh(a); }
   *   protected override activationDerivative(a: NDArray<"float64">, z: NDArray) {
   *     return np.subtract(1, np.square(z));
   *   }
   * }
   */
  protected activationDerivative(_a: NDArray<"float64">, z: NDArray): NDArray {
    return derivativeOfSigmoid(z);
  }
}

/** Not a method, so that a subclass may have a method of this name. */
function forward(
  caller: string,
  network: ThreeLayerNet,
  x: ArrayOrLists,
  activation: (a: NDArray<"float64">) => NDArray,
) {
  checkParams(`ThreeLayerNet.${caller}`, network.params, NAMES);
  const { W1, b1, W2, b2, W3, b3 } = network.params;
  checkClasses(`ThreeLayerNet.${caller}`, W3.shape[1]);
  const inputs = readInputs(`ThreeLayerNet.${caller}`, x, W1.shape[0]);
  const a1 = np.add(np.dot(inputs, W1), b1);
  const z1 = unitsOf(network, "activation", activation(a1), a1);
  const a2 = np.add(np.dot(z1, W2), b2);
  const z2 = unitsOf(network, "activation", activation(a2), a2);
  return { a1, z1, a2, z2, y: softmax(np.add(np.dot(z2, W3), b3)) };
}

const written = new WrittenMethods(ThreeLayerNet.prototype);

/** The probabilities of many rows by the routines; undefined if that form cannot be used. */
function quickProbabilities(network: ThreeLayerNet, x: NDArray): NDArray<"float64"> | undefined {
  if (!written.serve(network, ["activation"]) || !isWorthTheWay(network.params, x, FEWEST_ROWS.predictions))
    return undefined;
  const { W1, b1, W2, b2, W3, b3 } = network.params;
  return fusedProbabilities(x, { W1, b1, W2, b2 }, { W1: W2, b1: b2, W2: W3, b2: b3 });
}

/** The name of a method that was overridden without the gradient; undefined if the gradient fits. */
export function overriddenInThreeLayers(network: ThreeLayerNet): string | undefined {
  return written.overriddenWithoutGradient(network);
}
