import { cast } from "./cast";
import { checkShape } from "./create";
import { allocate, wrap } from "./ndarray";
import type { DType, NDArray } from "./ndarray";

/**
 * Evenly spaced values from `start` up to but not including `stop`, as `np.arange`: int32 when all arguments are whole
 * numbers, else float64.
 * @remarks The arguments' values decide between int32 and float64, not how they are written: `np.arange(0, 3)` is int32.
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
  const options = given.find((value) => typeof value === "object");
  const numbers = given.filter((value) => typeof value === "number");
  const [start, stop, step = 1] = numbers.length === 1 ? [0, ...numbers] : numbers;
  for (const value of [start, stop, step]) {
    if (Number.isFinite(value)) continue;
    throw new RangeError(`arange: ${value} among start, stop and step; wanted finite numbers`);
  }
  if (step === 0) throw new RangeError("arange: a step of 0; wanted a step that leads from start to stop");
  const length = Math.max(0, Math.ceil((stop - start) / step));
  // NumPy steps by the difference of the first two values, which rounding may set apart from `step`
  const delta = start + step - start;
  const data = new Float64Array(length);
  for (let i = 0; i < length; i++) data[i] = start + i * delta;
  const whole = [start, stop, step].every(Number.isInteger);
  const dtype = options?.dtype ?? (whole ? "int32" : "float64");
  return cast("arange", wrap("float64", data, [length]), dtype);
}

/**
 * `num` evenly spaced values from `start` to `stop`, both included unless `endpoint` is false, as `np.linspace`.
 * @throws RangeError when `num` is no whole number from 0
 * @example np.linspace(0, 1, 5); // array([0.  , 0.25, 0.5 , 0.75, 1.  ])
 */
export function linspace(
  start: number, stop: number, num = 50, { endpoint = true }: { endpoint?: boolean } = {},
): NDArray<"float64"> {
  checkShape("linspace", num);
  const parts = endpoint ? num - 1 : num;
  const delta = stop - start, step = delta / parts;
  const data = allocate("float64", num);
  for (let i = 0; i < num; i++) {
    data[i] = parts <= 0 ? start + i * delta : step === 0 ? start + (i / parts) * delta : start + i * step;
  }
  if (endpoint && num > 1) data[num - 1] = stop;
  return wrap("float64", data, [num]);
}
