import { hardLabels } from "../labels";
import type { NDArray } from "../np";
import { endIfInterrupted, finish, inTurns, runningCell, type Pauses, type Slices } from "../platform";
import { ArenaFullError, runInSlices, threadCount, type Arena, type Pointer } from "../wasm";
import { LARGE } from "./fit";
import { allocateGradient, largestParam, takeParams, type NetworkInArena } from "./network";
import type { FusedParams } from "./params";
import { denseSamples, selectFirst } from "./samples";
import { withParams } from "./withParams";

/** The largest reach (see incrementalGradient) for which four terms of the power series of the loss are enough. */
const SERIES_REACH = 1 / 128;
/** The largest reach for which products of exponentials neither overflow nor underflow. */
const EXACT_REACH = 20;
/** The largest h: e^(-2 h), added to 1, still keeps seven digits. */
const LARGEST_H = 10;
/** The smallest h, as a share of the largest parameter: below it, the rounding of parameter + h matters. */
const SMALLEST_SHARE = 1e-8;
/** The largest change of a unit's input for which the unit's change is computed from e^(h x) - 1. */
const NEAR = 1;

/** The most columns of x that one chunk differentiates; the column of ones for b1 counts as one. */
const MOST_COLUMNS = 16;
/** The most rows times hidden units: more records would not fit into an arena, and their size not into 32 bits. */
const MOST_UNITS = 2 ** 24;
/** The fewest rows of one forward pass: with fewer rows at a time the routines are slower. */
const FEWEST_ROWS = 64;
/** Rows times columns times hidden units that one thread differentiates in some hundredths of a second. */
const DONE_AT_ONCE = 8_000_000;

/** A numerical gradient in an arena: fill x and labels, then run. */
export interface Differentiation {
  /** Pointers to the gradient, which run writes. */
  readonly gradient: NetworkInArena["pointers"];
  /**
   * Computes the gradient; the result is false, and nothing is computed, if none of the fast forms is accurate for h.
   */
  run(h: number): Slices<boolean>;
}

/**
 * `network.numericalGradient` in milliseconds: the central differences of the same loss. For each parameter it computes
 * only the values that the parameter changes, and not a whole forward pass. The result equals that of
 * `numericalGradients` but for rounding, about 1e-11 at h = 1e-4.
 *
 * reach = min(1, h max(1, |x|) / 4) max |W2| is the most by which a changed hidden unit can change a logit. For a reach
 * up to 1/128 the change of the loss is a power series of four terms; up to 20 the exponential of every logit is
 * evaluated.
 *
 * The result is undefined, and the caller must use the plain form, if
 * - the reach is above 20, or h is above 10,
 * - h is so small that the rounding of parameter + h decides the result of the plain form,
 * - a number is not finite, or its magnitude is above 1e100,
 * - params share memory, or have other shapes or dtypes than those that TwoLayerNet makes,
 * - the targets are not labels,
 * - the rows do not fit into an arena, or the engine cannot run the routines.
 *
 * @param x - (N, D) or (D,)
 * @param t - labels or one-hot rows
 * @throws KeyboardInterrupt after the stop button
 */
export function incrementalGradient(params: FusedParams, x: NDArray, t: NDArray, h: number): FusedParams | undefined {
  const cell = runningCell();
  return finish(gradientSlices(params, x, t, h), () => endIfInterrupted(cell));
}

/** The same, but takes a pause whenever one is due. The gradient is that of the params at the start. */
export function incrementalGradientInTurns(
  params: FusedParams,
  x: NDArray,
  t: NDArray,
  h: number,
  pauses: Pauses,
): Promise<FusedParams | undefined> {
  return inTurns(gradientSlices(params, x, t, h), pauses);
}

function gradientSlices(params: FusedParams, x: NDArray, t: NDArray, h: number): Slices<FusedParams | undefined> {
  return withParams(params, x, [t], function* (arena, network, batch) {
    const labels = hardLabels("TwoLayerNet.numericalGradient", batch.shape[0], network.classes, t);
    return labels && (yield* differentiate(arena, network, batch, labels, h));
  });
}

function* differentiate(
  arena: Arena,
  network: NetworkInArena,
  batch: NDArray,
  labels: Int32Array,
  h: number,
): Slices<FusedParams | undefined> {
  const [rows] = batch.shape;
  const samples = denseSamples(arena, network, batch, rows, () => NaN),
    labelsPointer = arena.allocate(4 * rows);
  yield* selectFirst(samples, rows);
  arena.ints(labelsPointer, rows).set(labels);
  const differentiation = allocateDifferentiation(arena, network, rows, samples.selected, labelsPointer);
  if (!(yield* differentiation.run(h))) return undefined;
  return takeParams(arena, network, differentiation.gradient);
}

/** Allocates memory for the gradient on batches of n rows; `x` (n, D) and `labels` are pointers to the batch. */
export function allocateDifferentiation(
  arena: Arena,
  network: NetworkInArena,
  n: number,
  x: Pointer,
  labels: Pointer,
): Differentiation {
  const { routines } = arena;
  const { pointer, inputs, hidden, classes, hiddenStride, classStride, pointers } = network;
  if (n * hidden > MOST_UNITS) {
    throw new ArenaFullError(`arena: ${n} rows of ${hidden} units: wanted at most ${MOST_UNITS} units`);
  }
  const threads = threadCount();
  const z = arena.allocate(n * hiddenStride),
    y = arena.allocate(n * classStride);
  const W2T = arena.allocate(classes * hiddenStride),
    parts = arena.allocate(2 * 8 * n);
  const records = arena.allocate(routines.recordsBytes(pointer, n));
  const gradient = allocateGradient(arena, network);
  const workspace = arena.allocate(threads * routines.gradientScratchBytes(n));
  const scratch = arena.allocate(Math.max(routines.dgemmScratchBytes(hidden), routines.dgemmScratchBytes(classes)));
  const differentiation = arena.allocate(routines.differentiationBytes());
  routines.setDifferentiation(differentiation, pointer, n, x, labels, z, y, W2T, parts, records, workspace, scratch);
  routines.setGradient(differentiation, gradient.W1, gradient.b1, gradient.W2, gradient.b2);

  const chooseForm = (h: number): number | undefined => {
    const input = routines.largestMagnitude(x, 1, n * inputs, 0),
      param = largestParam(arena, network);
    // not `>`, so that NaN gives undefined too
    if (!(input <= LARGE && param <= LARGE)) return undefined;
    if (h > LARGEST_H || h < SMALLEST_SHARE * Math.max(1, param)) return undefined;
    const step = h * Math.max(1, input);
    const reach = Math.min(1, step / 4) * routines.largestMagnitude(pointers.W2, hidden, classes, classStride);
    if (reach > EXACT_REACH) return undefined;
    if (step > NEAR) return routines.FAR;
    return reach <= SERIES_REACH ? routines.SERIES : routines.EXACT;
  };
  const prepareSamples = (first: number, end: number, form: number) => {
    const from = x + 8 * inputs * first,
      to = z + hiddenStride * first,
      rows = end - first;
    routines.repeatRow(pointers.b1, to, rows, hiddenStride);
    const W1 = pointers.W1;
    routines.dgemm(rows, hidden, inputs, 1, from, 8 * inputs, 8, W1, hiddenStride, 8, 1, to, hiddenStride, scratch);
    routines.prepareSamples(differentiation, first, end, form);
  };
  return {
    gradient,
    *run(h) {
      const form = chooseForm(h);
      if (form === undefined) return false;
      routines.prepareGradient(differentiation);
      const rows = Math.max(FEWEST_ROWS, Math.floor(DONE_AT_ONCE / (inputs * hidden)));
      for (let first = 0; first < n; first += rows) {
        if (first > 0) yield;
        prepareSamples(first, Math.min(n, first + rows), form);
      }
      const columns = Math.max(1, Math.min(MOST_COLUMNS, Math.floor(DONE_AT_ONCE / (n * hidden))));
      const chunks = routines.gradientChunks(pointer, columns);
      const atOnce = threads * Math.max(1, Math.floor(DONE_AT_ONCE / (n * hidden * columns)));
      if (rows < n) yield;
      yield* runInSlices(arena, threads, "gradientChunk", chunks, [differentiation, columns, h, form], atOnce);
      return true;
    },
  };
}
