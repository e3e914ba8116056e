import type { Pointer, Routines } from "./routines";

/**
 * How threads share a job: the words of a board in the memory that they all see say what the job is, and each thread
 * takes one chunk of it after the other.
 */

const ROUTINES = ["evaluateChunk", "gradientChunk", "forwardChunk", "descendChunk"] as const;

/** A routine that does one chunk of a job; what a chunk computes does not depend on the thread that takes it. */
export type ChunkRoutine = (typeof ROUTINES)[number];

/** The words of a board. TICKET is turn << 16 | next chunk: a late thread sees by the turn that its job is over. */
const TICKET = 0, DONE = 1, FAILED = 2, ROUTINE = 3, CHUNKS = 4, THREADS = 5, COUNT = 6;
/** From here on a word for each thread: whether it looks at the board by itself. */
const AWAKE = 8;
const WORDS = 72;
const ARGS = 12;

export const BOARD_BYTES = 4 * WORDS + 8 * ARGS;
export const MAX_THREADS = WORDS - AWAKE;
export const MAX_CHUNKS = 0xfffe;
/** In place of the next chunk while the words are being written. */
const CLOSED = 0xffff;

/** How long a thread looks out for the next chunk, or the main thread for the last ones, before it rests: waking takes about as long. */
const LINGER = 0.2; // milliseconds

export interface Board {
  readonly words: Int32Array;
  readonly args: Float64Array;
}

export function board({ buffer }: WebAssembly.Memory, start: Pointer): Board {
  return { words: new Int32Array(buffer, start, WORDS), args: new Float64Array(buffer, start + 4 * WORDS, ARGS) };
}

/** Opens a job to the first `threads` threads. */
export function open({ words, args }: Board, routine: ChunkRoutine, chunks: number, threads: number, given: readonly number[]): void {
  const turn = ((Atomics.load(words, TICKET) >>> 16) + 1) << 16;
  Atomics.store(words, TICKET, turn | CLOSED);
  Atomics.store(words, DONE, 0);
  Atomics.store(words, FAILED, 0);
  // atomic too: else a processor may show them before the ticket that is closed
  Atomics.store(words, ROUTINE, ROUTINES.indexOf(routine));
  Atomics.store(words, CHUNKS, chunks);
  Atomics.store(words, THREADS, threads);
  Atomics.store(words, COUNT, given.length);
  args.set(given);
  Atomics.store(words, TICKET, turn);
}

/** Whether the thread has to be told of the job, because it rests; it counts as awake from now on. */
export function wake({ words }: Board, thread: number): boolean {
  return Atomics.exchange(words, AWAKE + thread, 1) === 0;
}

/** Takes chunks of this job, and of those that follow soon. */
export function serve(board: Board, routines: Routines, thread: number): void {
  do takeChunks(board, routines, thread);
  while (another(board.words, thread));
  Atomics.store(board.words, AWAKE + thread, 0);
}

function another(words: Int32Array, thread: number): boolean {
  const until = performance.now() + LINGER;
  do if (isOpen(words, Atomics.load(words, TICKET), thread)) return true;
  while (performance.now() < until);
  return false;
}

function isOpen(words: Int32Array, ticket: number, thread: number): boolean {
  return (ticket & 0xffff) < words[CHUNKS] && thread < words[THREADS];
}

/** Does chunk after chunk until none is left; each is taken by one thread. Gives the last error, for a failed chunk ends no job. */
export function takeChunks({ words, args }: Board, routines: Routines, thread: number): unknown {
  let failure: unknown;
  for (;;) {
    const ticket = Atomics.load(words, TICKET);
    if (!isOpen(words, ticket, thread)) return failure;
    const call = routines[ROUTINES[words[ROUTINE]]] as (chunk: number, thread: number, ...args: number[]) => void;
    const given = args.subarray(0, words[COUNT]);
    // what has been read belongs to this ticket only if the ticket is still there
    if (Atomics.compareExchange(words, TICKET, ticket, ticket + 1) !== ticket) continue;
    try {
      call(ticket & 0xffff, thread, ...given);
    } catch (error) {
      failure = error;
      Atomics.store(words, FAILED, 1);
    }
    Atomics.add(words, DONE, 1);
    Atomics.notify(words, DONE);
  }
}

/** Waits for the chunks that other threads took. @throws Error when one of them failed */
export function awaitChunks({ words }: Board, routine: ChunkRoutine, chunks: number, cause: unknown): void {
  const until = performance.now() + LINGER;
  while (Atomics.load(words, DONE) < chunks && performance.now() < until);
  for (let done = Atomics.load(words, DONE); done < chunks; done = Atomics.load(words, DONE)) Atomics.wait(words, DONE, done);
  if (Atomics.load(words, FAILED)) throw new Error(`${routine}: a chunk failed`, { cause });
}
