/**
 * Functions whose values do not depend on the engine. The standard of JavaScript leaves the last bits of Math.exp and
 * its like to the engine: Chrome's differ from Node's, and those of `**` differ between Node 20 and 24. Nothing in the
 * library calls those of Math.
 *
 * exp, expm1, hypot, log, log1p, log2 and tanh have the bits that Math's functions have in Node 20 to 26.
 */
import atan2 from "@stdlib/math/base/special/atan2";
import cos from "@stdlib/math/base/special/cos";
import expm1OfStdlib from "@stdlib/math/base/special/expm1";
import hypot from "@stdlib/math/base/special/hypot";
import log from "@stdlib/math/base/special/ln";
import log10 from "@stdlib/math/base/special/log10";
import log1p from "@stdlib/math/base/special/log1p";
import log2OfStdlib from "@stdlib/math/base/special/log2";
import pow from "@stdlib/math/base/special/pow";
import sin from "@stdlib/math/base/special/sin";
import { exp } from "./exp";

/** The largest x whose e^x is finite: @stdlib's expm1 is infinite already there. */
const LARGEST = 709.782712893384;
const expm1 = (x: number): number => (x === LARGEST ? exp(x) : expm1OfStdlib(x));

/** @stdlib's gives -0 for -0, in place of -Infinity. */
const log2 = (x: number): number => log2OfStdlib(x + 0);

export { mapDoubles } from "./arrays";
export { tanh } from "./tanh";
export { atan2, cos, exp, expm1, hypot, log, log10, log1p, log2, pow, sin };
