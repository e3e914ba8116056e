import * as np from "../np";
import { asArray, type ArrayOrLists, type NDArray } from "../np/internal";
import * as random from "../random";
import { softmaxFor } from "./activations";
import { checkWeights, readInputs } from "./inputs";
import { crossEntropyFor } from "./losses";

/**
 * One layer without bias, 2 inputs and 3 classes: small enough to look at its whole gradient. Book, section 4.4.2.
 *
 * @example
 * const network = new SimpleNet(), x = np.array([0.6, 0.9]);
 * np.shape(numericalGradient(() => network.loss(x, 2), network.W)); // (2, 3)
 */
export class SimpleNet {
  /** (2, 3), the weights. */
  W: NDArray<"float64">;

  /**
   * @param W - (2, 3) weights; standard normal from the global random stream when none are given
   * @throws TypeError when W is no array
   */
  constructor(W: ArrayOrLists = random.randn(2, 3)) {
    this.W = asArray("SimpleNet", W, "W") as NDArray<"float64">;
    checkWeights("SimpleNet", "W", this.W);
  }

  /**
   * The scores of the classes, (3,) for x of shape (2,), (N, 3) for (N, 2).
   * @param x - (2,) of one sample, or (N, 2) of a batch
   * @returns (3,), or (N, 3)
   * @throws RangeError when x has not 2 columns
   * @example new SimpleNet(np.ones([2, 3])).predict(np.array([0.5, 0.25])); // array([0.75, 0.75, 0.75])
   */
  predict(x: ArrayOrLists): NDArray<"float64"> {
    const caller = "SimpleNet.predict";
    checkWeights(caller, "W", this.W);
    return np.dot(readInputs(caller, x, this.W.shape[0]), this.W);
  }

  /**
   * The cross entropy of softmax of the scores; t one-hot or labels.
   * @param x - (2,) of one sample, or (N, 2) of a batch
   * @param t - one-hot of the shape of the scores, or a label for each row
   * @returns the mean over the rows
   * @throws RangeError when x and t do not fit, or a label is out of range
   * @example new SimpleNet(np.zeros([2, 3])).loss(np.array([0.6, 0.9]), 2); // 1.0986119886681547
   */
  loss(x: ArrayOrLists, t: ArrayOrLists | number): number {
    const caller = "SimpleNet.loss";
    return crossEntropyFor(caller, softmaxFor(caller, this.predict(asArray(caller, x, "x"))), t);
  }
}
