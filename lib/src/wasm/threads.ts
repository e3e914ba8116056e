import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { awaitChunks, board, MAX_CHUNKS, MAX_THREADS, open, takeChunks, wake, type ChunkRoutine } from "./chunks";
import type { Pointer, Routines } from "./routines";

/** The memory that a job works in. */
export interface Workplace {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  readonly routines: Routines;
  readonly boardPlace: Pointer;
  /** Tells the memories apart, for workers see a new object each time. */
  readonly id: number;
}

/** What a worker receives: a memory with a job. */
export interface Message { module: WebAssembly.Module; memory: WebAssembly.Memory; id: number; boardPlace: Pointer; thread: number }

const workers: Worker[] = [];
let chosen: number | undefined;
let most = Infinity;

/** How many threads share a job: DLFS_THREADS, or as many as there are cores. 1 turns the workers off. */
export function threadCount(): number {
  return (chosen ??= Math.min(MAX_THREADS, Math.max(1, Math.floor(Number(process.env.DLFS_THREADS)) || availableParallelism())));
}

/** Takes the place of DLFS_THREADS from here on. */
export function setThreadCount(count: number): void {
  chosen = count;
}

/**
 * Calls `routine(chunk, thread, ...args)` once for each chunk from 0 on, thread below `threads`, and returns when all are done.
 * A worker that is not there yet is not waited for: the main thread takes what nobody has taken.
 *
 * @throws Error when a chunk failed, after the others are done
 */
export function runChunks(place: Workplace, threads: number, routine: ChunkRoutine, chunks: number, args: readonly number[]): void {
  if (chunks > MAX_CHUNKS) throw new RangeError(`${routine}: ${chunks} chunks: at most ${MAX_CHUNKS} wanted`);
  const helpers = hired(Math.min(threads, chunks) - 1);
  const shared = board(place.memory, place.boardPlace);
  open(shared, routine, chunks, threads, args);
  const { module, memory, id, boardPlace } = place;
  helpers.forEach((worker, index) => {
    const thread = index + 1;
    if (wake(shared, thread)) worker.postMessage({ module, memory, id, boardPlace, thread } satisfies Message);
  });
  awaitChunks(shared, routine, chunks, takeChunks(shared, place.routines, 0));
}

/**
 * Ends the workers, between two jobs: a memory that one of them has seen would be held for as long as it lives, because
 * a thread that rests collects no garbage. The next job starts others.
 */
export function forgetMemory(): void {
  for (const worker of workers.splice(0)) void worker.terminate();
}

/** The first `count` workers, started where they are not there yet; fewer where the system grants no more. */
function hired(count: number): Worker[] {
  try {
    while (workers.length < Math.min(count, most)) workers.push(start());
  } catch (error) {
    most = workers.length;
    goOnWithout(error as Error);
  }
  return workers.slice(0, count);
}

function start(): Worker {
  const extension = path.extname(__filename);
  // none of the options that this process was started with, but the loader where this is a source file
  const execArgv = extension === ".ts" ? ["--require", "ts-node/register/transpile-only"] : [];
  const worker = new Worker(path.join(__dirname, `worker${extension}`), { execArgv });
  worker.unref();
  worker.on("error", (error) => {
    workers.splice(workers.indexOf(worker), 1);
    goOnWithout(error);
  });
  return worker;
}

function goOnWithout(error: Error): void {
  process.emitWarning(`dlfs goes on without a worker thread: ${error.message}`);
}
