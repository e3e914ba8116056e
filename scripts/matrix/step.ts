import { spawn, type ChildProcess } from "node:child_process";
import { closeSync, openSync } from "node:fs";

const running = new Set<ChildProcess>();
let stopped: NodeJS.Signals | undefined;

/** The signal that asked the whole run to end, if there was one: then no further step begins. */
export const stoppedBy = (): NodeJS.Signals | undefined => stopped;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
  process.on(signal, () => {
    stopped = signal;
    for (const child of running) endGroup(child, "SIGTERM");
  });
}

/** Ends a step and all processes that it has started: they are one process group. Windows has no process groups. */
function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === "win32" ? pid : -pid, signal);
  } catch {
    // it has ended by itself
  }
}

/** A step that takes longer than this, in milliseconds, hangs: each takes less than ten minutes on two idle cores. */
const PATIENCE = Number(process.env.DLFS_MATRIX_PATIENCE ?? 30 * 60_000);

/** The exit code of a step that was ended because it took too long, as that of the command `timeout`. */
export const TOO_LONG = 124;

/** Runs a program and appends its output to `log`. Returns its exit code, or 1 if it could not run or was killed. */
export function step(file: string, args: string[], cwd: string, env: NodeJS.ProcessEnv, log: string): Promise<number> {
  if (stopped !== undefined) return Promise.resolve(1);
  const sink = openSync(log, "a");
  const shell = file.endsWith(".cmd");
  const child = spawn(file, args, {
    cwd,
    env,
    stdio: ["ignore", sink, sink],
    shell,
    detached: process.platform !== "win32",
  });
  running.add(child);
  let late = false;
  const limit = setTimeout(() => {
    late = true;
    endGroup(child, "SIGKILL");
  }, PATIENCE);
  return new Promise((resolve) => {
    const end = (code: number | null): void => {
      if (!running.delete(child)) return;
      clearTimeout(limit);
      closeSync(sink);
      if (stopped !== undefined) endGroup(child, "SIGKILL");
      resolve(late ? TOO_LONG : (code ?? 1));
    };
    child.once("error", () => end(1)).once("close", end);
  });
}
