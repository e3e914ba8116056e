import { checkFinite, checkFunction, checkPositive, shortly } from "../checks";
import { endIfInterrupted, runningCell } from "../platform";
import { H } from "./step";

/**
 * The central difference `(f(x + h) - f(x - h)) / 2h`: the slope of f at x.
 *
 * @param f - a function of one number
 * @param x - the point at which the slope is computed
 * @param h - half the distance between the two evaluations; book, section 4.3.1: 1e-4
 * @returns the slope, with an error of O(h^2) plus the rounding error of the difference, about 1e-16 |f(x)| / h
 * @throws TypeError when f is not a function or gives no number
 * @throws RangeError when x is not finite, or h is not a finite number above 0
 * @throws KeyboardInterrupt after the stop button
 * @example
 * numericalDiff((x) => x * x + 16, 3); // 6.00000000000378
 */
export function numericalDiff(f: (x: number) => number, x: number, h = H): number {
  return slopeFor("numericalDiff", f, x, h);
}

/** Does the work of numericalDiff; error messages begin with `caller`, the function that the user called. */
export function slopeFor(caller: string, f: (x: number) => number, x: number, h = H): number {
  checkFunction(caller, "f", f);
  checkFinite(caller, "x", x);
  checkPositive(caller, "h", h);
  const cell = runningCell();
  endIfInterrupted(cell);
  const above = checkResult(caller, f(x + h));
  endIfInterrupted(cell);
  return (above - checkResult(caller, f(x - h))) / (2 * h);
}

/** @throws TypeError when the result of f is not a number */
export function checkResult(caller: string, value: unknown): number {
  if (typeof value !== "number") throw new TypeError(`${caller}: f gave ${shortly(value)}: wanted a number`);
  return value;
}
