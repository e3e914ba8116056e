/** The ratio of a circle's circumference to its diameter, as `np.pi`. */
export const pi = Math.PI;
/** The base of the natural logarithm, as `np.e`. */
export const e = Math.E;
/** Infinity, as `np.inf`. */
export const inf = Infinity;
/** Not a number, as `np.nan`: the result of 0 / 0. It is not equal to anything, not even to itself. */
export const nan = NaN;
