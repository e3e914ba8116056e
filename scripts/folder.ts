import { mkdirSync, statSync } from "node:fs";
import { dirname } from "node:path";

/**
 * Makes a folder and its parent folders. Node's own recursive mkdir never returns on a file system such as /proc, which
 * refuses a new folder with the error that the parent folder is missing.
 * @throws Error with the name of the folder if it cannot be made.
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
    // another run may have made it meanwhile
    if (!isFolder(path)) throw error;
  }
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}
