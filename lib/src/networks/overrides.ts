import { host } from "../platform";
import type { NDArray } from "../np";
import type { Network } from "./network";

/**
 * How a network of the library finds out which of its methods a subclass, or the object itself, has replaced: at each
 * call, because a method may be replaced at any time.
 */

/** What the gradient is the gradient of. */
const DIFFERENTIATED = ["predict", "loss"] as const;

/** The methods of a class as the library wrote them. */
export class WrittenMethods {
  private readonly written: Readonly<Record<string, PropertyDescriptor>>;

  /** To be made when the class is defined: what is assigned to its prototype later counts as replaced. */
  constructor(prototype: object) {
    this.written = Object.getOwnPropertyDescriptors(prototype);
  }

  /** Whether the network has these methods as they were written. */
  serve(network: object, names: readonly string[]): boolean {
    return names.every((name) => Reflect.get(network, name) === this.written[name]?.value);
  }

  /**
   * What was overridden without the gradient: by a class derived from the one that wrote the gradient, or on the
   * object. Undefined where the gradient fits.
   */
  overriddenWithoutGradient(network: object): string | undefined {
    const changed = DIFFERENTIATED.find((name) => this.isNewer(network, name, "gradient"));
    if (changed !== undefined) return changed;
    return this.needsDerivative(network) && this.isNewer(network, "activation", "gradient") ? "activation" : undefined;
  }

  /** Whether activation was overridden without activationDerivative, so that backpropagation has the wrong one. */
  needsDerivative(network: object): boolean {
    return this.isNewer(network, "activation", "activationDerivative");
  }

  private isNewer(network: object, name: string, than: string): boolean {
    if (this.serve(network, [name])) return false;
    return this.serve(network, [than]) || depth(network, name) < depth(network, than);
  }
}

/** How far up the chain of prototypes a property is defined: 0 on the object itself. */
function depth(network: object, name: string): number {
  let steps = 0,
    at: object | null = network;
  while (at !== null && !Object.hasOwn(at, name)) {
    at = Object.getPrototypeOf(at) as object | null;
    steps++;
  }
  return steps;
}

/** The class of the network, as a message names it. */
export function classOf(network: object): string {
  return network.constructor?.name || "network";
}

/** The overriding methods of which the user has been told. */
const told = new WeakSet<object>();

/**
 * The network for `numericalGradients`, which serves because `changed` was overridden and the gradient was not. The
 * user is told so once, with the time that it takes: the second loss says it.
 */
export function sayingWhatItCosts(network: Network, changed: string): Pick<Network, "params" | "loss"> {
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
