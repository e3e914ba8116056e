import { buf as crc32 } from "crc-32";
import { buffer } from "node:stream/consumers";
import type { Entry, ZipFile } from "yauzl";
import { bufferOf } from "./buffer";

/** The files of a zip archive, read as strictly as Python's zipfile reads it. */
export async function unzip(content: Uint8Array, limit: number): Promise<Map<string, Uint8Array>> {
  const { fromBufferPromise } = await import("yauzl");
  const files = new Map<string, Uint8Array>();
  let allowed = limit;
  const archive = await fromBufferPromise(bufferOf(content));
  for await (const entry of archive.eachEntry()) {
    await checkName(archive, entry);
    allowed -= entry.uncompressedSize;
    if (allowed < 0) throw new RangeError("its entries claim to inflate to more than 100 times the file's size");
    files.set(entry.fileName, await readEntry(archive, entry));
  }
  checkEnd(content, archive);
  return files;
}

const DIRECTORY_ENTRY = 0x02014b50;

/** yauzl reads as many entries as the archive states; Python reads the directory to its end, so we check its end. */
function checkEnd(content: Uint8Array, archive: ZipFile): void {
  const { readEntryCursor: at } = archive as ZipFile & { readEntryCursor: number };
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  if (at + 4 <= content.length && view.getUint32(at, true) === DIRECTORY_ENTRY) {
    throw new RangeError("its directory has more entries than it counts");
  }
}

/** The name of an entry is stored in the directory and before the content; as in Python, both must be equal. */
async function checkName(archive: ZipFile, entry: Entry): Promise<void> {
  const { fileName } = await archive.readLocalFileHeaderPromise(entry);
  if (fileName.equals(entry.fileNameRaw)) return;
  const [listed, found] = [entry.fileNameRaw, fileName].map((name) => JSON.stringify(name.toString("latin1")));
  throw new RangeError(`its directory lists ${listed}, the entry itself is called ${found}`);
}

async function readEntry(archive: ZipFile, entry: Entry): Promise<Uint8Array> {
  const content = await buffer(await archive.openReadStreamPromise(entry));
  if (crc32(content) >>> 0 !== entry.crc32) {
    throw new RangeError(`checksum of ${JSON.stringify(entry.fileName)} does not fit its content`);
  }
  return content;
}
