import * as np from "../np";
import type { NDArray } from "../np/ndarray";
import type { Network, Params } from "../networks/network";
import { numericalGradients } from "../networks/numericalGradients";
import type { GradientMethod, Steps, TrainingData } from "./steps";

/** The book's training step (section 4.5.2), for any network. */
export function plainSteps(network: Network, data: TrainingData, gradient: GradientMethod, learningRate: number): Steps {
  const { xTrain, tTrain, xTest, tTest } = data;
  return {
    step(rows) {
      const x = np.take(xTrain, rows, { axis: 0 });
      const t = np.take(tTrain, rows, { axis: 0 });
      descend(network.params, gradients(network, gradient, x, t), learningRate);
      return network.loss(x, t);
    },
    evaluate: () => ({ trainAccuracy: network.accuracy(xTrain, tTrain), testAccuracy: network.accuracy(xTest, tTest) }),
    publish() {},
    release() {},
  };
}

function gradients(network: Network, gradient: GradientMethod, x: NDArray, t: NDArray): Params {
  if (gradient === "backprop") return network.gradient(x, t);
  return network.numericalGradient?.(x, t) ?? numericalGradients(network, x, t);
}

function descend(params: Params, gradient: Params, learningRate: number): void {
  for (const [name, values] of Object.entries(params)) {
    np.subtract(values, np.multiply(learningRate, gradient?.[name]), { out: values });
  }
}
