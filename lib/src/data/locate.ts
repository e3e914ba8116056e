import { existsSync, statSync } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import { FileFormatError, MissingDataError } from "./errors";

/** The checkout's root: lib/src/data and lib/dist/data both lie three levels below it. */
const root = resolve(__dirname, "../../..");

/** The folder that `npm run data` fills. */
export const dataFolder = join(root, "data");

/** The folder named by DLFS_DATA, a relative one taken from the checkout's root; undefined where it is not set. */
export function chosenFolder(): string | undefined {
  const chosen = process.env.DLFS_DATA;
  return chosen ? resolve(root, chosen) : undefined;
}

/** The path of `name` in `folder`, or else of `name.gz`; undefined where neither is there. */
export function findFile(folder: string, name: string): string | undefined {
  return [join(folder, name), join(folder, `${name}.gz`)].find((path) => existsSync(path));
}

/** What a compressed file of `size` bytes may open to; real data stays far below, and a bomb far above. */
export function inflatedLimit(size: number): number {
  return 2 ** 20 + 100 * size;
}

/** Why nothing can be found in a folder that was named; undefined where it is a folder that may be looked into. */
export function folderTrouble(folder: string): string | undefined {
  try {
    // looking at a name inside needs the right to search the folder, which looking at the folder does not
    if (!statSync(folder).isDirectory()) return "is no folder";
    statSync(join(folder, "."));
    return undefined;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOENT" ? "is not there" : `cannot be read: ${(error as Error).message}`;
  }
}

/**
 * The content of a file, decompressed where its name ends in .gz.
 * @throws MissingDataError, in the caller's name, for a file that cannot be read.
 * @throws FileFormatError, in the caller's name, for a folder or a device in its place and a broken or implausible .gz file.
 */
export async function readContent(path: string, caller: string): Promise<Uint8Array> {
  const file = await readWhole(path, caller);
  if (!path.endsWith(".gz")) return file;
  try {
    return await promisify(gunzip)(file, { maxOutputLength: inflatedLimit(file.length), chunkSize: expectedSize(file) });
  } catch (cause) {
    throw new FileFormatError(`${caller}: ${path}: not a whole gzip file: ${(cause as Error).message}`, { cause });
  }
}

async function readWhole(path: string, caller: string): Promise<Buffer> {
  try {
    const found = await stat(path);
    // reading a pipe or a device could go on for ever
    if (!found.isFile()) throw new FileFormatError(`${caller}: ${path}: ${found.isDirectory() ? "a folder" : "a pipe or a device"}, wanted a file`);
    return await readFile(path);
  } catch (cause) {
    if (cause instanceof FileFormatError) throw cause;
    throw new MissingDataError(`${caller}: ${path}: it cannot be read: ${(cause as Error).message}`, { cause });
  }
}

/** One buffer of the size that the file's last four bytes state halves time and memory; a lie costs little. */
function expectedSize(file: Buffer): number {
  const stated = file.length < 18 ? 0 : file.readUInt32LE(file.length - 4);
  return Math.max(1024, Math.min(stated + 1, 8 * file.length));
}
