import { availableParallelism } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";
import { awaitChunks, board, MAX_CHUNKS, post, takeChunks, type ChunkRoutine, type Job } from "./chunks";
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

/** What a worker receives; undefined tells it to let go of the memory that it knows. */
export type Message = { module: WebAssembly.Module; memory: WebAssembly.Memory; id: number; boardPlace: Pointer; job: Job } | undefined;

const workers: Worker[] = [];
let chosen: number | undefined;
let turn = 0;

/** How many threads share a job: DLFS_THREADS, or as many as there are cores. 1 turns the workers off. */
export function threadCount(): number {
  return chosen ??= Math.max(1, Math.floor(Number(process.env.DLFS_THREADS)) || availableParallelism());
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
  turn = (turn + 1) & 0xffff;
  const words = board(place.memory, place.boardPlace);
  const job = { routine, args, chunks, turn, thread: 0 };
  post(words, job);
  const { module, memory, id, boardPlace } = place;
  hired(Math.min(threads, chunks) - 1).forEach((worker, index) => {
    worker.postMessage({ module, memory, id, boardPlace, job: { ...job, thread: index + 1 } } satisfies Message);
  });
  awaitChunks(words, job, takeChunks(words, place.routines, job));
}

/** Lets the workers drop the last memory that they worked in. */
export function forgetMemory(): void {
  for (const worker of workers) worker.postMessage(undefined satisfies Message);
}

/** The first `count` workers, started where they are not there yet. */
function hired(count: number): Worker[] {
  while (workers.length < count) workers.push(start());
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
    process.emitWarning(`dlfs goes on without a worker thread: ${error.message}`);
  });
  return worker;
}
