import { parentPort, workerData, type MessagePort } from "node:worker_threads";
import { checkBuild } from "./build";
import { board, serve } from "./chunks";
import { instantiate, type Routines } from "./routines";
import type { Message } from "./threads";

/** What went wrong goes through the lifeline, where the main thread reads it without a turn of its event loop. */
const { lifeline, build } = workerData as { lifeline: MessagePort; build: string };
const tell = (error: unknown) => lifeline.postMessage(error);
checkBuild(build);
let known: { id: number; routines: Routines } | undefined;

process.on("uncaughtExceptionMonitor", tell);
parentPort?.on("message", (message: Message) => {
  if (message === undefined) process.exit();
  const { module, memory, id, boardPlace, helper } = message;
  if (known?.id !== id) known = { id, routines: instantiate(module, memory) };
  serve(board(memory, boardPlace), known.routines, helper, tell);
});
