import * as np from "../np";
import { asArray, type NDArray } from "../np/internal";
import * as random from "../random";
import { softmaxFor } from "./activations";
import { checkWeights, readInputs } from "./inputs";
import { crossEntropyFor } from "./losses";

/**
 * One layer without bias, 2 inputs and 3 classes: small enough to look at its whole gradient. Book, section 4.4.2.
 *
 * @example
 * const network = new SimpleNet();
 * numericalGradient(() => network.loss(x, t), network.W); // of shape (2, 3)
 */
export class SimpleNet {
  W: NDArray<"float64">;

  /**
   * @param W - (2, 3) weights; standard normal from the global random stream when none are given
   * @throws TypeError when W is no array
   */
  constructor(W: NDArray<"float64"> = random.randn(2, 3)) {
    this.W = asArray("SimpleNet", W, "W") as NDArray<"float64">;
    checkWeights("SimpleNet", "W", this.W);
  }

  /** The scores of the classes, (3,) for x of shape (2,), (N, 3) for (N, 2). */
  predict(x: NDArray): NDArray<"float64"> {
    const caller = "SimpleNet.predict";
    checkWeights(caller, "W", this.W);
    return np.dot(readInputs(caller, x, this.W.shape[0]), this.W);
  }

  /** The cross entropy of softmax of the scores; t one-hot or labels. */
  loss(x: NDArray, t: NDArray | number): number {
    const caller = "SimpleNet.loss";
    return crossEntropyFor(caller, softmaxFor(caller, this.predict(asArray(caller, x, "x"))), t);
  }
}
