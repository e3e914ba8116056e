import { got } from "../checks";
import { H } from "../differentiation";
import {
  isOriginal,
  numericalGradients,
  numericalGradientsInTurns,
  numericalStandIn,
  quickNumericalGradientInTurns,
  type Network,
  type Params,
} from "../networks";
import * as np from "../np";
import { asArray, shapeText, type NDArray } from "../np/internal";
import type { Pauses } from "../platform";
import type { GradientMethod, Steps, TrainingData } from "./steps";

/** The book's training step (section 4.5.2), for any network. */
export function plainSteps(
  network: Network,
  data: TrainingData,
  gradient: GradientMethod,
  learningRate: number,
): Steps {
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
      const standIn = gradient === "backprop" ? numericalStandIn(network) : undefined;
      if (gradient === "backprop" && standIn === undefined) return this.step(rows);
      const batch = batchOf(rows);
      return numericalInTurns(network, standIn, batch, pauses).then((gradients) => finish(batch, gradients));
    },
    evaluate: () => ({ trainAccuracy: network.accuracy(xTrain, tTrain), testAccuracy: network.accuracy(xTest, tTest) }),
    evaluateInTurns() {
      return this.evaluate();
    },
    publish() {},
    release() {},
  };
}

interface Batch {
  x: NDArray;
  t: NDArray;
}

function gradientsAt(network: Network, gradient: GradientMethod, { x, t }: Batch): Params {
  if (gradient === "numerical") return network.numericalGradient?.(x, t) ?? numericalGradients(network, x, t);
  const standIn = numericalStandIn(network);
  return standIn ? numericalGradients(standIn, x, t) : network.gradient(x, t);
}

/** The result of the network's numericalGradient, computed with pauses; one that the user wrote runs without pauses. */
async function numericalInTurns(
  network: Network,
  standIn: Pick<Network, "params" | "loss"> | undefined,
  { x, t }: Batch,
  pauses: Pauses,
): Promise<Params> {
  if (standIn) return numericalGradientsInTurns(standIn, x, t, H, pauses);
  const quick = isOriginal(network, ["numericalGradient"])
    ? await quickNumericalGradientInTurns(network, x, t, H, pauses)
    : network.numericalGradient?.(x, t);
  return quick ?? numericalGradientsInTurns(network, x, t, H, pauses);
}

/** Updates all params or, if a gradient does not fit, none of them. */
function descend(params: Params, gradient: Params, learningRate: number): void {
  for (const [name, values] of Object.entries(params)) checkGradient(gradient, name, values);
  for (const [name, values] of Object.entries(params)) {
    np.subtract(values, np.multiply(learningRate, gradient[name]), { out: values });
  }
}

/** A gradient may have more or fewer axes of length 1 than its parameter, such as (1,H) for (H,). */
function checkGradient(gradients: Params | undefined, name: string, values: NDArray): void {
  const given = gradients?.[name],
    wanted = `${name} of shape ${shapeText(values.shape)} in it, as in network.params`;
  if (given === undefined)
    throw new TypeError(`${got("train", "the gradient of network", gradients)}: wanted ${wanted}`);
  const array = asArray("train", given, `${name} of the gradient of network`);
  if (longAxes(array) === longAxes(values)) return;
  throw new TypeError(`train: ${name} of shape ${shapeText(array.shape)} in the gradient of network: wanted ${wanted}`);
}

function longAxes({ shape }: NDArray): string {
  return shapeText(shape.filter((size) => size !== 1));
}
