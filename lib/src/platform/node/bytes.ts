import { createHash, randomUUID, webcrypto } from "node:crypto";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { Bytes } from "../host";
import { bufferOf } from "./buffer";
import { unzip } from "./unzip";

export const bytes: Bytes = {
  gunzip: (content, limit) => promisify(gunzip)(content, { maxOutputLength: limit, chunkSize: expectedSize(content) }),
  unzip,
  sha256: (content) => Promise.resolve(createHash("sha256").update(content).digest("hex")),
  base64: (content) => bufferOf(content).toString("base64"),
  unfilled: (count) => Buffer.allocUnsafeSlow(count).buffer as ArrayBuffer,
  randomWords: (count) => webcrypto.getRandomValues(new Uint32Array(count)),
  uniqueId: randomUUID,
};

/**
 * The decompressed size that the last four bytes of the file state. Allocating one buffer of this size halves time and
 * memory; if the file states a wrong size, little is lost.
 */
function expectedSize(file: Uint8Array): number {
  const stated = file.length < 18 ? 0 : bufferOf(file).readUInt32LE(file.length - 4);
  return Math.max(1024, Math.min(stated + 1, 8 * file.length));
}
