import { hardLabels } from "../labels";
import type { NDArray } from "../np";
import { endIfInterrupted, finish, runningCell, type Slices } from "../platform";
import type { Arena } from "../wasm";
import { allocateBatch } from "./batch";
import { FEWEST_ROWS, isWorthTheWay, LARGE, SMALL } from "./fit";
import { allocateGradient, largestParam, takeParams, type NetworkInArena } from "./network";
import type { FusedParams } from "./params";
import { largestSelected, samplesOf, selectFirst } from "./samples";
import { withParams } from "./withParams";

/**
 * `network.gradient` by the routines of a training step, on all threads: the same sums as the plain form in another
 * order, so the results differ by about 1e-16 of the largest. They do not depend on the number of threads.
 *
 * The result is undefined, and the caller must use the plain form, if
 * - there is so little to compute that the plain form is as fast,
 * - params or x do not fit the fused form (see withParams), or the targets are not labels,
 * - a number is not finite or its magnitude is above 1e100, or an exponential is almost 0.
 *
 * @param x - (N, D) or (D,)
 * @param t - labels or one-hot rows
 * @throws KeyboardInterrupt after the stop button
 */
export function fusedGradient(params: FusedParams, x: NDArray, t: NDArray): FusedParams | undefined {
  if (!isWorthTheWay(params, x, FEWEST_ROWS.gradient)) return undefined;
  const cell = runningCell();
  const slices = withParams(params, x, [t], function* (arena, network, batch) {
    const labels = hardLabels("TwoLayerNet.gradient", batch.shape[0], network.classes, t);
    return labels && (yield* gradientOf(arena, network, batch, labels));
  });
  return finish(slices, () => endIfInterrupted(cell));
}

function* gradientOf(
  arena: Arena,
  network: NetworkInArena,
  x: NDArray,
  labels: Int32Array,
): Slices<FusedParams | undefined> {
  const { routines } = arena;
  const { pointer, inputs, hidden, classes, hiddenStride, classStride } = network;
  const rows = labels.length;
  const samples = samplesOf(arena, network, x, rows);
  // not `>`, so that NaN gives undefined too
  if (!(largestParam(arena, network) <= LARGE)) return undefined;
  yield* selectFirst(samples, rows);
  if (!(largestSelected(arena, samples, rows, inputs) <= LARGE)) return undefined;
  const batch = allocateBatch(arena, network, samples);
  arena.ints(batch.labels, rows).set(labels);
  yield* batch.forward(rows, routines.DELTAS, -1);
  if (routines.smallestMagnitude(batch.z, rows, hidden, hiddenStride) < SMALL) return undefined;
  if (routines.smallestMagnitude(batch.y, rows, classes, classStride) < SMALL) return undefined;
  // a step with the learning rate -1 adds the gradient to the network's arrays, which are zeros here
  const gradient = allocateGradient(arena, network);
  routines.setNetwork(pointer, inputs, hidden, classes, gradient.W1, gradient.b1, gradient.W2, gradient.b2);
  yield* batch.descend(rows, -1);
  return takeParams(arena, network, gradient);
}
