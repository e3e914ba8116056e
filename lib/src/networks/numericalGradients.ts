import { H, numericalGradient, numericalGradientInTurns } from "../differentiation";
import type { NDArray } from "../np";
import type { Pauses } from "../platform";
import type { Network, Params } from "./network";

/**
 * The gradient of a network's loss by central differences: it computes the loss twice for each parameter.
 * It is slow but simple, so that backpropagation can be checked against it. Book, section 4.5.1.
 *
 * @param network - its params are changed by h in place and restored
 * @param x - (N, D)
 * @param t - (N, K) one-hot or (N,) labels
 * @param h - half the distance between the two losses
 * @throws RangeError when h is not a finite number above 0, or x and t do not fit the network
 */
export function numericalGradients(network: Pick<Network, "params" | "loss">, x: NDArray, t: NDArray, h = H): Params {
  const loss = () => network.loss(x, t);
  return Object.fromEntries(
    Object.entries(network.params).map(([name, values]) => [name, numericalGradient(loss, values, h)]),
  );
}

/** The same, but takes a pause whenever one is due. During a pause the params have their original values. */
export async function numericalGradientsInTurns(
  network: Pick<Network, "params" | "loss">,
  x: NDArray,
  t: NDArray,
  h: number,
  pauses: Pauses,
): Promise<Params> {
  const loss = () => network.loss(x, t);
  const gradients: Params = {};
  for (const [name, values] of Object.entries(network.params)) {
    gradients[name] = await numericalGradientInTurns(loss, values, h, pauses);
  }
  return gradients;
}
