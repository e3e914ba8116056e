import { readFileSync } from "node:fs";
import path from "node:path";

/**
 * What tells one build of the library from another: the file build-id that the set-up puts beside the compiled library.
 * It changes under a running process when the library is built anew. Empty where the library runs from its sources.
 */
export function buildOnDisk(): string {
  try {
    return readFileSync(path.join(__dirname, "../build-id"), "utf8");
  } catch {
    return "";
  }
}

/** The build that this process has loaded. */
export const loadedBuild = buildOnDisk();

/**
 * A worker thread of another build would not understand this one's jobs.
 *
 * @throws Error when the build on disk is no more `loaded`
 */
export function checkBuild(loaded: string): void {
  if (buildOnDisk() === loaded) return;
  throw new Error("dlfs was built anew while this process runs: restart it (in JupyterLab: Kernel, Restart Kernel)");
}
