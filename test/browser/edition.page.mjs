// The page of edition.test.ts: a kernel, and the reader's files in memory.
import { KernelClient } from "./client.js";

export const saved = new Map();
export const restarts = [];
export let kernel;

export async function start(pictures) {
  kernel?.dispose();
  restarts.length = 0;
  saved.clear();
  kernel = new KernelClient({
    worker: new URL("worker.js", import.meta.url).href,
    folder: "/notebooks",
    pictures,
    files: {
      read: async (path) => saved.get(path),
      exists: async (path) => saved.has(path),
      write: async (path, content) => void saved.set(path, content),
    },
    onRestart: (reason) => restarts.push(reason),
  });
  await kernel.ready;
}

/** Sends a request; gives the content of the reply, and types and contents of what was published. */
export async function ask(type, content) {
  const published = [];
  const reply = await kernel.request(type, content, (kind, told) => {
    if (kind !== "status" && kind !== "execute_input") published.push([kind, told]);
  });
  return { reply, published };
}
