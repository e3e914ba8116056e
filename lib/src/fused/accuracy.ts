import type { NDArray } from "../np";
import { endIfInterrupted, finish, runningCell } from "../platform";
import { allocateEvaluation } from "./evaluate";
import { isWorthTheWay, LARGE } from "./fit";
import { largestParam } from "./network";
import type { FusedParams } from "./params";
import { samplesOf } from "./samples";
import { shareOfRight } from "./undecided";
import { withParams } from "./withParams";

/** How many rows of dense data are evaluated at a time. */
const ROWS_AT_ONCE = 256;

/** The part of a network that is used here. */
interface Predictor {
  readonly params: FusedParams;
  predict(x: NDArray): NDArray<"float64">;
}

/**
 * `network.accuracy` by the evaluation of a training, on all threads: it decides in float32 where that is certain, so
 * the result is that of network.predict. The result is undefined, and the caller must use the plain form, in the cases
 * of fusedGradient.
 *
 * @param x - (N, D)
 * @param labels - the right class of each row of x
 * @throws KeyboardInterrupt after the stop button
 */
export function fusedAccuracy(network: Predictor, x: NDArray, labels: Int32Array): number | undefined {
  if (!isWorthTheWay(network.params, x)) return undefined;
  const cell = runningCell();
  const slices = withParams(network.params, x, [], function* (arena, inArena, batch) {
    const samples = samplesOf(arena, inArena, batch, ROWS_AT_ONCE);
    // not `>`, so that NaN gives undefined too
    if (!(largestParam(arena, inArena) <= LARGE && samples.largest <= LARGE)) return undefined;
    return yield* allocateEvaluation(arena, inArena, samples, labels)();
  });
  const judgement = finish(slices, () => endIfInterrupted(cell));
  return judgement && shareOfRight(network, x, labels, judgement);
}
