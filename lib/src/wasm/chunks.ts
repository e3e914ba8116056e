import type { Pointer, Routines } from "./routines";

/** A routine that does one chunk of a job; what a chunk computes does not depend on the thread that takes it. */
export type ChunkRoutine = "evaluateChunk" | "gradientChunk";

/** What a thread is told of a job. */
export interface Job {
  readonly routine: ChunkRoutine;
  /** What follows the chunk's number and the thread's in the call. */
  readonly args: readonly number[];
  readonly chunks: number;
  /** From 0 to 65535: tells this job from an earlier one in the same memory, whose message comes late. */
  readonly turn: number;
  /** From 0, the main thread. */
  readonly thread: number;
}

/** Four words at the start of each arena: the ticket (turn << 16 | next chunk), how many chunks are done, whether one failed, unused. */
export const BOARD_BYTES = 16;
export const MAX_CHUNKS = 0xffff;
const TICKET = 0, DONE = 1, FAILED = 2;

export function board(memory: WebAssembly.Memory, start: Pointer): Int32Array {
  return new Int32Array(memory.buffer, start, BOARD_BYTES / 4);
}

/** Opens the job to all threads that know of it. */
export function post(words: Int32Array, job: Job): void {
  Atomics.store(words, DONE, 0);
  Atomics.store(words, FAILED, 0);
  Atomics.store(words, TICKET, job.turn << 16);
}

/** Does chunk after chunk until none is left; each is taken by one thread. Gives the last error, for a failed chunk ends no job. */
export function takeChunks(words: Int32Array, routines: Routines, { routine, args, chunks, turn, thread }: Job): unknown {
  let failure: unknown;
  const call = routines[routine] as (chunk: number, thread: number, ...args: number[]) => void;
  for (;;) {
    const ticket = Atomics.load(words, TICKET);
    const chunk = ticket & 0xffff;
    if (ticket >>> 16 !== turn || chunk >= chunks) return failure;
    if (Atomics.compareExchange(words, TICKET, ticket, ticket + 1) !== ticket) continue;
    try {
      call(chunk, thread, ...args);
    } catch (error) {
      failure = error;
      Atomics.store(words, FAILED, 1);
    }
    Atomics.add(words, DONE, 1);
    Atomics.notify(words, DONE);
  }
}

/** Waits for the chunks that other threads took. @throws Error when one of them failed */
export function awaitChunks(words: Int32Array, { routine, chunks }: Job, cause: unknown): void {
  for (let done = Atomics.load(words, DONE); done < chunks; done = Atomics.load(words, DONE)) Atomics.wait(words, DONE, done);
  if (Atomics.load(words, FAILED)) throw new Error(`${routine}: a chunk failed`, { cause });
}
