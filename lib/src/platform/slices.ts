import type { Pauses } from "./turn";

/**
 * Long work in slices of some hundredths of a second: between two of them it can be stopped, or wait while other code
 * has its turn. A generator that yields nothing and returns the result.
 */
export type Slices<Result> = Generator<void, Result, void>;

/** Work that was done when it was asked for: in steps of some microseconds a generator of its own would count. */
export const DONE: Slices<void> = (function* () {})();
DONE.next();

/** Does all the work at once; `look` is called between two slices and may throw. */
export function finish<Result>(slices: Slices<Result>, look?: () => void): Result {
  try {
    for (let slice = slices.next(); ; slice = slices.next()) {
      if (slice.done) return slice.value;
      look?.();
    }
  } finally {
    slices.return(undefined as never); // after an error it cleans up
  }
}

/** Does the work with a pause between two slices where one is due. */
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
