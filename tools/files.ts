import { renameSync, writeFileSync } from "node:fs";

/** Writes a whole file in the place of an earlier one, so that nobody ever reads half of it. */
export function replaceFile(file: string, text: string): void {
  writeFileSync(`${file}.new`, text);
  renameSync(`${file}.new`, file);
}
