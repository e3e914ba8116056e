#!/usr/bin/env node
import { log, tellLauncher } from "../process";
import { isLaunched, launch } from "./launch";
import { currentSnapshot, isFromSnapshot, takeSnapshot } from "./snapshot";

/**
 * Jupyter starts this file with `--config-path <connection file>`. It starts the kernel as a second process, from the
 * startup snapshot if that fits. The second process runs this file too.
 */

function main(): void {
  const configPath = process.argv[process.argv.indexOf("--config-path") + 1];
  if (!process.argv.includes("--config-path") || !configPath) {
    log("usage: main.js --config-path <connection file>");
    process.exit(1);
  }
  if (!isFolderThere()) {
    log("main.js: the folder in which the kernel was started has been deleted: wanted one that is there");
    process.exit(1);
  }
  if (isLaunched()) return kernel(configPath);
  const current = currentSnapshot();
  if ("blob" in current) launch({ blob: current.blob, failed: withoutSnapshot });
  else withoutSnapshot(current.reason);
}

function isFolderThere(): boolean {
  try {
    process.cwd();
    return true;
  } catch {
    return false;
  }
}

function withoutSnapshot(reason: string): void {
  log(`starting without the startup snapshot: ${reason}`);
  launch({});
}

// The kernel is loaded only here, so that the launcher's process stays small.
function kernel(configPath: string): void {
  const snapshot = takeSnapshot();
  if (!snapshot && isFromSnapshot()) {
    log("the startup snapshot is another program's");
    process.exit(1);
  }
  try {
    (require("./kernel") as typeof import("./kernel")).startKernel(configPath, snapshot);
  } catch (error) {
    log(error instanceof Error ? error.message : error);
    tellLauncher("ended 1");
    process.exit(1);
  }
}

main();
