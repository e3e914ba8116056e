import { host, type Slices, type Thread } from "../platform";
import { checkBuild, loadedBuild } from "./build";
import { FreeCores } from "./freeCores";
import {
  awaitChunks,
  board,
  hasFailed,
  MAX_CHUNKS,
  MAX_THREADS,
  open,
  POLLING_TIME,
  takeMainChunks,
  wake,
  type ChunkRoutine,
  type Helper,
} from "./chunks";
import type { Pointer } from "./layouts";
import type { Routines } from "./routines";

/** The memory of a job, with the routines. */
export interface Workplace {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly routines: Routines;
  readonly boardPointer: Pointer;
  /** Identifies the memory, because a worker receives another object for it each time. */
  readonly id: number;
}

/** What a worker receives: a memory with a job. */
export type Message = Omit<Workplace, "routines"> & { helper: Helper };

interface StartedWorker extends Helper {
  readonly worker: Thread;
}

/** After so many workers have ended unexpectedly, no more workers are started. */
const MOST_ENDED = 8;

/** The worker of thread i is at index i - 1. */
const workers: (StartedWorker | undefined)[] = [];
let startedCount = 0;
let ended = 0;
let chosen: number | undefined;
let isSet = false;
let most = Infinity;
const freeCores = new FreeCores(() => host.threads.load());
/** The last job: how many workers it had, and when it ended. */
let last = { helpers: 0, end: 0 };

/** The most threads that share a job: DLFS_THREADS, or as many as there are cores. 1 turns the workers off. */
export function threadCount(): number {
  return (chosen ??= Math.min(MAX_THREADS, Math.max(1, host.threads.count())));
}

/**
 * How many threads the next job should have: threadCount(), or fewer while other programs compute on this machine. More
 * threads than free cores take turns, and those that wait for the others waste computing time.
 */
export function freeThreads(): number {
  const count = threadCount();
  if (count === 1 || isSet) return count;
  const polling = performance.now() - last.end < POLLING_TIME ? last.helpers : 0;
  return Math.min(count, freeCores.count(1 + polling));
}

/** Sets the number of threads instead of DLFS_THREADS: all jobs use it, however busy the machine is. */
export function setThreadCount(count: number): void {
  chosen = count;
  isSet = true;
}

/**
 * Calls `routine(chunk, thread, ...args)` once for each of `chunks` chunks from `first` on, on at most `threads`
 * threads, and returns when all are done. It does not wait for a worker that is still starting: the main thread does
 * the chunks that no worker takes.
 *
 * @throws Error when a chunk failed, after the others are done, with the failure as its cause; or when a worker ended
 *   in the middle of a chunk
 */
export function runChunks(
  workplace: Workplace,
  threads: number,
  routine: ChunkRoutine,
  chunks: number,
  args: readonly number[],
  first = 0,
): void {
  if (chunks > MAX_CHUNKS) throw new RangeError(`${routine}: ${chunks} chunks: at most ${MAX_CHUNKS} wanted`);
  const helpers = startedWorkers(Math.min(threads, chunks) - 1);
  const shared = board(workplace.memory, workplace.boardPointer);
  open(shared, routine, first, chunks, threads, args);
  const { module, memory, id, boardPointer } = workplace;
  for (const { worker, thread, number } of helpers) {
    const helper = { thread, number };
    if (wake(shared, helper)) worker.post({ module, memory, id, boardPointer, helper } satisfies Message);
  }
  const failure = takeMainChunks(shared, workplace.routines);
  const isAlive = (number: number) => helpers.some((helper) => helper.number === number && helper.worker.alive);
  const firstError = () => {
    const errors = [failure, ...helpers.map(({ worker }) => worker.takeError())];
    return errors.find((error) => error !== undefined);
  };
  try {
    awaitChunks(shared, routine, chunks, isAlive);
  } catch (error) {
    throw Object.assign(error as Error, { cause: firstError() });
  }
  last = { helpers: helpers.length, end: performance.now() };
  if (hasFailed(shared)) throw new Error(`${routine}: a chunk failed`, { cause: firstError() });
}

/** The same for the chunks from 0 on, with `atOnce` chunks in each slice. Other programs may leave fewer threads. */
export function* runInSlices(
  workplace: Workplace,
  threads: number,
  routine: ChunkRoutine,
  chunks: number,
  args: readonly number[],
  atOnce: number,
): Slices<void> {
  for (let first = 0; first < chunks; first += atOnce) {
    if (first > 0) yield;
    runChunks(workplace, Math.min(threads, freeThreads()), routine, Math.min(atOnce, chunks - first), args, first);
  }
}

/**
 * Ends the workers; it must be called between two jobs. A worker keeps each memory that it has received, because a
 * sleeping thread collects no garbage. The next job starts new workers.
 */
export function forgetMemory(): void {
  for (const started of workers.splice(0)) started?.worker.end();
}

/** The first `count` workers. Starts those that do not run yet; returns fewer if the system cannot start more. */
function startedWorkers(count: number): StartedWorker[] {
  for (let index = 0; index < Math.min(count, most); index++) {
    try {
      workers[index] ??= startWorker(index + 1);
    } catch (error) {
      most = index;
      goOnWithout((error as Error).message);
    }
  }
  return workers.slice(0, count).filter((worker) => worker !== undefined);
}

function startWorker(thread: number): StartedWorker {
  checkBuild(loadedBuild);
  const worker = host.threads.start(loadedBuild, (reason) => removeWorker(started, reason));
  const started = { worker, thread, number: ++startedCount };
  return started;
}

function removeWorker(started: StartedWorker, reason: string): void {
  if (workers[started.thread - 1] !== started) return; // it was ended by forgetMemory
  workers[started.thread - 1] = undefined;
  if (++ended === MOST_ENDED) most = 0;
  goOnWithout(reason);
}

function goOnWithout(reason: string): void {
  host.warn(`dlfs goes on without a worker thread: ${reason}`);
}
