import { parentPort } from "node:worker_threads";
import { board, takeChunks } from "./chunks";
import { instantiate, type Routines } from "./routines";
import type { Message } from "./threads";

let known: { id: number; routines: Routines } | undefined;

parentPort?.on("message", (message: Message) => {
  if (message === undefined) {
    known = undefined;
    return;
  }
  const { module, memory, id, boardPlace, job } = message;
  if (known?.id !== id) known = { id, routines: instantiate(module, memory) };
  takeChunks(board(memory, boardPlace), known.routines, job);
});
