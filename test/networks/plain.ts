import { ThreeLayerNet, TwoLayerNet } from "../../lib/src/networks";
import type { NDArray } from "../../lib/src/np";
import * as np from "../../lib/src/np";
import * as random from "../../lib/src/random";

/** Networks whose activation counts as overridden, so that all of their methods take the plain form. */

export class Plain extends TwoLayerNet {
  protected override activation(a: NDArray<"float64">): NDArray {
    return super.activation(a);
  }
  protected override activationDerivative(a: NDArray<"float64">, z: NDArray): NDArray {
    return super.activationDerivative(a, z);
  }
}

export class PlainThree extends ThreeLayerNet {
  protected override activation(a: NDArray<"float64">): NDArray {
    return super.activation(a);
  }
  protected override activationDerivative(a: NDArray<"float64">, z: NDArray): NDArray {
    return super.activationDerivative(a, z);
  }
}

/** A network in the plain form with the same params: the same arrays. It leaves the random stream as it is. */
export function plainOf({ params }: TwoLayerNet): TwoLayerNet {
  const state = random.getState();
  const plain = new Plain(1, 1, 2);
  random.setState(state);
  plain.params = params;
  return plain;
}

/** A network in the plain form with copies of the params. */
export function plainTwin(network: TwoLayerNet): TwoLayerNet {
  const twin = plainOf(network);
  const { W1, b1, W2, b2 } = network.params;
  twin.params = { W1: np.copy(W1), b1: np.copy(b1), W2: np.copy(W2), b2: np.copy(b2) };
  return twin;
}
