import { availableParallelism } from "node:os";
import path from "node:path";
import { MessageChannel, parentPort, Worker, workerData, type MessagePort } from "node:worker_threads";
import type { Threads } from "../host";
import { Lifeline } from "./lifeline";

/** What a worker is started with. */
interface Start {
  /** What goes wrong in the worker comes through it, where it can be read without a turn of the event loop. */
  readonly lifeline: MessagePort;
  readonly build: string;
}

const extension = path.extname(__filename);
const file = path.join(__dirname, `../../wasm/worker${extension}`);
// none of the options that this process was started with, but the loader where this is a source file
const execArgv = extension === ".ts" ? ["--require", "ts-node/register/transpile-only"] : [];

export const threads: Threads = {
  count: () => Math.floor(Number(process.env.DLFS_THREADS)) || availableParallelism(),
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
