import type { Network } from "./network";
import { warningOfItsCost } from "./overrides";
import { overriddenInThreeLayers, ThreeLayerNet } from "./threeLayerNet";
import { overriddenWithoutGradient, TwoLayerNet } from "./twoLayerNet";

/**
 * The network for `numericalGradients`, if its predict, loss or activation was overridden and its gradient was not;
 * undefined if network.gradient is the gradient of its loss. The user is warned once.
 */
export function numericalStandIn(network: Network): Pick<Network, "params" | "loss"> | undefined {
  const changed =
    network instanceof TwoLayerNet
      ? overriddenWithoutGradient(network)
      : network instanceof ThreeLayerNet
        ? overriddenInThreeLayers(network)
        : undefined;
  return changed === undefined ? undefined : warningOfItsCost(network, changed);
}
