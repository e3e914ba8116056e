import { host } from "../platform";
import type { NDArray } from "../np";
import type { Network } from "./network";

/**
 * How a network of the library finds out which of its methods a subclass, or the object itself, has replaced: at each
 * call, because a method may be replaced at any time.
 */

/** The methods of which gradient is the derivative: if one of them is overridden, gradient must be too. */
const DIFFERENTIATED = ["predict", "loss"] as const;

/** The methods of a class as the library wrote them. */
export class WrittenMethods {
  private readonly written: Readonly<Record<string, PropertyDescriptor>>;

  /** Must be made when the class is defined: a method that is assigned to the prototype later counts as replaced. */
  constructor(prototype: object) {
    this.written = Object.getOwnPropertyDescriptors(prototype);
  }

  /** Whether the network's methods with these names are those of the library. */
  serve(network: object, names: readonly string[]): boolean {
    return names.every((name) => Reflect.get(network, name) === this.written[name]?.value);
  }

  /**
   * The name of a method that was overridden later than the gradient: in a class derived from the class that defines
   * the gradient, or on the object itself. Undefined if the gradient fits.
   */
  overriddenWithoutGradient(network: object): string | undefined {
    const changed = DIFFERENTIATED.find((name) => this.isNewer(network, name, "gradient"));
    if (changed !== undefined) return changed;
    return this.needsDerivative(network) && this.isNewer(network, "activation", "gradient") ? "activation" : undefined;
  }

  /** Whether activation was overridden without activationDerivative, so that backpropagation would use a wrong one. */
  needsDerivative(network: object): boolean {
    return this.isNewer(network, "activation", "activationDerivative");
  }

  private isNewer(network: object, name: string, than: string): boolean {
    if (this.serve(network, [name])) return false;
    return this.serve(network, [than]) || depth(network, name) < depth(network, than);
  }
}

/** How many steps up the prototype chain a property is defined: 0 if it is on the object itself. */
function depth(network: object, name: string): number {
  let steps = 0,
    at: object | null = network;
  while (at !== null && !Object.hasOwn(at, name)) {
    at = Object.getPrototypeOf(at) as object | null;
    steps++;
  }
  return steps;
}

/** The name of the network's class, for messages. */
export function classOf(network: object): string {
  return network.constructor?.name || "network";
}

/** The overriding methods about which the user has already been warned. */
const told = new WeakSet<object>();

/**
 * The network for `numericalGradients`, which is used because `changed` was overridden and the gradient was not. Its
 * second loss warns the user of that, once for each overriding method, and estimates the time of a gradient.
 */
export function warningOfItsCost(network: Network, changed: string): Pick<Network, "params" | "loss"> {
  const method = Reflect.get(network, changed) as object;
  if (told.has(method)) return network;
  told.add(method);
  const { params } = network;
  let calls = 0;
  return {
    params,
    loss(x: NDArray, t: NDArray): number {
      const start = performance.now();
      const loss = network.loss(x, t);
      if (++calls === 2) host.warn(costs(network, changed, performance.now() - start));
      return loss;
    },
  };
}

function costs(network: Network, changed: string, milliseconds: number): string {
  const losses = 2 * Object.values(network.params).reduce((sum, { length }) => sum + length, 0);
  const seconds = Number(((losses * milliseconds) / 1000).toPrecision(1));
  const wanted = changed === "activation" ? "activationDerivative, or a gradient" : "a gradient";
  return (
    `${classOf(network)}.gradient: ${changed} is overridden and gradient is not, so the numerical gradient ` +
    `serves: ${losses} losses, about ${seconds} s for each gradient: wanted ${wanted} of its own to be faster`
  );
}
