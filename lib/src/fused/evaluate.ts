import type { SparseRows } from "../blas";
import { runChunks, threadCount, type Arena, type Pointer } from "../wasm";
import { LOGITS, placeBatch } from "./batch";
import type { NetworkInArena } from "./network";
import type { Samples } from "./samples";

/** What the routines find of each row of a set: see lib/assembly/network/evaluate.ts. */
export const RIGHT = 1, UNDECIDED = 2;

/**
 * Makes room to evaluate a whole set; the function gives the verdict on each of its rows, by the network of now. Those
 * whose best two classes are too close for the rounding of a sum stay undecided.
 */
export function placeEvaluation(arena: Arena, network: NetworkInArena, samples: Samples, labels: Int32Array): () => Uint8Array {
  const place = arena.allocate(4 * labels.length), verdicts = arena.allocate(labels.length);
  arena.ints(place, labels.length).set(labels);
  const judge = samples.sparse
    ? sparseJudge(arena, network, samples.sparse, place, verdicts)
    : denseJudge(arena, network, samples, labels.length, place, verdicts);
  return () => {
    judge();
    return arena.bytesAt(verdicts, labels.length);
  };
}

/** Chunks of rows on all threads, decided in float32 where that is certain. */
function sparseJudge(
  arena: Arena, network: NetworkInArena, { starts, table, rows }: SparseRows, labels: Pointer, verdicts: Pointer,
): () => void {
  const { routines } = arena;
  const threads = threadCount();
  const single = arena.allocate(routines.singleBytes(network.pointer));
  const workspace = arena.allocate(threads * routines.evaluateSpace(network.pointer));
  const description = arena.allocate(2 * 8 + 4 * 8);
  arena.ints(description + 16, 8).set([network.pointer, starts, table, labels, rows, verdicts, single, workspace]);
  return () => {
    routines.prepareEvaluation(description);
    runChunks(arena, threads, "evaluateChunk", routines.evaluateChunks(rows), [description]);
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
      batch.forward(n, LOGITS);
      routines.judge(batch.y, labels + 4 * first, n, classes, classStride, certain, verdicts + first);
    }
  };
}
