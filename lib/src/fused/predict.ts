import { copyMatrix, rowsOf } from "../blas";
import { slice, zeros, type NDArray } from "../np";
import { endIfInterrupted, finish, runningCell, type Slices } from "../platform";
import type { Arena, Pointer } from "../wasm";
import { allocateBatch, type Batch } from "./batch";
import { FEWEST_ROWS, fitsFusedForm, isWorthTheWay, LARGE, SMALL } from "./fit";
import { asMatrix } from "./matrix";
import { allocateNetwork, largestParam, loadParams, logitsOf, type NetworkInArena } from "./network";
import type { FusedParams } from "./params";
import { largestSelected, samplesOf, selectFirst } from "./samples";
import { withParams } from "./withParams";

/** The most rows that are in the arena at a time. */
const ROWS_AT_ONCE = 2048;

/** Where a block of probabilities is in the arena. */
interface Block {
  readonly y: Pointer;
  readonly classes: number;
  readonly classStride: number;
}

/**
 * `network.predict` for many rows, by the routines of a training step and on all threads. The results differ from those
 * of the plain form by about 1e-16; they do not depend on the number of threads. The result is undefined, and the
 * caller must use the plain form, in the cases of fusedGradient.
 *
 * @param x - (N, D)
 * @param last - for a network of three layers, W2, b2, W3 and b3 as the params of a network of two
 * @returns the probabilities (N, K)
 * @throws KeyboardInterrupt after the stop button
 */
export function fusedProbabilities(
  x: NDArray,
  params: FusedParams,
  last?: FusedParams,
): NDArray<"float64"> | undefined {
  if (!isWorthTheWay(params, x, FEWEST_ROWS.predictions) || (last && !fitsFusedForm(last, [x]))) return undefined;
  const cell = runningCell();
  const slices = withParams(params, x, [], function* (arena, network, batch) {
    const next = last && allocateNetwork(arena, last);
    if (last && next) loadParams(arena, next, last);
    const finite = [network, next].every((loaded) => !loaded || largestParam(arena, loaded) <= LARGE);
    return finite ? yield* inBlocks(arena, network, next, batch) : undefined;
  });
  return finish(slices, () => endIfInterrupted(cell));
}

function* inBlocks(
  arena: Arena,
  network: NetworkInArena,
  next: NetworkInArena | undefined,
  x: NDArray,
): Slices<NDArray<"float64"> | undefined> {
  const [rows] = x.shape;
  const { classes } = next ?? network;
  const result = zeros([rows, classes]);
  const start = arena.allocate(0);
  for (let first = 0; first < rows; first += ROWS_AT_ONCE) {
    if (first > 0) yield;
    const block = slice(x, `${first}:${first + ROWS_AT_ONCE}`);
    const [n] = block.shape;
    const found = yield* probabilities(arena, network, next, block, n);
    if (found === undefined) return undefined;
    const y = rowsOf(arena.doubles(found.y, (n * found.classStride) / 8), found.classStride / 8);
    copyMatrix(n, classes, y, { ...asMatrix(result), offset: first * classes });
    arena.trim(start);
  }
  return result;
}

function* probabilities(
  arena: Arena,
  network: NetworkInArena,
  next: NetworkInArena | undefined,
  x: NDArray,
  n: number,
): Slices<Block | undefined> {
  const { routines } = arena;
  const samples = samplesOf(arena, network, x, n);
  yield* selectFirst(samples, n);
  // not `>`, so that NaN gives undefined too
  if (!(largestSelected(arena, samples, n, network.inputs) <= LARGE)) return undefined;
  const batch = allocateBatch(arena, network, samples);
  yield* batch.forward(n, next ? routines.LOGITS : routines.PROBABILITIES);
  const block = next ? lastLayer(arena, batch, next, n) : { ...network, y: batch.y };
  const isSmall = ({ y, classes, classStride }: Block) =>
    routines.smallestMagnitude(y, n, classes, classStride) < SMALL;
  if (isSmall(block) || isSmall({ y: batch.z, classes: network.hidden, classStride: network.hiddenStride }))
    return undefined;
  if (next && isSmall({ ...network, y: batch.y })) return undefined;
  return block;
}

/** The probabilities from the inputs of the second hidden layer, which batch.y contains and which become its units. */
function lastLayer(arena: Arena, batch: Batch, next: NetworkInArena, n: number): Block {
  const { routines } = arena;
  const { classes, classStride } = next;
  const y = logitsOf(arena, next, n, batch.y);
  routines.softmax(y, n, classes, classStride);
  return { y, classes, classStride };
}
