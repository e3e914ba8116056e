import { unzipSync } from "fflate";
import type { Bytes } from "../host";

/** Arguments of a function call that every engine accepts. */
const MOST_ARGUMENTS = 8192;

export const bytes: Bytes = {
  async gunzip(content, limit) {
    const reader = new Blob([content]).stream().pipeThrough(new DecompressionStream("gzip")).getReader();
    const parts: Uint8Array[] = [];
    let size = 0;
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const piece = part.value as Uint8Array;
      size += piece.length;
      if (size > limit) throw new RangeError(`it decompresses to more than ${limit} bytes`);
      parts.push(piece);
    }
    return joined(parts, size);
  },
  async unzip(content, limit) {
    let allowed = limit;
    const filter = ({ originalSize }: { originalSize: number }) => {
      allowed -= originalSize;
      if (allowed < 0) throw new RangeError("its entries claim to inflate to more than 100 times the file's size");
      return true;
    };
    return Promise.resolve(new Map(Object.entries(unzipSync(content, { filter }))));
  },
  async sha256(content) {
    const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", content));
    return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
  },
  base64(content) {
    let text = "";
    for (let at = 0; at < content.length; at += MOST_ARGUMENTS) {
      text += String.fromCharCode(...content.subarray(at, at + MOST_ARGUMENTS));
    }
    return btoa(text);
  },
  unfilled: (count) => new ArrayBuffer(count),
  randomWords: (count) => crypto.getRandomValues(new Uint32Array(count)),
  uniqueId,
};

/** A UUID; `crypto.randomUUID` exists only on pages that came by https or from this machine. */
function uniqueId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const whole = new Uint8Array(size);
  let next = 0;
  for (const part of parts) {
    whole.set(part, next);
    next += part.length;
  }
  return whole;
}
