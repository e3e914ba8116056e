import { host, NotAFile } from "../platform";
import { FileFormatError, MissingDataError } from "./errors";

const { files } = host;

/** The folder that `npm run data` fills. */
export const { dataFolder } = files;

/** The folder in DLFS_DATA, where a relative path is relative to the checkout's root; undefined if it is not set. */
export function chosenFolder(): string | undefined {
  return files.chosenFolder();
}

/** The path of `name` in `folder`, or else that of `name.gz`; undefined if neither file exists. */
export function findFile(folder: string, name: string): Promise<string | undefined> {
  return firstFile([name, `${name}.gz`].map((found) => files.join(folder, found)));
}

/** The first of the paths at which there is a file. */
export async function firstFile(paths: readonly string[]): Promise<string | undefined> {
  for (const path of paths) if (await files.exists(path)) return path;
  return undefined;
}

/**
 * The most bytes to which a compressed file of `size` bytes may decompress. Real data decompress to far less, and files
 * made to fill the memory to far more.
 */
export function inflatedLimit(size: number): number {
  return 2 ** 20 + 100 * size;
}

/**
 * The content of a file, decompressed where its name ends in .gz.
 * @throws MissingDataError, in the caller's name, if the file cannot be read.
 * @throws FileFormatError, in the caller's name, if the path is that of a folder, a pipe or a device, or if a .gz file
 * is broken or decompresses to too many bytes.
 */
export async function readContent(path: string, caller: string): Promise<Uint8Array> {
  const file = await readWhole(path, caller);
  if (!path.endsWith(".gz")) return file;
  try {
    return await host.bytes.gunzip(file, inflatedLimit(file.length));
  } catch (cause) {
    throw new FileFormatError(`${caller}: ${path}: ${(cause as Error).message}: wanted a whole gzip file`, { cause });
  }
}

/**
 * The content of a file that the reader has named.
 * @throws MissingDataError, in the caller's name, if there is no such file, and all that `readContent` throws.
 */
export async function readNamed(path: string, caller: string, wanted: string): Promise<Uint8Array> {
  if (!(await files.exists(path)))
    throw new MissingDataError(`${caller}: ${path}, which is not there: wanted ${wanted}`);
  return readContent(path, caller);
}

async function readWhole(path: string, caller: string): Promise<Uint8Array> {
  try {
    return await files.read(path);
  } catch (cause) {
    if (cause instanceof NotAFile) throw new FileFormatError(`${caller}: ${path}: ${cause.message}: wanted a file`);
    throw new MissingDataError(`${caller}: ${path}: ${(cause as Error).message}: wanted a file that can be read`, {
      cause,
    });
  }
}
