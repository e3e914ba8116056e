import type { SparseRows } from "../blas";
import { runChunks, threadCount, type Arena, type Pointer, type Routines } from "../wasm";
import { placeBatch } from "./batch";
import type { NetworkInArena } from "./network";
import type { Samples } from "./samples";

/** What an evaluation has found of a set. */
export interface Judgement {
  /** How many rows are right for certain. */
  readonly right: number;
  /** Rows whose best two classes are too close for the rounding of a sum. */
  readonly undecided: readonly number[];
}

/** Makes room to evaluate a whole set; the function judges its rows, by the network of now. */
export function placeEvaluation(
  arena: Arena, network: NetworkInArena, samples: Samples, labels: Int32Array,
): () => Judgement {
  const pointer = arena.allocate(4 * labels.length), verdicts = arena.allocate(labels.length);
  arena.ints(pointer, labels.length).set(labels);
  const judge = samples.sparse
    ? sparseJudge(arena, network, samples.sparse, pointer, verdicts)
    : denseJudge(arena, network, samples, labels.length, pointer, verdicts);
  return () => {
    judge();
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

/** Chunks of rows on all threads, decided in float32 where that is certain. */
function sparseJudge(
  arena: Arena, network: NetworkInArena, { starts, table, rows }: SparseRows, labels: Pointer, verdicts: Pointer,
): () => void {
  const { routines } = arena;
  const threads = threadCount();
  const single = arena.allocate(routines.singleBytes(network.pointer));
  const scratch = arena.allocate(threads * routines.evaluationScratchBytes(network.pointer));
  const evaluation = arena.allocate(routines.evaluationBytes());
  routines.setEvaluation(evaluation, network.pointer, starts, table, rows, labels, verdicts, single, scratch);
  return () => {
    routines.prepareEvaluation(evaluation);
    runChunks(arena, threads, "evaluateChunk", routines.evaluateChunks(rows), [evaluation]);
  };
}

/** Some rows at a time: they have to be copied in, which no other thread can do. */
function denseJudge(
  arena: Arena, network: NetworkInArena, samples: Samples, total: number, labels: Pointer, verdicts: Pointer,
): () => void {
  const { pointer, classes, classStride } = network;
  const { routines } = arena;
  const batch = placeBatch(arena, network, samples);
  return () => {
    const certain = routines.certaintyInDouble(pointer, samples.largest);
    for (let first = 0; first < total; first += samples.atOnce) {
      const n = Math.min(samples.atOnce, total - first);
      samples.select(Int32Array.from({ length: n }, (_, i) => first + i));
      batch.forward(n, routines.LOGITS);
      routines.judge(batch.y, labels + 4 * first, n, classes, classStride, certain, verdicts + first);
    }
  };
}
