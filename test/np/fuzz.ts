import { RandomState } from "../../lib/src/random/index";

/** Another one each run; tests put it into their titles, and FUZZ_SEED=<that number> repeats the run. */
export const seed = Number(process.env.FUZZ_SEED ?? Math.floor(Math.random() * 2 ** 32));

export const random = new RandomState(seed);

/** A whole number from 0 up to but not including `high`. */
export const below = (high: number): number => random.randint(high);

/** One of the values. */
export const pick = <V>(...values: readonly V[]): V => values[below(values.length)];
