import { writeSync } from "node:fs";
import { inspect } from "node:util";

/**
 * Writes a line to the kernel's own stderr, which Jupyter shows in its log. It does not use process.stderr, which
 * writes to cells.
 */
export function log(message: unknown): void {
  try {
    writeSync(2, `dlfs-kernel: ${typeof message === "string" ? message : inspect(message)}\n`);
  } catch {
    // nobody reads the log any more
  }
}
