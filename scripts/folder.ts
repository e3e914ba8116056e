import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and those above it. Node's own recursive mkdir never returns where a file system refuses a new
 * folder by saying that the one above is missing, as /proc does.
 * @throws Error that names the folder, where it cannot be made.
 */
export function makeFolder(path: string): void {
  try {
    make(path);
  } catch (cause) {
    throw new Error(`the folder ${path} cannot be made: ${(cause as Error).message}`, { cause });
  }
}

function make(path: string): void {
  if (isFolder(path)) return;
  if (dirname(path) !== path) make(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    // another run may have been quicker
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
