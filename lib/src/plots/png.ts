import { zlibSync } from "fflate";
import crc32 from "buffer-crc32";

/** Red, green and blue, each from 0 to 255. */
export type Colour = readonly [number, number, number];

/**
 * A small picture as a data URI: one mark and a few hundred bytes for what would else be 784 marks. Written by fflate,
 * whose bytes do not depend on the version of Node.
 *
 * @param indices - for each pixel a place in the colours, row by row
 * @param zoom - how often each pixel is repeated, so that a viewer that smooths keeps the edges
 */
export function pngDataUri(indices: Uint8Array, width: number, colours: readonly Colour[], zoom = 1): string {
  const height = indices.length / width;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width * zoom, 0);
  header.writeUInt32BE(height * zoom, 4);
  header.set([8, 3, 0, 0, 0], 8); // eight bits, colours by index, no interlace
  const chunks = [
    chunk("IHDR", header),
    chunk("PLTE", Buffer.from(colours.flat())),
    chunk("IDAT", Buffer.from(zlibSync(scanlines(indices, width, zoom), { level: 9 }))),
    chunk("IEND", Buffer.alloc(0)),
  ];
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return `data:image/png;base64,${Buffer.concat([signature, ...chunks]).toString("base64")}`;
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

function chunk(type: string, content: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(content.length);
  const body = Buffer.concat([Buffer.from(type, "latin1"), content]);
  return Buffer.concat([length, body, crc32(body)]);
}
