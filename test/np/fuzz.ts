import { RandomState } from "../../lib/src/random/index";
import { seed } from "../seed";

export const random = new RandomState(seed);

/** A whole number from 0 up to but not including `high`. */
export const below = (high: number): number => random.randint(high);

/** One of the values. */
export const pick = <V>(...values: readonly V[]): V => values[below(values.length)];
