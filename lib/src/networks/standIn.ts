import type { Network } from "./network";
import { sayingWhatItCosts } from "./overrides";
import { overriddenInThreeLayers, ThreeLayerNet } from "./threeLayerNet";
import { overriddenWithoutGradient, TwoLayerNet } from "./twoLayerNet";

/**
 * The network for `numericalGradients`, where its predict, loss or activation was overridden and its gradient was not;
 * undefined where network.gradient is the gradient of its loss. The user is told once.
 */
export function numericalStandIn(network: Network): Pick<Network, "params" | "loss"> | undefined {
  const changed =
    network instanceof TwoLayerNet
      ? overriddenWithoutGradient(network)
      : network instanceof ThreeLayerNet
        ? overriddenInThreeLayers(network)
        : undefined;
  return changed === undefined ? undefined : sayingWhatItCosts(network, changed);
}
