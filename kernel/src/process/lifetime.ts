import { writeSync } from "node:fs";

/**
 * When the process ends: on request, or with the process that started it. It relies on nothing of tslab.
 */

/** The descriptor by which a kernel and its launcher know of each other: what is written, and its end. */
export const LINK = 3;
/** What the launcher writes for each interrupt. */
export const PRESS = "i";
/** What the kernel writes, a line each: it serves its channels, it has begun a cell, it ends with an exit code. */
export type News = "started" | "cell" | `ended ${number}`;

/**
 * How Node is started for a kernel: an interrupt that terminates a timer's code leaves Node's record of asynchronous
 * calls longer than it expects, which would make it abort.
 */
export const NODE_FLAGS = ["--no-force-async-hooks-checks"];

const FLUSH = 100; // milliseconds for the last answers to leave
const CHECK = 1000; // milliseconds

/** Ends the process after the answers have left. */
export function endProcess(code = 0): void {
  setTimeout(() => process.exit(code), FLUSH);
}

const told = new Set<News>();

/** Tells it once. */
export function tellLauncher(news: News): void {
  if (told.has(news)) return;
  told.add(news);
  try {
    writeSync(LINK, `${news}\n`);
  } catch {
    // it has gone, and the end of the link says so too
  }
}

/** Makes process.exit, whoever calls it, quiet, but for `farewell`. */
export function installExit(farewell: (code: number) => void): void {
  // An orderly exit makes zeromq abort with a message, because a worker thread still holds sockets.
  const quietExit = (code = 0): never => {
    farewell(code);
    tellLauncher(`ended ${code}`);
    process.kill(process.pid, "SIGKILL");
    throw new Error("unreachable");
  };
  Object.assign(process, { reallyExit: quietExit });
}

/**
 * Calls `gone` once the parent, or Jupyter where it says which process it is, is no more; returns a function that stops
 * looking.
 */
export function onParentDeath(gone: () => void): () => void {
  const before = process.ppid;
  const jupyter = Number(process.env.JPY_PARENT_PID) || before; // it may have died before this process looked
  const timer = setInterval(() => (process.ppid !== before || !alive(jupyter)) && gone(), CHECK);
  timer.unref();
  return () => clearInterval(timer);
}

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
