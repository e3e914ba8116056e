/**
 * Functions whose values do not depend on the engine. The standard of JavaScript leaves the last bits of Math.exp and
 * its like to the engine: Chrome's differ from Node's, and those of `**` differ between Node 20 and 24. These are
 * @stdlib/math's. exp, log, log1p, expm1, log2 and tanh have the bits of Math's functions in Node 20 to 26.
 */
export { default as atan2 } from "@stdlib/math/base/special/atan2";
export { default as cos } from "@stdlib/math/base/special/cos";
export { default as exp } from "@stdlib/math/base/special/exp";
export { default as expm1 } from "@stdlib/math/base/special/expm1";
export { default as log } from "@stdlib/math/base/special/ln";
export { default as log10 } from "@stdlib/math/base/special/log10";
export { default as log1p } from "@stdlib/math/base/special/log1p";
export { default as log2 } from "@stdlib/math/base/special/log2";
export { default as pow } from "@stdlib/math/base/special/pow";
export { default as sin } from "@stdlib/math/base/special/sin";
export { mapDoubles } from "./arrays";
export { tanh } from "./tanh";
