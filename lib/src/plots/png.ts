import { buf as crc32 } from "crc-32";
import { zlibSync } from "fflate";
import { host } from "../platform";

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/**
 * A small picture as a data URI. It is one mark of a few hundred bytes; as pixels it would be 784 marks. fflate
 * compresses it, because its bytes do not depend on the version of Node.
 *
 * @param indices - the index of each pixel's colour in `colours`, row by row
 * @param zoom - how often each pixel is repeated, so that edges stay sharp in a viewer that smooths pictures
 */
export function pngDataUri(indices: Uint8Array, width: number, colours: readonly Colour[], zoom = 1): string {
  const height = indices.length / width;
  // eight bits, colour type 3 (a palette), no interlace
  const header = Uint8Array.of(...word(width * zoom), ...word(height * zoom), 8, 3, 0, 0, 0);
  const signature = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
  const file = joined(
    signature,
    chunk("IHDR", header),
    chunk("PLTE", Uint8Array.from(colours.flat())),
    chunk("IDAT", zlibSync(scanlines(indices, width, zoom), { level: 9 })),
    chunk("IEND", new Uint8Array(0)),
  );
  return `data:image/png;base64,${host.bytes.base64(file)}`;
}

/** Each line begins with a filter byte, here 0 for none. */
function scanlines(indices: Uint8Array, width: number, zoom: number): Uint8Array {
  const height = indices.length / width;
  const stride = width * zoom + 1;
  const out = new Uint8Array(stride * height * zoom);
  for (let y = 0; y < height * zoom; y++) {
    for (let x = 0; x < width * zoom; x++) {
      out[y * stride + 1 + x] = indices[Math.floor(y / zoom) * width + Math.floor(x / zoom)];
    }
  }
  return out;
}

/** A chunk of a PNG file: its length, then type and content, then the checksum of type and content. */
function chunk(type: string, content: Uint8Array): Uint8Array {
  const body = joined(
    Uint8Array.from(type, (letter) => letter.charCodeAt(0)),
    content,
  );
  return joined(word(content.length), body, word(crc32(body)));
}

/** A number of 32 bits, its highest byte first. */
function word(value: number): Uint8Array {
  return Uint8Array.from([24, 16, 8, 0], (shift) => (value >>> shift) & 255);
}

function joined(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let next = 0;
  for (const part of parts) {
    whole.set(part, next);
    next += part.length;
  }
  return whole;
}
