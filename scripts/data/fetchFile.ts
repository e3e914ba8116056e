import { existsSync } from "node:fs";
import { open, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { checkFetched, type FetchedFile } from "../../lib/src/data/digests";
import { FileFormatError } from "../../lib/src/data/errors";
import { download } from "./download";
import { openPart, removeDeadParts } from "./part";
import { Refused } from "./refused";

/** How long a silent server is waited for, in milliseconds, and how often it is asked again. */
export interface Patience {
  readonly timeout: number;
  readonly retries: number;
}

/**
 * Brings one file into `folder` from the first of the addresses that has it, unless it is there already. Under its
 * name there is never anything but the whole, checked file. Says in a line what became of it and of each address.
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

/** Looks at the file and at its unpacked form, which the library prefers; a wrong one is put aside, not deleted. */
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

/** Asks one address until the file is whole or the address is given up. */
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

/** Checks the whole part and gives it its name. */
async function finish(part: string, path: string, file: FetchedFile, resumed: boolean): Promise<void> {
  try {
    await checkFetched(await readFile(part), file);
  } catch (error) {
    await rm(part, { force: true });
    // what was resumed may have had a wrong beginning: then the whole is asked for once more
    throw new Refused((error as Error).message, { again: resumed });
  }
  const handle = await open(part, "r+");
  await handle.sync();
  await handle.close();
  await rename(part, path);
}
