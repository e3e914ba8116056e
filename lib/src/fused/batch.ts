import { runChunks, threadCount, type Arena, type Pointer } from "../wasm";
import type { NetworkInArena } from "./network";
import type { Samples } from "./samples";

/** How far a forward pass goes, as lib/assembly/network/batch.ts numbers it. */
export const LOGITS = 0, PROBABILITIES = 1, DELTAS = 2;
/** Multiplications that are worth a thread: about 10 microseconds, several times what threads take to meet. */
const WORTH_A_THREAD = 100_000;
/** Chunks for each thread: enough for those that are quick to take over from those that are not. */
const CHUNKS_A_THREAD = 4;

/** Room for the selected rows' way through the network and back, in chunks on all threads. */
export interface Batch {
  readonly y: Pointer;
  readonly labels: Pointer;
  /** Takes the first n selected rows through the network. */
  forward(n: number, stage: number, learningRate?: number): void;
  /** After a forward pass of n rows up to DELTAS: moves the parameters. */
  descend(n: number, learningRate: number): void;
}

/** Makes room for `samples.atOnce` rows. */
export function placeBatch(arena: Arena, { pointer, inputs, hidden, hiddenStride, classStride }: NetworkInArena, samples: Samples): Batch {
  const { atOnce, sparse, place } = samples;
  const z = arena.allocate(atOnce * hiddenStride), y = arena.allocate(atOnce * classStride), delta = arena.allocate(atOnce * hiddenStride);
  const labels = arena.allocate(4 * atOnce);
  const columns = sparse ? [arena.allocate(4 * inputs), arena.allocate(4 * atOnce * inputs)] : [0, 0];
  const mostThreads = threadCount();
  const scratch = arena.allocate(mostThreads * arena.routines.batchScratch(pointer));
  const description = arena.allocate(4 * 13);
  const rows = sparse ? [0, sparse.starts, place, sparse.table] : [place, 0, 0, 0];
  arena.ints(description, 13).set([pointer, atOnce, ...rows, ...columns, labels, z, y, delta, scratch]);
  const threadsFor = (n: number) => Math.max(1, Math.min(mostThreads, Math.floor((n * samples.rowLength * hidden) / WORTH_A_THREAD)));
  return {
    y, labels,
    forward(n, stage, learningRate = 0) {
      arena.ints(description, 2)[1] = n;
      const threads = threadsFor(n);
      const share = threads === 1 ? n : Math.ceil(n / (CHUNKS_A_THREAD * threads));
      runChunks(arena, threads, "forwardChunk", Math.ceil(n / share) + Number(stage === DELTAS), [description, share, stage, learningRate]);
    },
    descend(n, learningRate) {
      const threads = threadsFor(n);
      const share = threads === 1 ? inputs : Math.ceil(inputs / (CHUNKS_A_THREAD * threads));
      runChunks(arena, threads, "descendChunk", 1 + Math.ceil(inputs / share), [description, share, learningRate]);
    },
  };
}
