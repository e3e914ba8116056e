import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import path from "node:path";
import { MessageChannel, parentPort, Worker, workerData, type MessagePort } from "node:worker_threads";
import type { Load, Threads } from "../host";
import { Lifeline } from "./lifeline";

/** The data that a worker gets at its start. */
interface Start {
  /**
   * The worker sends its errors through this port; the other thread can read them without returning to the event loop.
   */
  readonly lifeline: MessagePort;
  readonly build: string;
}

const extension = path.extname(__filename);
const file = path.join(__dirname, `../../wasm/worker${extension}`);
// workers do not inherit the options of this process; if this is a source file, they need the loader for TypeScript
const execArgv = extension === ".ts" ? ["--require", "ts-node/register/transpile-only"] : [];

/** 0 or NaN if the user has chosen none. */
const chosenCount = () => Math.floor(Number(process.env.DLFS_THREADS));

let cores: number | undefined;

/**
 * The fourth number of Linux's /proc/loadavg: how many threads run now. Other systems only tell the average of the last
 * minute, which counts a training of this process that is over.
 */
function loadOfLinux(): Load | undefined {
  if (process.platform !== "linux") return undefined;
  try {
    const running = Number(/^\S+ \S+ \S+ (\d+)\//.exec(readFileSync("/proc/loadavg", "latin1"))?.[1]);
    // not availableParallelism(): in a container it may be less than the machine that the file describes
    return Number.isNaN(running) ? undefined : { cores: (cores ??= cpus().length), running };
  } catch {
    return undefined; // a sandbox may hide the file
  }
}

export const threads: Threads = {
  count: () => chosenCount() || availableParallelism(),
  load: () => (chosenCount() ? undefined : loadOfLinux()),
  start(build, ended) {
    const { port1, port2 } = new MessageChannel();
    const start: Start = { lifeline: port2, build };
    const worker = new Worker(file, { execArgv, workerData: start, transferList: [port2] });
    worker.unref();
    let reason: string | undefined;
    worker.on("error", (error) => (reason = error.message));
    worker.on("exit", (code) => ended(reason ?? `it ended with exit code ${code}`));
    const lifeline = new Lifeline(port1);
    return {
      post: (message) => worker.postMessage(message),
      end: () => worker.postMessage(undefined),
      get alive() {
        return lifeline.alive;
      },
      takeError: () => lifeline.takeError(),
    };
  },
  serve(begin) {
    const { lifeline, build } = workerData as Start;
    const fail = (error: unknown) => lifeline.postMessage(error);
    const receive = begin(build, fail);
    process.on("uncaughtExceptionMonitor", fail);
    parentPort?.on("message", (message: unknown) => {
      if (message === undefined) process.exit();
      receive(message);
    });
  },
};
