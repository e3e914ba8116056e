/**
 * Functions whose values do not depend on the engine. The standard of JavaScript leaves the last bits of Math.exp and
 * its like to the engine: Chrome's differ from Node's, and those of `**` differ between Node 20 and 24. Nothing else in
 * the library calls those of Math.
 *
 * exp, expm1, log, log1p, log2 and tanh have the bits that Math's functions have in Node 20 to 26.
 */
export { default as cos } from "@stdlib/math/base/special/cos";
export { default as log } from "@stdlib/math/base/special/ln";
export { default as log1p } from "@stdlib/math/base/special/log1p";
export { default as sin } from "@stdlib/math/base/special/sin";
export { mapDoubles } from "./arrays";
export { atan2, expm1, hypot, log10, log2, pow } from "./corrected";
export { exp, logistic } from "./exp";
export { tanh } from "./tanh";
