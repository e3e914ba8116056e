// @stdlib/math's functions, corrected where this version of it gives wrong values. Each correction has a test.

import atan2OfStdlib from "@stdlib/math/base/special/atan2";
import expm1OfStdlib from "@stdlib/math/base/special/expm1";
import hypotOfStdlib from "@stdlib/math/base/special/hypot";
import log10OfStdlib from "@stdlib/math/base/special/log10";
import log2OfStdlib from "@stdlib/math/base/special/log2";
import powOfStdlib from "@stdlib/math/base/special/pow";
import { exp } from "./exp";

/** The angle of the point (x, y). @stdlib's has the wrong sign where y / x underflows. */
export function atan2(y: number, x: number): number {
  return y < 0 ? -atan2OfStdlib(-y, x) : atan2OfStdlib(y, x);
}

/** The largest x whose e^x is finite: @stdlib's expm1 is infinite already there. */
const LARGEST = 709.782712893384;

/** e^x - 1. */
export const expm1 = (x: number): number => (x === LARGEST ? exp(x) : expm1OfStdlib(x));

/** The length of (x, y): Infinity also if the other one is NaN, as in C and NumPy. */
export const hypot = (x: number, y: number): number =>
  Math.abs(x) === Infinity || Math.abs(y) === Infinity ? Infinity : hypotOfStdlib(x, y);

/** The logarithm to the base 10: -Infinity of -0 too. */
export const log10 = (x: number): number => log10OfStdlib(x + 0);

/** The logarithm to the base 2: -Infinity of -0 too. */
export const log2 = (x: number): number => log2OfStdlib(x + 0);

/**
 * x to the power of y, as Math.pow. For zeros, infinities and NaN it calls Math.pow, because the standard of JavaScript
 * defines these results exactly and some of @stdlib's are wrong. @stdlib also treats a large even exponent of a
 * negative base as odd.
 */
export function pow(x: number, y: number): number {
  if (x === 0 || !Number.isFinite(x) || !Number.isFinite(y)) return Math.pow(x, y);
  return powOfStdlib(x < 0 && Math.abs(y) >= EVEN ? -x : x, y);
}

/** From this magnitude on every double is an even number. */
const EVEN = 2 ** 53;
