import type { Pointer } from "./layouts";
import type { Routines } from "./routines";

/**
 * How threads share a job: the words of a board in the memory that they all see say what the job is, and each thread
 * takes one chunk of it after the other.
 */

const ROUTINES = ["evaluateChunk", "gradientChunk", "forwardChunk", "descendChunk"] as const;

/** A routine that does one chunk of a job; what a chunk computes does not depend on the thread that takes it. */
export type ChunkRoutine = (typeof ROUTINES)[number];

/** The words of a board. TICKET is turn << 16 | next chunk: a late thread sees by the turn that its job is over. */
const TICKET = 0,
  DONE = 1,
  FAILED = 2,
  ROUTINE = 3,
  CHUNKS = 4,
  THREADS = 5,
  COUNT = 6,
  FIRST = 7;
export const MAX_THREADS = 64;
/** From here on a word for each thread: the number of the worker that looks at the board by itself; 0 for none. */
const AWAKE = 8;
/** The same: the number of the worker that may have a chunk in its hands. */
const AT_WORK = AWAKE + MAX_THREADS;
const WORDS = AT_WORK + MAX_THREADS;
const ARGS = 12;

export const BOARD_BYTES = 4 * WORDS + 8 * ARGS;
export const MAX_CHUNKS = 0xfffe;
/** In place of the next chunk while the words are being written. */
const CLOSED = 0xffff;

/**
 * How long a thread looks out for the next chunk, or the main thread for the last ones, before it rests: waking takes
 * about as long.
 */
const LINGER = 0.2; // milliseconds
/** How long the main thread waits for the next chunk to be done before it sees whether the others are alive. */
const PATIENCE = 100; // milliseconds

/** A worker as a board knows it: the thread that it stands for, and a number that no other worker has had. */
export interface Helper {
  readonly thread: number;
  readonly number: number;
}

const MAIN: Helper = { thread: 0, number: 0 };

export interface Board {
  readonly words: Int32Array;
  readonly args: Float64Array;
}

export function board({ buffer }: WebAssembly.Memory, start: Pointer): Board {
  return { words: new Int32Array(buffer, start, WORDS), args: new Float64Array(buffer, start + 4 * WORDS, ARGS) };
}

/** Opens a job of so many chunks, numbered from `first` on, to the first `threads` threads. */
export function open(
  { words, args }: Board,
  routine: ChunkRoutine,
  first: number,
  chunks: number,
  threads: number,
  given: readonly number[],
): void {
  const turn = ((Atomics.load(words, TICKET) >>> 16) + 1) << 16;
  Atomics.store(words, TICKET, turn | CLOSED);
  Atomics.store(words, DONE, 0);
  Atomics.store(words, FAILED, 0);
  // atomic too: else a processor may show them before the ticket that is closed
  Atomics.store(words, ROUTINE, ROUTINES.indexOf(routine));
  Atomics.store(words, FIRST, first);
  Atomics.store(words, CHUNKS, chunks);
  Atomics.store(words, THREADS, threads);
  Atomics.store(words, COUNT, given.length);
  args.set(given);
  Atomics.store(words, TICKET, turn);
}

/** Whether the worker has to be told of the job, because it rests; it counts as awake from now on. */
export function wake({ words }: Board, { thread, number }: Helper): boolean {
  return Atomics.exchange(words, AWAKE + thread, number) !== number;
}

/** Takes chunks of this job, and of those that follow soon. `failed` hears of a failed chunk before it is done. */
export function serve(board: Board, routines: Routines, helper: Helper, failed: (error: unknown) => void): void {
  const { thread, number } = helper;
  do takeChunks(board, routines, helper, failed);
  while (another(board.words, thread));
  Atomics.compareExchange(board.words, AWAKE + thread, number, 0);
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

/** The main thread's share of a job. Gives the last error, for a failed chunk ends no job. */
export function takeMainChunks(board: Board, routines: Routines): unknown {
  let failure: unknown;
  takeChunks(board, routines, MAIN, (error) => (failure = error));
  return failure;
}

/** Does chunk after chunk until none is left; each is taken by one thread. */
function takeChunks(board: Board, routines: Routines, helper: Helper, failed: (error: unknown) => void): void {
  const { words, args } = board,
    { thread, number } = helper;
  for (;;) {
    const ticket = Atomics.load(words, TICKET);
    if (!isOpen(words, ticket, thread)) return;
    const call = routines[ROUTINES[words[ROUTINE]]] as (chunk: number, thread: number, ...args: number[]) => void;
    const given = args.subarray(0, words[COUNT]),
      first = words[FIRST];
    Atomics.store(words, AT_WORK + thread, number);
    // what has been read belongs to this ticket only if the ticket is still there
    if (Atomics.compareExchange(words, TICKET, ticket, ticket + 1) === ticket) {
      try {
        call(first + (ticket & 0xffff), thread, ...given);
      } catch (error) {
        failed(error);
        Atomics.store(words, FAILED, 1);
      }
      Atomics.add(words, DONE, 1);
      Atomics.notify(words, DONE);
    }
    Atomics.store(words, AT_WORK + thread, 0);
  }
}

/**
 * Waits for the chunks that other threads took. `isAlive` is asked of the number of a worker.
 *
 * @throws Error when a worker that took one is no longer there
 */
export function awaitChunks(
  { words }: Board,
  routine: ChunkRoutine,
  chunks: number,
  isAlive: (number: number) => boolean,
): void {
  const until = performance.now() + LINGER;
  while (Atomics.load(words, DONE) < chunks && performance.now() < until);
  for (let done = Atomics.load(words, DONE); done < chunks; done = Atomics.load(words, DONE)) {
    if (Atomics.wait(words, DONE, done, PATIENCE) !== "timed-out") continue;
    const atWork = [...words.keys()].slice(AT_WORK).filter((word) => Atomics.load(words, word) !== 0);
    const lost = atWork.filter((word) => !isAlive(words[word]));
    if (lost.length < atWork.length || Atomics.load(words, DONE) !== done) continue;
    for (const word of lost) Atomics.store(words, word, 0);
    const names = lost.map((word) => `worker thread ${word - AT_WORK}`).join(" and ");
    throw new Error(`${routine}: ${names} ended in the middle of a chunk`);
  }
}

/** Whether a chunk of the job has failed. */
export function hasFailed({ words }: Board): boolean {
  return Atomics.load(words, FAILED) !== 0;
}
