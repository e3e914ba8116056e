import { writeSync } from "node:fs";

/** Ends the process on request, or when the process that started it has ended. */

/**
 * The descriptor of the pipe between the kernel and its launcher. Each notices the other's end by the end of the pipe.
 */
export const LINK = 3;
/** The launcher writes this for each interrupt. */
export const PRESS = "i";
/** The lines that the kernel writes: it serves its channels, it has begun a cell, it ends with this exit code. */
export type News = "started" | "cell" | `ended ${number}`;

/**
 * The flags with which Node is started for a kernel. Terminating the code of a timer leaves Node's stack of
 * asynchronous calls longer than Node expects; without this flag Node would abort.
 */
export const NODE_FLAGS = ["--no-force-async-hooks-checks"];

const FLUSH = 100; // milliseconds in which the last replies are sent
const CHECK = 1000; // milliseconds

/** Ends the process after the last replies are sent. */
export function endProcess(code = 0): void {
  setTimeout(() => process.exit(code), FLUSH);
}

const told = new Set<News>();

/** Sends each line at most once. */
export function tellLauncher(news: News): void {
  if (told.has(news)) return;
  told.add(news);
  try {
    writeSync(LINK, `${news}\n`);
  } catch {
    // the launcher has ended, which the end of the pipe also shows
  }
}

/** Makes process.exit end the process without messages of libraries, after calling `farewell`. */
export function installExit(farewell: (code: number) => void): void {
  // With a normal exit zeromq would abort with a message, because a worker thread still has open sockets.
  const quietExit = (code = 0): never => {
    farewell(code);
    tellLauncher(`ended ${code}`);
    process.kill(process.pid, "SIGKILL");
    throw new Error("unreachable");
  };
  Object.assign(process, { reallyExit: quietExit });
}

/**
 * Calls `gone` when the parent process has ended, or Jupyter's process, if Jupyter has told its id. Returns a function
 * that stops watching.
 */
export function onParentDeath(gone: () => void): () => void {
  const before = process.ppid;
  const jupyter = Number(process.env.JPY_PARENT_PID) || before; // the parent may have ended before this line runs
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
