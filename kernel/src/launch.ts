import { spawn } from "node:child_process";
import type { Readable } from "node:stream";
import { ENDED, LINK, NODE_FLAGS, onParentDeath, STARTED } from "./lifetime";

/**
 * Starts the kernel as a process of its own from a startup snapshot: Node takes one only on its command line, and
 * Jupyter's kernelspec could not fall back when it does not fit. It relies on nothing of tslab.
 */

/** Calls `refused` with the reason when the process ends before it has started. */
export function startFromSnapshot(blob: string, refused: (reason: string) => void): void {
  const [script, ...rest] = process.argv.slice(1);
  const child = spawn(process.execPath, [...NODE_FLAGS, "--snapshot-blob", blob, script, ...rest], { stdio: ["ignore", "inherit", "inherit", "pipe"] });
  const link = child.stdio[LINK] as Readable;
  let told = "";
  link.on("data", (text) => (told += text));
  link.on("error", () => {});
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  let stopping = false;
  const pass = (signal: NodeJS.Signals) => (stopping = child.kill(signal));
  for (const signal of signals) process.on(signal, pass);
  const stopWatching = onParentDeath(() => pass("SIGKILL"));
  child.once("error", (error) => refused(error.message));
  child.once("exit", (code, signal) => {
    for (const name of signals) process.off(name, pass);
    stopWatching();
    if (told.includes(ENDED)) process.exit(0);
    if (told.includes(STARTED) || stopping) process.exit(code ?? 1);
    refused(`node refused it with ${code ?? signal}`);
  });
}
