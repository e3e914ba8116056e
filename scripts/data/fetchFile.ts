import { existsSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkFetched, type FetchedFile } from "../../lib/src/data/digests";
import { FileFormatError } from "../../lib/src/data/errors";
import { download } from "./download";
import { openPart, removeDeadParts } from "./part";
import { Refused } from "./refused";

/** How long to wait for a server that does not answer, in milliseconds, and how often to ask it again. */
export interface Patience {
  readonly timeout: number;
  readonly retries: number;
}

/**
 * Downloads one file into `folder` from the first address that has it, unless the file is already there. The file gets
 * its name only when it is complete and checked. Prints one line about the file and about each address that failed.
 */
export async function fetchFile(
  file: FetchedFile,
  addresses: readonly string[],
  folder: string,
  patience: Patience,
): Promise<boolean> {
  const path = join(folder, file.name);
  if (await isThere(path, file)) return true;
  for (const address of addresses) {
    try {
      await fetchFrom(address, file, path, patience);
      await removeDeadParts(path);
      console.log(`${file.name}: fetched from ${address}, digest right`);
      return true;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      console.log(`${file.name}: ${address} passed over: ${error.message}`);
    }
  }
  return false;
}

/** Checks the file and its unpacked form, which the library prefers. A wrong file is renamed, not deleted. */
async function isThere(path: string, file: FetchedFile): Promise<boolean> {
  for (const [found, name] of [
    [path, file.name],
    [path.replace(/\.gz$/, ""), file.name.replace(/\.gz$/, "")],
  ]) {
    if (!existsSync(found)) continue;
    try {
      await checkFetched(await readFile(found), { ...file, name });
      console.log(`${name}: is there, digest right`);
      return true;
    } catch (error) {
      const reason = error instanceof FileFormatError ? error.message : `${name}: ${(error as Error).message}`;
      await rename(found, `${found}.wrong`);
      console.log(`${reason}; put aside as ${name}.wrong`);
    }
  }
  return false;
}

/** Asks one address until the file is complete, or until asking it again makes no sense. */
async function fetchFrom(
  address: string,
  file: FetchedFile,
  path: string,
  { timeout, retries }: Patience,
): Promise<void> {
  const part = await openPart(path, address);
  for (let attempt = 0; ; attempt++) {
    try {
      const resumed = await download(address, part, file, timeout);
      return await finish(part, path, file, resumed);
    } catch (error) {
      if (!(error instanceof Refused) || !error.again || attempt >= retries) throw error;
      console.log(`${file.name}: ${error.message}; asking again`);
      await delay(500 * 2 ** attempt);
    }
  }
}

/** Checks the complete part and renames it to the file's name. */
async function finish(part: string, path: string, file: FetchedFile, resumed: boolean): Promise<void> {
  try {
    await checkFetched(await readFile(part), file);
  } catch (error) {
    await rm(part, { force: true });
    // if the download was resumed, the old beginning may be wrong: then the whole file is requested again
    throw new Refused((error as Error).message, { again: resumed });
  }
  const handle = await open(part, "r+");
  await handle.sync();
  await handle.close();
  await rename(part, path);
}
