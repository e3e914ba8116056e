import { checkPositive, got } from "../checks";
import { H } from "../differentiation";
import { incrementalGradient, PARAM_NAMES } from "../fused";
import { readOneHot } from "../labels";
import * as np from "../np";
import { asArray, type NDArray } from "../np/internal";
import * as random from "../random";
import { sigmoid, softmax } from "./activations";
import { asBatch, checkParams, checkSizes, readInputs, shareRight } from "./inputs";
import { crossEntropyFor } from "./losses";
import type { Network } from "./network";
import { numericalGradients } from "./numericalGradients";

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
 * Inputs, one hidden layer of sigmoid units, and softmax over the classes. Book, section 4.5.
 *
 * x is (N, D), a row a sample, or (D,) for one; t is (N, K) one-hot or (N,) labels.
 *
 * @example
 * const network = new TwoLayerNet(784, 50, 10);
 * np.shape(network.params.W1); // (784, 50)
 */
export class TwoLayerNet implements Network {
  /** The weights and biases, which training changes in place. */
  params: TwoLayerParams;

  /**
   * Draws W1, then W2, from the global random stream: normal numbers times weightInitStd; biases start at 0.
   *
   * @param inputSize - D, how many numbers a sample has
   * @param hiddenSize - H, how many hidden units
   * @param outputSize - K, how many classes
   * @param weightInitStd - the standard deviation of the first weights
   * @throws RangeError when a size is not a whole number above 0, or weightInitStd not a finite number from 0
   */
  constructor(inputSize: number, hiddenSize: number, outputSize: number, weightInitStd = 0.01) {
    checkSizes("TwoLayerNet", { inputSize, hiddenSize, outputSize });
    if (!Number.isFinite(weightInitStd) || weightInitStd < 0) {
      throw new RangeError(`${got("TwoLayerNet", "weightInitStd", weightInitStd)}: wanted a finite number from 0`);
    }
    this.params = {
      W1: np.multiply(weightInitStd, random.randn(inputSize, hiddenSize)),
      b1: np.zeros(hiddenSize),
      W2: np.multiply(weightInitStd, random.randn(hiddenSize, outputSize)),
      b2: np.zeros(outputSize),
    };
  }

  /**
   * The probabilities of the classes.
   *
   * @param x - (N, D), a row a sample, or (D,) for one
   * @returns (N, K), or (K,) for one sample
   * @throws RangeError when x has not D columns
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * np.shape(network.predict(np.zeros([5, 2]))); // (5, 2)
   */
  predict(x: NDArray): NDArray<"float64"> {
    return this.forward("predict", x).y;
  }

  /**
   * The cross entropy of the predictions, as the mean over the rows.
   * @param x - (N, D), a row a sample, or (D,) for one
   * @param t - (N, K) one-hot or (N,) labels
   * @returns the mean over the rows
   * @throws RangeError when x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.loss(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])); // 0.6931469805599654
   */
  loss(x: NDArray, t: NDArray): number {
    return crossEntropyFor("TwoLayerNet.loss", this.predict(asArray("TwoLayerNet.loss", x, "x")), t);
  }

  /**
   * The share of rows whose likeliest class is the right one.
   * @param x - (N, D), a row a sample, or (D,) for one
   * @param t - (N, K) one-hot or (N,) labels
   * @returns from 0 to 1
   * @throws RangeError when x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.accuracy(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])); // 0.6
   */
  accuracy(x: NDArray, t: NDArray): number {
    return shareRight("TwoLayerNet.accuracy", this.predict(asBatch(asArray("TwoLayerNet.accuracy", x, "x"))), t);
  }

  /**
   * The gradient of the loss by backpropagation (book, section 4.5.2 uses it, chapter 5 explains it). It leaves the
   * 1e-7 inside the logarithm out of account, as the book does.
   *
   * @param x - (N, D), a row a sample, or (D,) for one
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays of the shapes of params
   * @throws RangeError when x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.gradient(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])).b2; // array([-0.1,  0.1])
   */
  gradient(x: NDArray, t: NDArray): TwoLayerParams {
    const batch = asBatch(asArray("TwoLayerNet.gradient", x, "x"));
    const { z1, y } = this.forward("gradient", batch);
    const dy = np.divide(np.subtract(y, readOneHot("TwoLayerNet.gradient", y.shape, t)), y.shape[0]);
    const dz1 = np.dot(dy, np.transpose(this.params.W2));
    const da1 = np.multiply(np.multiply(np.subtract(1, z1), z1), dz1);
    return {
      W1: np.dot(np.transpose(batch), da1),
      b1: np.sum(da1, { axis: 0 }),
      W2: np.dot(np.transpose(z1), dy),
      b2: np.sum(dy, { axis: 0 }),
    };
  }

  /**
   * The gradient of the loss by central differences, the 1e-7 of the logarithm included. It gives what
   * `numericalGradients` gives, but for rounding, without a forward pass for each parameter; with a loss of one's own
   * it is `numericalGradients`.
   *
   * @param h - half the distance between the two losses
   * @param x - (N, D), a row a sample, or (D,) for one
   * @param t - (N, K) one-hot or (N,) labels
   * @returns arrays of the shapes of params
   * @throws RangeError when h is not a finite number above 0, or x and t do not fit
   * @example
   * const network = new TwoLayerNet(2, 3, 2, 0);
   * network.numericalGradient(np.zeros([5, 2]), np.array([0, 0, 0, 1, 1])).b2; // array([-0.09999998,  0.09999998])
   */
  numericalGradient(x: NDArray, t: NDArray, h = H): TwoLayerParams {
    checkPositive("TwoLayerNet.numericalGradient", "h", h);
    checkParams("TwoLayerNet.numericalGradient", this.params, PARAM_NAMES);
    const inputs = readInputs("TwoLayerNet.numericalGradient", x, this.params.W1.shape[0]);
    const targets = asArray("TwoLayerNet.numericalGradient", t, "t");
    const quick = quickNumericalGradient(this, inputs, targets, h);
    return quick ?? numericalGradients(this, inputs, targets, h) as TwoLayerParams;
  }

  private forward(caller: string, x: NDArray): { z1: NDArray<"float64">; y: NDArray<"float64"> } {
    checkParams(`TwoLayerNet.${caller}`, this.params, PARAM_NAMES);
    const { W1, b1, W2, b2 } = this.params;
    const inputs = readInputs(`TwoLayerNet.${caller}`, x, W1.shape[0]);
    const z1 = sigmoid(np.add(np.dot(inputs, W1), b1));
    return { z1, y: softmax(np.add(np.dot(z1, W2), b2)) };
  }
}

/** The numerical gradient without a forward pass for each parameter; undefined where it does not apply. */
export function quickNumericalGradient(
  network: TwoLayerNet, x: NDArray, t: NDArray, h: number,
): TwoLayerParams | undefined {
  return isOriginal(network, ["predict", "loss", "forward"]) ? incrementalGradient(network.params, x, t, h) : undefined;
}

const original = Object.getOwnPropertyDescriptors(TwoLayerNet.prototype);

/** Whether the network has these methods as they are written here, neither overridden nor replaced. */
export function isOriginal(network: Network, methods: readonly string[]): network is TwoLayerNet {
  return methods.every((name) => {
    const { value } = original[name as keyof typeof original] as PropertyDescriptor;
    return (network as unknown as Record<string, unknown>)[name] === value;
  });
}
