import type { NDArray } from "../np";

/** The names of the arrays of a network of two layers. */
export const PARAM_NAMES = ["W1", "b1", "W2", "b2"] as const;

/** W1 (D, H), b1 (H,), W2 (H, K) and b2 (K,): D inputs, H hidden units, K classes. */
export type FusedParams = Record<(typeof PARAM_NAMES)[number], NDArray<"float64">>;
