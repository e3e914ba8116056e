import { DONE, type Slices } from "../platform";
import { freeThreads, runChunks, runInSlices, threadCount, type Arena, type Pointer } from "../wasm";
import type { NetworkInArena } from "./network";
import type { Samples } from "./samples";

/**
 * A job uses one thread for each so many multiplications. They take about 10 microseconds, several times as long as the
 * threads take to synchronize.
 */
const WORTH_A_THREAD = 100_000;
/** Chunks for each thread: more than one, so that fast threads can do more chunks than slow ones. */
const CHUNKS_A_THREAD = 4;
/**
 * The most multiplications of a chunk of several rows or columns: one thread does them in some hundredths of a second.
 */
const DONE_AT_ONCE = 20_000_000;

/** The memory of a batch, and its forward and backward pass in chunks on all threads. */
export interface Batch {
  /** The hidden units. */
  readonly z: Pointer;
  readonly y: Pointer;
  readonly labels: Pointer;
  /** Computes the forward pass of the first n selected rows up to a stage: LOGITS, PROBABILITIES or DELTAS. */
  forward(n: number, stage: number, learningRate?: number): Slices<void>;
  /** After a forward pass of n rows up to DELTAS: updates the parameters. */
  descend(n: number, learningRate: number): Slices<void>;
}

/** Allocates memory for a batch of at most `samples.atOnce` rows. */
export function allocateBatch(arena: Arena, network: NetworkInArena, samples: Samples): Batch {
  const { routines } = arena;
  const { pointer, inputs, hidden, hiddenStride, classStride } = network;
  const { atOnce, sparse, selected } = samples;
  const batch = arena.allocate(routines.batchBytes());
  const labels = arena.allocate(4 * atOnce);
  const z = arena.allocate(atOnce * hiddenStride),
    y = arena.allocate(atOnce * classStride);
  const delta = arena.allocate(atOnce * hiddenStride);
  const scratch = arena.allocate(threadCount() * routines.batchScratchBytes(pointer));
  routines.setBatch(batch, pointer, labels, z, y, delta, scratch);
  if (sparse) {
    const ends = arena.allocate(4 * inputs),
      entries = arena.allocate(routines.ENTRY_BYTES * atOnce * inputs);
    routines.setSparseRows(batch, sparse.starts, selected, sparse.table, ends, entries);
  } else routines.setDenseRows(batch, selected);
  const threadsFor = (n: number) =>
    Math.max(1, Math.min(freeThreads(), Math.floor((n * samples.rowLength * hidden) / WORTH_A_THREAD)));
  /** How many rows or columns a chunk has, if each of them takes `multiplications` multiplications. */
  const shareOf = (total: number, threads: number, multiplications: number) => {
    const share = threads === 1 ? total : Math.ceil(total / (CHUNKS_A_THREAD * threads));
    return Math.max(1, Math.min(share, Math.floor(DONE_AT_ONCE / multiplications)));
  };
  /** Runs all chunks; if they take long, in slices of some hundredths of a second. */
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
    z,
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
