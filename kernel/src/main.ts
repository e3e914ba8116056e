#!/usr/bin/env node
import { log } from "./log";
import { startFromSnapshot } from "./launch";
import { currentSnapshot, takeSnapshot, type Snapshot } from "./snapshot";

/** Started by Jupyter with `--config-path <connection file>`: runs the kernel, from the startup snapshot where it fits. */

function main(): void {
  const configPath = process.argv[process.argv.indexOf("--config-path") + 1];
  if (!process.argv.includes("--config-path") || !configPath) {
    log("usage: main.js --config-path <connection file>");
    process.exit(1);
  }
  const taken = takeSnapshot();
  if (taken) return kernel(configPath, taken);
  const current = currentSnapshot();
  if ("blob" in current) return startFromSnapshot(current.blob, (reason) => withoutSnapshot(configPath, reason));
  withoutSnapshot(configPath, current.reason);
}

function withoutSnapshot(configPath: string, reason: string): void {
  log(`starting without the startup snapshot: ${reason}`);
  kernel(configPath);
}

// Loaded late: the process that only starts another one stays small.
function kernel(configPath: string, snapshot?: Snapshot): void {
  try {
    (require("./kernel") as typeof import("./kernel")).startKernel(configPath, snapshot);
  } catch (error) {
    log(error instanceof Error ? error.message : error);
    process.exit(1);
  }
}

main();
