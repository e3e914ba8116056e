import type { SparseRows } from "../blas";
import type { Slices } from "../platform";
import { runInSlices, threadCount, type Arena, type Pointer, type Routines } from "../wasm";
import { allocateBatch } from "./batch";
import type { NetworkInArena } from "./network";
import { rowLengthOf, type Samples } from "./samples";

/** The result of evaluating a data set. */
export interface Judgement {
  /** How many rows are certainly classified right. */
  readonly right: number;
  /** The rows whose two best classes are so close that rounding may have changed their order. */
  readonly undecided: readonly number[];
}

/** The most multiplications for each thread in one slice: they take some hundredths of a second. */
const DONE_AT_ONCE = 30_000_000;

/** How many rows of dense data are evaluated at a time. */
export const EVALUATED_AT_ONCE = 256;

/** Allocates memory to evaluate a whole set. The returned function evaluates it with the network then in the arena. */
export function allocateEvaluation(
  arena: Arena,
  network: NetworkInArena,
  samples: Samples,
  labels: Int32Array,
): () => Slices<Judgement> {
  const pointer = arena.allocate(4 * labels.length),
    verdicts = arena.allocate(labels.length);
  arena.ints(pointer, labels.length).set(labels);
  const judge = samples.sparse
    ? sparseJudge(arena, network, samples.sparse, pointer, verdicts)
    : denseJudge(arena, network, samples, labels.length, pointer, verdicts);
  return function* () {
    yield* judge();
    return judgement(arena.bytesAt(verdicts, labels.length), arena.routines);
  };
}

function judgement(verdicts: Uint8Array, { RIGHT, UNDECIDED }: Routines): Judgement {
  let right = 0;
  const undecided: number[] = [];
  verdicts.forEach((verdict, row) => {
    if (verdict === RIGHT) right++;
    else if (verdict === UNDECIDED) undecided.push(row);
  });
  return { right, undecided };
}

/** Evaluates chunks of rows on all threads. The first layer is in float32, or in float64 if float32 is not certain. */
function sparseJudge(
  arena: Arena,
  network: NetworkInArena,
  { starts, table, rows }: SparseRows,
  labels: Pointer,
  verdicts: Pointer,
): () => Slices<void> {
  const { routines } = arena;
  const threads = threadCount();
  const single = arena.allocate(routines.singleBytes(network.pointer));
  const scratch = arena.allocate(threads * routines.evaluationScratchBytes(network.pointer));
  const evaluation = arena.allocate(routines.evaluationBytes());
  routines.setEvaluation(evaluation, network.pointer, starts, table, rows, labels, verdicts, single, scratch);
  const chunks = routines.evaluateChunks(rows);
  const multiplications = rowLengthOf(arena, rows, starts) * network.hidden * Math.ceil(rows / chunks);
  const atOnce = threads * Math.max(1, Math.floor(DONE_AT_ONCE / multiplications));
  return function* () {
    routines.prepareEvaluation(evaluation);
    yield* runInSlices(arena, threads, "evaluateChunk", chunks, [evaluation], atOnce);
  };
}

/** Evaluates some rows at a time: they must first be copied into the arena, and only this thread can do that. */
function denseJudge(
  arena: Arena,
  network: NetworkInArena,
  samples: Samples,
  total: number,
  labels: Pointer,
  verdicts: Pointer,
): () => Slices<void> {
  const { pointer, classes, classStride } = network;
  const { routines } = arena;
  const batch = allocateBatch(arena, network, samples);
  return function* () {
    const certain = routines.certaintyInDouble(pointer, samples.largest);
    for (let first = 0; first < total; first += samples.atOnce) {
      const n = Math.min(samples.atOnce, total - first);
      if (first > 0) yield;
      yield* samples.select(Int32Array.from({ length: n }, (_, i) => first + i));
      yield* batch.forward(n, routines.LOGITS);
      routines.judge(batch.y, labels + 4 * first, n, classes, classStride, certain, verdicts + first);
    }
  };
}
