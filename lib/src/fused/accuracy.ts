import type { NDArray } from "../np";
import { endIfInterrupted, finish, runningCell } from "../platform";
import { allocateEvaluation, EVALUATED_AT_ONCE } from "./evaluate";
import { FEWEST_ROWS, isWorthTheWay, LARGE } from "./fit";
import { largestParam } from "./network";
import { samplesOf } from "./samples";
import { shareOfRight, type Predictor } from "./undecided";
import { withParams } from "./withParams";

/**
 * `network.accuracy` by the evaluation of a training, on all threads: it decides in float32 where that is certain, so
 * the result is that of network.predict. The result is undefined, and the caller must use the plain form, in the cases
 * of fusedGradient.
 *
 * @param x - (N, D)
 * @param labelsOf - gives the right class of each row of x from the number of classes; called only if x and params fit
 * @throws KeyboardInterrupt after the stop button
 */
export function fusedAccuracy(
  network: Predictor,
  x: NDArray,
  labelsOf: (classes: number) => Int32Array,
): number | undefined {
  if (!isWorthTheWay(network.params, x, FEWEST_ROWS.predictions)) return undefined;
  const cell = runningCell();
  const slices = withParams(network.params, x, [], function* (arena, inArena, batch) {
    if (inArena.classes === 1) return undefined; // the plain form says why there is no accuracy
    const labels = labelsOf(inArena.classes);
    const samples = samplesOf(arena, inArena, batch, EVALUATED_AT_ONCE);
    // not `>`, so that NaN gives undefined too
    if (!(largestParam(arena, inArena) <= LARGE && samples.largest <= LARGE)) return undefined;
    return { labels, judgement: yield* allocateEvaluation(arena, inArena, samples, labels)() };
  });
  const found = finish(slices, () => endIfInterrupted(cell));
  return found && shareOfRight(network, x, found.labels, found.judgement);
}
