import { checkFinite, checkFunction, checkOptions, checkWhole } from "../checks";
import { checkFloat64, gradientFor } from "../differentiation";
import * as np from "../np";
import { asArray, type NDArray, type NestedList } from "../np/internal";

/** The argument of `onStep`: a step of gradient descent. */
export interface DescentStep {
  /** The number of the step, from 1. */
  step: number;
  /** The gradient before the step. */
  gradient: NDArray<"float64">;
  /** x after the step; a copy, which later steps do not change. */
  x: NDArray<"float64">;
}

/** The options of `gradientDescent`. */
export interface DescentOptions {
  /** The factor of the gradient in a step; 0.01 by default. */
  learningRate?: number;
  /** How many steps; 100 by default. */
  steps?: number;
  /** Called after each step. */
  onStep?: (step: DescentStep) => void;
}

const DEFAULTS = { learningRate: 0.01, steps: 100 };
const NAMES = [...Object.keys(DEFAULTS), "onStep"];

/**
 * Minimizes f by gradient descent, `x <- x - learningRate * gradient`, where the gradient is computed by central
 * differences. Book, section 4.4.1.
 *
 * @param f - a function of an array, giving a number
 * @param initX - where to start, float64 or nested lists of any shape; it is not changed
 * @param options - `learningRate`, 0.01 by default; `steps`, 100 by default; `onStep`, called after each step
 * @returns x after the last step
 * @throws TypeError when f or onStep is not a function, initX is not an array, or an option is unknown
 * @throws RangeError when learningRate is not finite or steps is not a whole number from 0; and the errors of
 * numericalGradient
 * @example
 * gradientDescent((x) => np.sum(np.square(x)), np.array([-3, 4]), { learningRate: 0.1 });
 * // array([-6.11110793e-10,  8.14814391e-10])
 */
export function gradientDescent(
  f: (x: NDArray<"float64">) => number,
  initX: NDArray<"float64"> | NestedList,
  options: DescentOptions = {},
): NDArray<"float64"> {
  return descendFor("gradientDescent", f, initX, options);
}

/** Does the work of gradientDescent; error messages begin with `caller`, the function that the user called. */
export function descendFor(
  caller: string,
  f: (x: NDArray<"float64">) => number,
  initX: NDArray<"float64"> | NestedList,
  options: DescentOptions,
): NDArray<"float64"> {
  checkFunction(caller, "f", f);
  const { learningRate, steps, onStep } = readOptions(caller, options);
  const x = np.copy(checkFloat64(caller, "initX", asArray(caller, initX, "initX")));
  for (let step = 1; step <= steps; step++) {
    const gradient = gradientFor(caller, f, x);
    np.subtract(x, np.multiply(learningRate, gradient), { out: x });
    onStep?.({ step, gradient, x: np.copy(x) });
  }
  return x;
}

function readOptions(caller: string, options: DescentOptions): DescentOptions & typeof DEFAULTS {
  checkOptions(caller, options, NAMES);
  const { learningRate = DEFAULTS.learningRate, steps = DEFAULTS.steps, onStep } = options;
  checkFinite(caller, "learningRate", learningRate);
  checkWhole(caller, "steps", steps, 0);
  if (onStep !== undefined) checkFunction(caller, "onStep", onStep);
  return { learningRate, steps, onStep };
}
