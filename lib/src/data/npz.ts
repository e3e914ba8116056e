import crc32 from "buffer-crc32";
import { zipSync } from "fflate";
import { buffer } from "node:stream/consumers";
import { fromBufferPromise, type Entry, type ZipFile } from "yauzl";
import type { NDArray } from "../np";
import { FileFormatError } from "./errors";
import { inflatedLimit } from "./locate";
import { encodeNpy, parseNpy } from "./npy";

/**
 * Reads NumPy's .npz format: a zip archive, stored or deflated, with one .npy file an array.
 *
 * @param where what an error calls the file
 * @throws FileFormatError for a broken archive, a failed checksum, and anything in it that is not a .npy file.
 */
export async function parseNpz(content: Uint8Array, where: string): Promise<Map<string, NDArray>> {
  const arrays = new Map<string, NDArray>();
  for (const [name, npy] of await unzip(content, where)) {
    if (!name.endsWith(".npy")) throw new FileFormatError(`${where}: holds ${JSON.stringify(name)}, wanted .npy files only`);
    arrays.set(name.slice(0, -".npy".length), parseNpy(npy, `${where}: ${name}`));
  }
  return arrays;
}

async function unzip(content: Uint8Array, where: string): Promise<Map<string, Uint8Array>> {
  const files = new Map<string, Uint8Array>();
  let allowed = inflatedLimit(content.length);
  try {
    const archive = await fromBufferPromise(Buffer.from(content.buffer, content.byteOffset, content.byteLength));
    for await (const entry of archive.eachEntry()) {
      await requireName(archive, entry);
      allowed -= entry.uncompressedSize;
      if (allowed < 0) throw new RangeError("its entries claim to inflate to more than 100 times the file's size");
      files.set(entry.fileName, await readEntry(archive, entry));
    }
    requireEnd(content, archive);
  } catch (cause) {
    throw new FileFormatError(`${where}: not a whole zip archive: ${(cause as Error).message}`, { cause });
  }
  return files;
}

const DIRECTORY_ENTRY = 0x02014b50;

/** yauzl stops at the number of entries that the archive claims; Python reads the directory to its end. */
function requireEnd(content: Uint8Array, archive: ZipFile): void {
  const { readEntryCursor: at } = archive as unknown as { readEntryCursor: number };
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (at + 4 <= content.length && view.getUint32(at, true) === DIRECTORY_ENTRY) throw new RangeError("its directory has more entries than it counts");
}

/** An entry has its name twice, in the directory and before its content; Python wants them alike. */
async function requireName(archive: ZipFile, entry: Entry): Promise<void> {
  const { fileName } = await archive.readLocalFileHeaderPromise(entry);
  if (fileName.equals(entry.fileNameRaw)) return;
  const [listed, found] = [entry.fileNameRaw, fileName].map((name) => JSON.stringify(name.toString("latin1")));
  throw new RangeError(`its directory lists ${listed}, the entry itself is called ${found}`);
}

async function readEntry(archive: ZipFile, entry: Entry): Promise<Uint8Array> {
  const content = await buffer(await archive.openReadStreamPromise(entry));
  if (crc32.unsigned(content) !== entry.crc32) throw new RangeError(`checksum of ${JSON.stringify(entry.fileName)} does not fit its content`);
  return content;
}

/** Writes a deflated .npz; the same arrays give the same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NDArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}
