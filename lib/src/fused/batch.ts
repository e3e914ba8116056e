import { DONE, type Slices } from "../platform";
import { runChunks, runInSlices, threadCount, type Arena, type Pointer } from "../wasm";
import type { NetworkInArena } from "./network";
import type { Samples } from "./samples";

/** Multiplications that are worth a thread: about 10 microseconds, several times what threads take to meet. */
const WORTH_A_THREAD = 100_000;
/** Chunks for each thread: enough for those that are quick to take over from those that are not. */
const CHUNKS_A_THREAD = 4;
/** Multiplications, where one row or column has not more, that one thread does in some hundredths of a second. */
const DONE_AT_ONCE = 20_000_000;

/** Room for the selected rows' way through the network and back, in chunks on all threads. */
export interface Batch {
  readonly y: Pointer;
  readonly labels: Pointer;
  /** Takes the first n selected rows through the network, up to the LOGITS, PROBABILITIES or DELTAS of the routines. */
  forward(n: number, stage: number, learningRate?: number): Slices<void>;
  /** After a forward pass of n rows up to DELTAS: moves the parameters. */
  descend(n: number, learningRate: number): Slices<void>;
}

/** Makes room for `samples.atOnce` rows. */
export function placeBatch(arena: Arena, network: NetworkInArena, samples: Samples): Batch {
  const { routines } = arena;
  const { pointer, inputs, hidden, hiddenStride, classStride } = network;
  const { atOnce, sparse, place } = samples;
  const mostThreads = threadCount();
  const batch = arena.allocate(routines.batchBytes());
  const labels = arena.allocate(4 * atOnce);
  const z = arena.allocate(atOnce * hiddenStride),
    y = arena.allocate(atOnce * classStride);
  const delta = arena.allocate(atOnce * hiddenStride);
  const scratch = arena.allocate(mostThreads * routines.batchScratchBytes(pointer));
  routines.setBatch(batch, pointer, labels, z, y, delta, scratch);
  if (sparse) {
    const ends = arena.allocate(4 * inputs),
      entries = arena.allocate(routines.ENTRY_BYTES * atOnce * inputs);
    routines.setSparseRows(batch, sparse.starts, place, sparse.table, ends, entries);
  } else routines.setDenseRows(batch, place);
  const threadsFor = (n: number) =>
    Math.max(1, Math.min(mostThreads, Math.floor((n * samples.rowLength * hidden) / WORTH_A_THREAD)));
  /** Rows or columns of a chunk, where one takes so many multiplications. */
  const shareOf = (total: number, threads: number, multiplications: number) => {
    const share = threads === 1 ? total : Math.ceil(total / (CHUNKS_A_THREAD * threads));
    return Math.max(1, Math.min(share, Math.floor(DONE_AT_ONCE / multiplications)));
  };
  /** All chunks; those that take long, as many at a time as there are threads. */
  const inSlices = (
    threads: number,
    routine: "forwardChunk" | "descendChunk",
    chunks: number,
    args: number[],
    multiplications: number,
  ): Slices<void> => {
    const atOnce = threads * Math.max(1, Math.floor((1.5 * DONE_AT_ONCE) / multiplications));
    if (chunks > atOnce) return runInSlices(arena, threads, routine, chunks, args, atOnce);
    runChunks(arena, threads, routine, chunks, args);
    return DONE;
  };
  return {
    y,
    labels,
    forward(n, stage, learningRate = 0) {
      routines.setSamples(batch, n);
      const threads = threadsFor(n);
      const ofRow = samples.rowLength * hidden,
        share = shareOf(n, threads, ofRow);
      const chunks = Math.ceil(n / share) + Number(stage === routines.DELTAS);
      return inSlices(threads, "forwardChunk", chunks, [batch, share, stage, learningRate], share * ofRow);
    },
    descend(n, learningRate) {
      const threads = threadsFor(n);
      const ofColumn = (n * samples.rowLength * hidden) / inputs,
        share = shareOf(inputs, threads, ofColumn);
      const chunks = 1 + Math.ceil(inputs / share);
      return inSlices(threads, "descendChunk", chunks, [batch, share, learningRate], share * ofColumn);
    },
  };
}
