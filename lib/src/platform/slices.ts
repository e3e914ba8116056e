import type { Pauses } from "./turn";

/**
 * Long work that is divided into slices of some hundredths of a second: a generator that yields between two slices,
 * with no value, and returns the result. Between two slices the work can be stopped, or other code can run.
 */
export type Slices<Result> = Generator<void, Result, void>;

/** Work that is already done. Short steps return this, because making a generator takes too long for them. */
export const DONE: Slices<void> = (function* () {})();
DONE.next();

/** Does all the work without pauses. `look` is called between two slices and may throw. */
export function finish<Result>(slices: Slices<Result>, look?: () => void): Result {
  try {
    for (let slice = slices.next(); ; slice = slices.next()) {
      if (slice.done) return slice.value;
      look?.();
    }
  } finally {
    slices.return(undefined as never); // after an error, runs the finally blocks of the generator
  }
}

/** Does the work and, between two slices, takes a pause if one is due. */
export async function inTurns<Result>(slices: Slices<Result>, pauses: Pauses): Promise<Result> {
  try {
    for (let slice = slices.next(); ; slice = slices.next()) {
      if (slice.done) return slice.value;
      if (pauses.due) await pauses.take();
    }
  } finally {
    slices.return(undefined as never);
  }
}
