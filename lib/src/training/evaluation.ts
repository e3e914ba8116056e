import type { SparseRows } from "../blas";
import type { NetworkInArena } from "../networks/networkInArena";
import type { Arena } from "../wasm/arena";
import type { Pointer } from "../wasm/routines";
import { runChunks, threadCount } from "../wasm/threads";
import { placePass, LOGITS } from "./pass";
import type { Samples } from "./samples";

/** Makes room to evaluate a whole set; the function gives the share of its rows that the network of now gets right. */
export function placeEvaluation(arena: Arena, network: NetworkInArena, samples: Samples, labels: Int32Array): () => number {
  const place = arena.allocate(4 * labels.length);
  arena.ints(place, labels.length).set(labels);
  const count = samples.sparse
    ? sparseCount(arena, network, samples.sparse, place)
    : denseCount(arena, network, samples, labels.length, place);
  return () => count() / labels.length;
}

/** Chunks of rows on all threads, decided in float32 where that is certain: see lib/assembly/evaluate.ts. */
function sparseCount(arena: Arena, network: NetworkInArena, { starts, table, rows }: SparseRows, labels: Pointer): () => number {
  const { routines } = arena;
  const threads = threadCount();
  const chunks = routines.evaluateChunks(rows);
  const counts = arena.allocate(4 * chunks), single = arena.allocate(routines.singleBytes(network.pointer));
  const workspace = arena.allocate(threads * routines.evaluateSpace(network.pointer));
  const description = arena.allocate(8 + 4 * 8);
  arena.ints(description + 8, 8).set([network.pointer, starts, table, labels, rows, counts, single, workspace]);
  return () => {
    routines.prepareEvaluation(description);
    runChunks(arena, threads, "evaluateChunk", chunks, [description]);
    return arena.ints(counts, chunks).reduce((sum, count) => sum + count, 0);
  };
}

/** Some rows at a time: they have to be copied in, which no other thread can do. */
function denseCount(arena: Arena, network: NetworkInArena, samples: Samples, total: number, labels: Pointer): () => number {
  const { classes, classStride } = network;
  const pass = placePass(arena, network, samples);
  return () => {
    let right = 0;
    for (let first = 0; first < total; first += samples.atOnce) {
      const n = Math.min(samples.atOnce, total - first);
      samples.select(Int32Array.from({ length: n }, (_, i) => first + i));
      pass.forward(n, LOGITS);
      right += arena.routines.countRight(pass.y, labels + 4 * first, n, classes, classStride);
    }
    return right;
  };
}
