import { checkFinite, checkNumber, checkOptions, checkSwitch, checkWhole } from "../checks";
import { power } from "./arithmetic";
import { cast } from "./cast";
import { checkShape, readDType } from "./create";
import { allocate, wrap } from "./ndarray";
import type { DType, NDArray } from "./ndarray";

/**
 * Evenly spaced values from `start` up to but not including `stop`, as `np.arange`: int32 when all arguments are whole
 * numbers, else float64.
 * @param start - the first value; 0 where only `stop` is given
 * @param stop - the end, not included
 * @param step - from one value to the next, 1 by default; below 0 it counts down
 * @param options - `dtype`: another dtype for the result
 * @returns (ceil((stop - start) / step),), empty where `stop` is not ahead
 * @remarks The arguments' values decide between int32 and float64, not how they are written: `np.arange(0, 3)` is
 *   int32.
 * @throws RangeError when an argument is not finite or the step is 0
 * @example np.arange(3); // array([0, 1, 2])
 * @example np.arange(0, 1, 0.25); // array([0.  , 0.25, 0.5 , 0.75])
 */
export function arange(stop: number): NDArray<"float64" | "int32">;
export function arange(start: number, stop: number, step?: number): NDArray<"float64" | "int32">;
export function arange<T extends DType>(stop: number, options: { dtype: T }): NDArray<T>;
export function arange<T extends DType>(start: number, stop: number, options: { dtype: T }): NDArray<T>;
export function arange<T extends DType>(start: number, stop: number, step: number, options: { dtype: T }): NDArray<T>;
export function arange(...given: (number | { dtype: DType } | undefined)[]): NDArray {
  const last = given[given.length - 1];
  const options = typeof last === "object" ? last : undefined;
  const dtypeGiven = readDType("arange", options);
  const numbers = (options === undefined ? given : given.slice(0, -1)) as number[];
  // a step may be left open, as where an option is passed on
  if (numbers.length === 3 && numbers[2] === undefined) numbers.pop();
  if (numbers.length < 1 || numbers.length > 3)
    throw new RangeError(`arange: ${numbers.length} numbers: wanted one to three`);
  const [start, stop, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  const values = numbers.length === 1 ? { stop } : { start, stop, step };
  for (const [name, value] of Object.entries(values)) checkFinite("arange", name, value);
  if (step === 0) throw new RangeError("arange: step = 0: wanted a step that leads from start to stop");
  const steps = (stop - start) / step;
  // if the number of steps rounds to 0 there is still one step
  const [length] = checkShape("arange", Object.is(steps, 0) && stop !== start ? 1 : Math.max(0, Math.ceil(steps)));
  // NumPy's step is the difference of the first two values, which may differ from `step` by rounding
  const delta = start + step - start;
  const whole = [start, stop, step].every(Number.isInteger);
  const dtype = dtypeGiven ?? (whole ? "int32" : "float64");
  if (whole && dtype === "int32" && areInt32(start, start + (length - 1) * delta)) {
    const integers = allocate("arange", "int32", length);
    for (let i = 0; i < length; i++) integers[i] = start + i * delta;
    return wrap("int32", integers, [length]);
  }
  const data = allocate("arange", "float64", length);
  for (let i = 0; i < length; i++) data[i] = start + i * delta;
  const floats = wrap("float64", data, [length]);
  return dtype === "float64" ? floats : cast("arange", floats, dtype);
}

function areInt32(...values: number[]): boolean {
  return values.every((value) => value === (value | 0));
}

/**
 * `num` evenly spaced values from `start` to `stop`, both included unless `endpoint` is false, as `np.linspace`.
 * @param start - the first value
 * @param stop - the last value, or the end that is left out
 * @param num - how many values, 50 by default
 * @param options - `endpoint`: false leaves `stop` out
 * @returns (num,), float64
 * @throws RangeError when `num` is no whole number from 0
 * @example np.linspace(0, 1, 5); // array([0.  , 0.25, 0.5 , 0.75, 1.  ])
 */
export function linspace(
  start: number,
  stop: number,
  num = 50,
  options: { endpoint?: boolean } = {},
): NDArray<"float64"> {
  checkOptions("linspace", options, ["endpoint"]);
  return spaced("linspace", start, stop, num, options.endpoint);
}

/**
 * `num` values from `base ** start` to `base ** stop`, each the same multiple of the one before, as `np.logspace`.
 * @param start - the exponent of the first value
 * @param stop - the exponent of the last value, or of the end that is left out
 * @param num - how many values, 50 by default
 * @param options - `endpoint`: false leaves the end out; `base`: 10 by default
 * @returns (num,), float64
 * @remarks Within 2 ulp of NumPy's values.
 * @throws RangeError when `num` is no whole number from 0
 * @example np.logspace(0, 2, 3); // array([  1.,  10., 100.])
 */
export function logspace(
  start: number,
  stop: number,
  num = 50,
  options: { endpoint?: boolean; base?: number } = {},
): NDArray<"float64"> {
  checkOptions("logspace", options, ["endpoint", "base"]);
  const { endpoint, base = 10 } = options;
  checkNumber("logspace", "base", base);
  const exponents = spaced("logspace", start, stop, num, endpoint);
  return power(base, exponents);
}

/** Does the work of linspace; error messages begin with `caller`. */
function spaced(caller: string, start: number, stop: number, num: number, endpoint = true): NDArray<"float64"> {
  checkNumber(caller, "start", start);
  checkNumber(caller, "stop", stop);
  checkWhole(caller, "num", num, 0);
  checkSwitch(caller, "endpoint", endpoint);
  const parts = endpoint ? num - 1 : num;
  const delta = stop - start,
    step = delta / parts;
  const data = allocate(caller, "float64", num);
  for (let i = 0; i < num; i++) {
    data[i] = parts <= 0 ? start + i * delta : step === 0 ? start + (i / parts) * delta : start + i * step;
  }
  if (endpoint && num > 1) data[num - 1] = stop;
  return wrap("float64", data, [num]);
}
