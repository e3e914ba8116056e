import { H } from "../differentiation";
import {
  isOriginal, numericalGradients, numericalGradientsInTurns, quickNumericalGradient, type Network, type Params,
} from "../networks";
import * as np from "../np";
import type { NDArray } from "../np";
import type { Pauses } from "../platform";
import type { GradientMethod, Steps, TrainingData } from "./steps";

/** The book's training step (section 4.5.2), for any network. */
export function plainSteps(network: Network, data: TrainingData, gradient: GradientMethod, learningRate: number): Steps {
  const { xTrain, tTrain, xTest, tTest } = data;
  const batchOf = (rows: NDArray<"int32">): Batch => ({
    x: np.take(xTrain, rows, { axis: 0 }),
    t: np.take(tTrain, rows, { axis: 0 }),
  });
  const finish = ({ x, t }: Batch, gradients: Params) => {
    descend(network.params, gradients, learningRate);
    return network.loss(x, t);
  };
  return {
    step(rows) {
      const batch = batchOf(rows);
      return finish(batch, gradientsAt(network, gradient, batch));
    },
    stepInTurns(rows, pauses) {
      if (gradient === "backprop") return this.step(rows);
      const batch = batchOf(rows);
      return numericalInTurns(network, batch, pauses).then((gradients) => finish(batch, gradients));
    },
    evaluate: () => ({ trainAccuracy: network.accuracy(xTrain, tTrain), testAccuracy: network.accuracy(xTest, tTest) }),
    publish() {},
    release() {},
  };
}

interface Batch {
  x: NDArray;
  t: NDArray;
}

function gradientsAt(network: Network, gradient: GradientMethod, { x, t }: Batch): Params {
  if (gradient === "backprop") return network.gradient(x, t);
  return network.numericalGradient?.(x, t) ?? numericalGradients(network, x, t);
}

/** What the network's own numericalGradient gives, but for the pauses; one that the reader wrote has none. */
async function numericalInTurns(network: Network, { x, t }: Batch, pauses: Pauses): Promise<Params> {
  const quick = isOriginal(network, ["numericalGradient"])
    ? quickNumericalGradient(network, x, t, H)
    : network.numericalGradient?.(x, t);
  return quick ?? numericalGradientsInTurns(network, x, t, H, pauses);
}

function descend(params: Params, gradient: Params, learningRate: number): void {
  for (const [name, values] of Object.entries(params)) {
    np.subtract(values, np.multiply(learningRate, gradient?.[name]), { out: values });
  }
}
