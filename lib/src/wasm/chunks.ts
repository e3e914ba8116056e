import type { Pointer } from "./layouts";
import type { Routines } from "./routines";

/**
 * How threads share a job: the words of a board, which is in the shared memory, describe the job, and each thread takes
 * one chunk after the other.
 */

const ROUTINES = ["evaluateChunk", "gradientChunk", "forwardChunk", "descendChunk"] as const;

/** A routine that does one chunk of a job; what a chunk computes does not depend on the thread that takes it. */
export type ChunkRoutine = (typeof ROUTINES)[number];

/**
 * The indices of the words of a board. The word TICKET is `turn << 16 | next chunk`. Each job has another turn, so a
 * late thread sees that its job is over.
 */
const TICKET = 0,
  DONE = 1,
  FAILED = 2,
  ROUTINE = 3,
  CHUNKS = 4,
  THREADS = 5,
  COUNT = 6,
  FIRST = 7;
export const MAX_THREADS = 64;
/** The first of one word for each thread: the number of the worker if it is polling the board, else 0. */
const AWAKE = 8;
/** The first of one word for each thread: the number of the worker if it may be doing a chunk, else 0. */
const AT_WORK = AWAKE + MAX_THREADS;
const WORDS = AT_WORK + MAX_THREADS;
const ARGS = 12;

export const BOARD_BYTES = 4 * WORDS + 8 * ARGS;
export const MAX_CHUNKS = 0xfffe;
/** The value instead of the next chunk while the words of a job are being written. */
const CLOSED = 0xffff;

/**
 * How long a thread polls the board for the next chunk, and the main thread for the end of the last chunks, before it
 * sleeps. Waking a thread takes about as long.
 */
export const POLLING_TIME = 0.2; // milliseconds
/** How long the main thread waits for the next chunk to be done before it checks whether the workers are alive. */
const CHECK_INTERVAL = 100; // milliseconds

/** A worker: the index of its thread, and a number that no other worker has had. */
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

/** Writes a job onto the board: `chunks` chunks, numbered from `first` on, for the first `threads` threads. */
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
  // atomic too, because other threads could else see these words before they see that the ticket is closed
  Atomics.store(words, ROUTINE, ROUTINES.indexOf(routine));
  Atomics.store(words, FIRST, first);
  Atomics.store(words, CHUNKS, chunks);
  Atomics.store(words, THREADS, threads);
  Atomics.store(words, COUNT, given.length);
  args.set(given);
  Atomics.store(words, TICKET, turn);
}

/** Marks the worker as awake. Returns whether it was asleep, so that a message must wake it. */
export function wake({ words }: Board, { thread, number }: Helper): boolean {
  return Atomics.exchange(words, AWAKE + thread, number) !== number;
}

/** Does chunks of this job, and of jobs that follow soon. `failed` is called before a failed chunk counts as done. */
export function serve(board: Board, routines: Routines, helper: Helper, failed: (error: unknown) => void): void {
  const { words } = board,
    { thread, number } = helper;
  do {
    Atomics.compareExchange(words, AWAKE + thread, 0, number);
    do takeChunks(board, routines, helper, failed);
    while (another(words, thread));
    Atomics.compareExchange(words, AWAKE + thread, number, 0);
    // a job that was opened just before the last line comes without a message, because this thread was awake
  } while (isOpen(words, Atomics.load(words, TICKET), thread));
}

function another(words: Int32Array, thread: number): boolean {
  const until = performance.now() + POLLING_TIME;
  do if (isOpen(words, Atomics.load(words, TICKET), thread)) return true;
  while (performance.now() < until);
  return false;
}

function isOpen(words: Int32Array, ticket: number, thread: number): boolean {
  return (ticket & 0xffff) < words[CHUNKS] && thread < words[THREADS];
}

/** Does chunks in the main thread. Returns the last error: a failed chunk does not end the job. */
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
 * Waits for the chunks that other threads took. `isAlive` tells whether the worker with a number is still running.
 *
 * @throws Error when a worker ended in the middle of a chunk
 */
export function awaitChunks(
  { words }: Board,
  routine: ChunkRoutine,
  chunks: number,
  isAlive: (number: number) => boolean,
): void {
  const until = performance.now() + POLLING_TIME;
  while (Atomics.load(words, DONE) < chunks && performance.now() < until);
  for (let done = Atomics.load(words, DONE); done < chunks; done = Atomics.load(words, DONE)) {
    if (Atomics.wait(words, DONE, done, CHECK_INTERVAL) !== "timed-out") continue;
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
