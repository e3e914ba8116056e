import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { state } from "../tools/root";

const OLD = 24 * 3600 * 1000; // milliseconds: no run takes so long

/**
 * Makes a folder for this process in the state folder. It is removed when the process ends; folders of killed processes
 * are removed after a day.
 */
export function scratchFolder(name: string): string {
  const place = join(state, "scratch");
  mkdirSync(place, { recursive: true });
  removeOld(place);
  const folder = mkdtempSync(join(place, `${name}-`));
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function removeOld(place: string): void {
  for (const name of readdirSync(place)) {
    const { mtimeMs } = statSync(join(place, name), { throwIfNoEntry: false }) ?? {};
    if (mtimeMs !== undefined && Date.now() - mtimeMs > OLD)
      rmSync(join(place, name), { recursive: true, force: true });
  }
}
