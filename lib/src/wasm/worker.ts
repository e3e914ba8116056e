import { parentPort } from "node:worker_threads";
import { board, serve } from "./chunks";
import { instantiate, type Routines } from "./routines";
import type { Message } from "./threads";

let known: { id: number; routines: Routines } | undefined;

parentPort?.on("message", (message: Message) => {
  const { module, memory, id, boardPlace, thread } = message;
  if (known?.id !== id) known = { id, routines: instantiate(module, memory) };
  serve(board(memory, boardPlace), known.routines, thread);
});
