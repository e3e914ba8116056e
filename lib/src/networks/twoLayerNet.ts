// More than 250 lines because of the documentation: each method gives shapes, errors and an example that a test runs.
import { checkPositive, got } from "../checks";
import { H } from "../differentiation";
import {
  fusedAccuracy,
  fusedGradient,
  fusedProbabilities,
  incrementalGradient,
  incrementalGradientInTurns,
  PARAM_NAMES,
} from "../fused";
import { readClasses, readOneHot } from "../labels";
import * as np from "../np";
import { asArray, type ArrayOrLists, type NDArray } from "../np/internal";
import type { Pauses } from "../platform";
import * as random from "../random";
import { sigmoid, softmax } from "./activations";
import { asBatch, checkClasses, checkParams, checkSizes, readInputs, shareRight } from "./inputs";
import { backpropagated, derivativeOfSigmoid, readWeights, unitsOf } from "./layers";
import { crossEntropyFor } from "./losses";
import type { Network } from "./network";
import { numericalGradients } from "./numericalGradients";
import { warningOfItsCost, WrittenMethods } from "./overrides";

/** The four arrays of a TwoLayerNet: D inputs, H hidden units, K classes. */
export type TwoLayerParams = {
  /** (D, H) */
  W1: NDArray<"float64">;
  /** (H,) */
  b1: NDArray<"float64">;
  /** (H, K) */
  W2: NDArray<"float64">;
  /** (K,) */
  b2: NDArray<"float64">;
};

/**
 * A network with one hidden layer of sigmoid units, and softmax over the classes. Book, section 4.5.
 *
 * x is (N, D), one row for each sample, or (D,) for one sample; t is (N, K) one-hot or (N,) labels.
 *
 * A subclass may override any method, and `train` uses the overriding methods. If a subclass overrides `activation` and
 * `activationDerivative`, `gradient` is still backpropagation. If it overrides `predict` or `loss` but not `gradient`,
 * `gradient` is the numerical gradient, and a warning says once how long that takes. `super.gradient(x, t)` is the
 * gradient of the cross entropy: if the loss of a subclass has another term, the subclass adds the gradient of that
 * term.
 *
 * @example
 * const network = new TwoLayerNet(784, 50, 10);
 * np.shape(network.params.W1); // (784, 50)
 * @example
 * // relu in place of sigmoid
 * class ReluNet extends TwoLayerNet {
 *   protected override activation(a: NDArray) { return relu(a); }
 *   protected override activationDerivative(a: NDArray) { return stepFunction(a); }
 * }
 * @example
 * // weight decay: a loss with a term of its own, and the gradient of both
 * class DecayNet extends TwoLayerNet {
 *   override loss(x: NDArray, t: NDArray) {
 *     return super.loss(x, t) + 0.005 * np.sum(np.square(this.params.W1));
 *   }
 *   override gradient(x: NDArray, t: NDArray) {
 *     const gradient = super.gradient(x, t);
 *     return { ...gradient, W1: np.add(gradient.W1, np.multiply(0.01, this.params.W1)) };
 *   }
 * }
 * @example
 * // a third layer: its params beside those of the two others, and the numerical gradient of it all
 * class DeepNet extends TwoLayerNet {
 *   declare params: ThreeLayerParams;
 *   constructor(inputSize: number, hiddenSize1: number, hiddenSize2: number, outputSize: number) {
 *     super(inputSize, hiddenSize1, hiddenSize2, 0.5);
 *     this.params.W3 = np.multiply(0.5, random.randn(hiddenSize2, outputSize));
 *     this.params.b3 = np.zeros(outputSize);
 *   }
 *   override predict(x: NDArray) {
 *     const { W1, b1, W2, b2, W3, b3 } = this.params;
 *     const z1 = sigmoid(np.add(np.dot(x, W1), b1));
 *     const z2 = sigmoid(np.add(np.dot(z1, W2), b2));
 *     return softmax(np.add(np.dot(z2, W3), b3));
 *   }
 * }
 * @example
 * // other first weights: He's, for relu
 * class HeNet extends TwoLayerNet {
 *   constructor(inputSize: number, hiddenSize: number, outputSize: number) {
 *     super(inputSize, hiddenSize, outputSize, 1);
 *     const { W1, W2 } = this.params;
 *     np.multiply(W1, Math.sqrt(2 / inputSize), { out: W1 });
 *     np.multiply(W2, Math.sqrt(2 / hiddenSize), { out: W2 });
 *   }
 * }
 */
export class TwoLayerNet implements Network {
  /** The weights and biases, which training changes in place. */
  params: TwoLayerParams;

  /**
   * Draws W1, then W2, from the global random stream: standard normal numbers times weightInitStd. Biases start at 0.
   *
   * @param inputSize - D, how many numbers a sample has
   * @param hiddenSize - H, how many hidden units
   * @param outputSize - K, how many classes; 1 only in a subclass with a predict of its own
   * @param weightInitStd - the standard deviation of the first weights
   * @throws RangeError when a size is not a whole number above 0, or weightInitStd not a finite number from 0
   */
  constructor(inputSize: number, hiddenSize: number, outputSize: number, weightInitStd = 0.01) {
    checkSizes("TwoLayerNet", { inputSize, hiddenSize, outputSize });
    if (!Number.isFinite(weightInitStd) || weightInitStd < 0) {
      throw new RangeError(`${got("TwoLayerNet", "weightInitStd", weightInitStd)}: wanted a finite number from 0`);
    }
    if (new.target === TwoLayerNet) checkClasses("TwoLayerNet", outputSize);
    this.params = {
      W1: np.multiply(weightInitStd, random.randn(inputSize, hiddenSize)),
      b1: np.zeros(hiddenSize),
      W2: np.multiply(weightInitStd, random.randn(hiddenSize, outputSize)),
      b2: np.zeros(outputSize),
    };
  }

  /**
   * Makes a network with float64 copies of saved weights.
   *
   * @param weights - W1, b1, W2 and b2, as `loadWeights` gives them
   * @returns the network
   * @throws RangeError when one is missing or the shapes of two layers do not fit together
   * @example
   * await saveWeights("digits.npz", network.params);
   * const again = TwoLayerNet.fromWeights((await loadWeights("digits.npz")).params);
   */
  static fromWeights<N extends TwoLayerNet>(
    this: new (inputSize: number, hiddenSize: number, outputSize: number) => N,
    weights: Readonly<Record<string, ArrayOrLists>>,
  ): N {
    const params = readWeights("TwoLayerNet.fromWeights", weights, PARAM_NAMES) as TwoLayerParams;
    const state = random.getState();
    try {
      const network = new this(params.W1.shape[0], params.W1.shape[1], params.W2.shape[1]);
      network.params = params;
      return network;
    } finally {
      random.setState(state); // as if the constructor had drawn no weights, because they are not used
    }
  }

  /**
   * The probabilities of the classes.
   *
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @returns (N, K), or (K,) for one sample
   * @throws RangeError when x has not D columns
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * np.shape(network.predict(np.zeros([5, 2]))); // (5, 2)
   */
  predict(x: ArrayOrLists): NDArray<"float64"> {
    const inputs = asArray("TwoLayerNet.predict", x, "x");
    const quick = isOriginal(this, UNITS) ? fusedProbabilities(inputs, this.params) : undefined;
    return quick ?? forward("predict", this, inputs, (a) => this.activation(a)).y;
  }

  /**
   * The cross entropy of the predictions, as the mean over the rows.
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns the mean over the rows
   * @throws RangeError when x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.loss(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])); // 0.6931469805599654
   */
  loss(x: ArrayOrLists, t: ArrayOrLists): number {
    return crossEntropyFor("TwoLayerNet.loss", this.predict(asArray("TwoLayerNet.loss", x, "x")), t);
  }

  /**
   * The share of rows whose most probable class is the right one.
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns from 0 to 1
   * @throws RangeError when x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.accuracy(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])); // 0.6
   */
  accuracy(x: ArrayOrLists, t: ArrayOrLists): number {
    const batch = asBatch(asArray("TwoLayerNet.accuracy", x, "x"));
    return quickAccuracy(this, batch, t) ?? shareRight("TwoLayerNet.accuracy", this.predict(batch), t);
  }

  /**
   * The gradient of the loss by backpropagation (book, section 4.5.2 uses it, chapter 5 explains it). It leaves the
   * 1e-7 inside the logarithm out of account, as the book does.
   *
   * If a subclass overrides predict or loss without gradient, or activation without activationDerivative, the result is
   * the numerical gradient.
   *
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays of the shapes of params
   * @throws RangeError when x and t do not fit; TypeError when the gradient of a subclass calls this one although
   *   activation was overridden without activationDerivative, or a class derived from it overrides predict or loss
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.gradient(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])).b2; // array([-0.1,  0.1])
   */
  gradient(x: ArrayOrLists, t: ArrayOrLists): TwoLayerParams {
    const changed = backpropagated("TwoLayerNet", this, written);
    const inputs = asArray("TwoLayerNet.gradient", x, "x"),
      targets = asArray("TwoLayerNet.gradient", t, "t");
    if (changed) return numericalGradients(warningOfItsCost(this, changed), inputs, targets) as TwoLayerParams;
    const batch = asBatch(inputs);
    const quick = isOriginal(this, UNITS) ? fusedGradient(this.params, batch, targets) : undefined;
    if (quick) return quick;
    const { a1, z1, y } = forward("gradient", this, batch, (a) => this.activation(a));
    const dy = np.divide(np.subtract(y, readOneHot("TwoLayerNet.gradient", y.shape, targets)), y.shape[0]);
    const dz1 = np.dot(dy, np.transpose(this.params.W2));
    const derivative = unitsOf(this, "activationDerivative", this.activationDerivative(a1, z1), a1);
    const da1 = np.multiply(derivative, dz1);
    return {
      W1: np.dot(np.transpose(batch), da1),
      b1: np.sum(da1, { axis: 0 }),
      W2: np.dot(np.transpose(z1), dy),
      b2: np.sum(dy, { axis: 0 }),
    };
  }

  /**
   * The gradient of the loss by central differences, with the 1e-7 inside the logarithm. The result equals that of
   * `numericalGradients` but for rounding, and needs no forward pass for each parameter. If predict, loss or activation
   * is overridden, it calls `numericalGradients`.
   *
   * @param h - half the distance between the two losses
   * @param x - (N, D), one row for each sample, or (D,) for one sample
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays of the shapes of params
   * @throws RangeError when h is not a finite number above 0, or x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.numericalGradient(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])).b2; // array([-0.09999998,  0.09999998])
   */
  numericalGradient(x: ArrayOrLists, t: ArrayOrLists, h = H): TwoLayerParams {
    checkPositive("TwoLayerNet.numericalGradient", "h", h);
    const targets = asArray("TwoLayerNet.numericalGradient", t, "t");
    if (!isOriginal(this, DIFFERENTIATED)) {
      const given = asArray("TwoLayerNet.numericalGradient", x, "x");
      return numericalGradients(this, given, targets, h) as TwoLayerParams;
    }
    checkParams("TwoLayerNet.numericalGradient", this.params, PARAM_NAMES);
    const inputs = readInputs("TwoLayerNet.numericalGradient", x, this.params.W1.shape[0]);
    const quick = quickNumericalGradient(this, inputs, targets, h);
    return quick ?? (numericalGradients(this, inputs, targets, h) as TwoLayerParams);
  }

  /**
   * The values of the hidden units: sigmoid. A subclass that overrides it must also override activationDerivative.
   *
   * @param a - (N, H) or (H,), the inputs of the units: x W1 + b1
   * @returns an array of the shape of a
   * @example
   * class OfRelu extends TwoLayerNet {
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
   * class OfTanh extends TwoLayerNet {
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
  network: TwoLayerNet,
  x: ArrayOrLists,
  activation: (a: NDArray<"float64">) => NDArray,
): { a1: NDArray<"float64">; z1: NDArray; y: NDArray<"float64"> } {
  checkParams(`TwoLayerNet.${caller}`, network.params, PARAM_NAMES);
  const { W1, b1, W2, b2 } = network.params;
  checkClasses(`TwoLayerNet.${caller}`, W2.shape[1]);
  const inputs = readInputs(`TwoLayerNet.${caller}`, x, W1.shape[0]);
  const a1 = np.add(np.dot(inputs, W1), b1);
  const z1 = unitsOf(network, "activation", activation(a1), a1);
  return { a1, z1, y: softmax(np.add(np.dot(z1, W2), b2)) };
}

/** The methods that decide the hidden units and their derivatives. */
const UNITS = ["activation", "activationDerivative"];

/** The accuracy without predictions of the rows that are certain; undefined if that form cannot be used. */
function quickAccuracy(network: TwoLayerNet, x: NDArray, t: ArrayOrLists): number | undefined {
  if (!isOriginal(network, ["predict", ...UNITS])) return undefined;
  return fusedAccuracy(network, x, (classes) => readClasses("TwoLayerNet.accuracy", [x.shape[0], classes], t));
}

/** The methods that decide the numerical gradient: if one is overridden, the fast form cannot be used. */
const DIFFERENTIATED = ["predict", "loss", "activation"];

/** The numerical gradient without a forward pass for each parameter; undefined if that form cannot be used. */
function quickNumericalGradient(network: TwoLayerNet, x: NDArray, t: NDArray, h: number): TwoLayerParams | undefined {
  return isOriginal(network, DIFFERENTIATED) ? incrementalGradient(network.params, x, t, h) : undefined;
}

/** The same, but takes a pause whenever one is due. */
export async function quickNumericalGradientInTurns(
  network: TwoLayerNet,
  x: NDArray,
  t: NDArray,
  h: number,
  pauses: Pauses,
): Promise<TwoLayerParams | undefined> {
  if (!isOriginal(network, DIFFERENTIATED)) return undefined;
  return incrementalGradientInTurns(network.params, x, t, h, pauses);
}

const written = new WrittenMethods(TwoLayerNet.prototype);

/** Whether the network's methods with these names are those of this file, neither overridden nor replaced. */
export function isOriginal(network: Network, methods: readonly string[]): network is TwoLayerNet {
  return written.serve(network, methods);
}

/** The name of a method that was overridden without the gradient; undefined if the gradient fits. */
export function overriddenWithoutGradient(network: TwoLayerNet): string | undefined {
  return written.overriddenWithoutGradient(network);
}
