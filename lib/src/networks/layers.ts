import { got } from "../checks";
import * as np from "../np";
import { asArray, isNDArray, shapeText, type ArrayOrLists, type NDArray } from "../np/internal";
import { classOf, type WrittenMethods } from "./overrides";

/** The functions for layers that TwoLayerNet and ThreeLayerNet share. */

/** The derivative of sigmoid, computed from the value z of sigmoid. */
export function derivativeOfSigmoid(z: NDArray): NDArray {
  return np.multiply(np.subtract(1, z), z);
}

/**
 * Checks the result of a method that a subclass may have overridden, and returns it.
 *
 * @throws TypeError unless it is an array of this shape
 */
export function unitsOf(network: object, method: string, given: unknown, { shape }: NDArray): NDArray {
  if (isNDArray(given) && shapeText(given.shape) === shapeText(shape)) return given;
  const caller = `${classOf(network)}.${method}`;
  const found = isNDArray(given)
    ? `${caller}: the result of shape ${shapeText(given.shape)}`
    : got(caller, "the result", given);
  throw new TypeError(`${found}: wanted an array of shape ${shapeText(shape)}`);
}

/**
 * The method whose override makes backpropagation wrong, so that the numerical gradient must be used; undefined if
 * backpropagation gives the gradient.
 *
 * @throws TypeError if the gradient of a subclass calls the library's gradient, which does not fit the subclass
 */
export function backpropagated(base: string, network: object, written: WrittenMethods): string | undefined {
  const changed = written.overriddenWithoutGradient(network);
  if (written.serve(network, ["gradient"])) return changed;
  if (written.needsDerivative(network)) {
    throw new TypeError(
      `${base}.gradient: activation of ${classOf(network)} without its derivative: ` +
        "wanted activationDerivative overridden too",
    );
  }
  if (changed === undefined) return undefined;
  throw new TypeError(
    `${base}.gradient: ${changed} of ${classOf(network)} with the gradient of a class that it ` +
      "extends: wanted gradient overridden too",
  );
}

const NUMBERS: Readonly<Record<number, string>> = { 4: "four", 6: "six" };

/**
 * Copies of the weights in float64.
 *
 * @param names - W1, b1, W2, b2 ...: all of them must be there
 * @throws TypeError, RangeError in the caller's name when one is missing, or the shapes of two layers do not fit
 * together
 */
export function readWeights(
  caller: string,
  weights: Readonly<Record<string, ArrayOrLists>>,
  names: readonly string[],
): Record<string, NDArray<"float64">> {
  checkNames(caller, "weights", weights, names);
  const copy = (name: string) => np.array(asArray(caller, weights[name], name), { dtype: "float64" });
  const params = Object.fromEntries(names.map((name) => [name, copy(name)]));
  checkLayers(caller, params);
  return params;
}

/**
 * @throws TypeError, RangeError in the caller's name, when params are not arrays with these names, or the shapes of two
 * layers do not fit together
 */
export function checkLayerParams(
  caller: string,
  params: Readonly<Record<string, NDArray>>,
  names: readonly string[],
): void {
  checkNames(caller, "params", params, names);
  for (const name of names) {
    if (!isNDArray(params[name]))
      throw new TypeError(`${got(caller, `params.${name}`, params[name])}: wanted an array`);
  }
  checkLayers(caller, params);
}

function checkLayers(caller: string, params: Readonly<Record<string, NDArray>>): void {
  let [inputs] = params.W1.shape;
  for (let layer = 1; params[`W${layer}`] !== undefined; layer++) {
    const W = params[`W${layer}`],
      b = params[`b${layer}`];
    if (W.ndims !== 2 || b.ndims !== 1 || W.shape[0] !== inputs || W.shape[1] !== b.shape[0]) {
      const found = `W${layer} of shape ${shapeText(W.shape)} and b${layer} of shape ${shapeText(b.shape)}`;
      throw new RangeError(`${caller}: ${found}: wanted (${inputs ?? "D"},H) and (H,)`);
    }
    inputs = W.shape[1];
  }
}

function checkNames(
  caller: string,
  name: string,
  weights: Readonly<Record<string, ArrayOrLists>>,
  names: readonly string[],
): void {
  if (typeof weights !== "object" || weights === null) {
    throw new TypeError(`${got(caller, name, weights)}: wanted an object of ${NUMBERS[names.length]} arrays`);
  }
  const missing = names.filter((wanted) => weights[wanted] === undefined);
  if (missing.length > 0) throw new RangeError(`${got(caller, name, weights)}: wanted ${missing.join(", ")} too`);
}
