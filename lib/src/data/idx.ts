import { FileFormatError } from "./errors";

/** The content of an IDX file of unsigned bytes: the elements in row-major order, as a view of the file's bytes. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly data: Uint8Array;
}

const UNSIGNED_BYTE = 0x08;

/**
 * Reads an IDX file of unsigned bytes, the format of MNIST's own files: two zero bytes, the element type, the number
 * of dimensions, a big-endian 32-bit size for each dimension, then the elements.
 *
 * @param content the whole file, decompressed
 * @param where the name of the file in error messages
 * @throws FileFormatError if the header is not an IDX header, or the length is not the one that the header states.
 * @example
 * parseIdx(Uint8Array.of(0, 0, 8, 1, 0, 0, 0, 3, 5, 0, 4), "labels") // { shape: [3], data: Uint8Array [5, 0, 4] }
 */
export function parseIdx(content: Uint8Array, where: string): IdxArray {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const dimensions = checkMagic(view, where);
  const start = 4 + 4 * dimensions;
  if (content.length < start)
    throw new FileFormatError(`${where}: ${content.length} bytes: wanted ${start} for the header alone`);
  const shape = Array.from({ length: dimensions }, (_, axis) => view.getUint32(4 + 4 * axis));
  const stated = shape.reduce((product, size) => product * size, 1);
  const found = content.length - start;
  if (found !== stated)
    throw new FileFormatError(
      `${where}: ${found} bytes of elements: wanted ${shape.join(" x ")} = ${stated}, as the header states`,
    );
  return { shape, data: content.subarray(start) };
}

/** Checks the magic number and returns the number of dimensions. */
function checkMagic(view: DataView, where: string): number {
  const magic = view.byteLength >= 4 ? view.getUint32(0) : -1;
  const dimensions = magic & 0xff;
  if (magic >>> 8 !== UNSIGNED_BYTE || dimensions < 1) {
    const found = magic < 0 ? `${view.byteLength} bytes` : `magic number 0x${magic.toString(16).padStart(8, "0")}`;
    throw new FileFormatError(`${where}: ${found}: wanted 0x000008NN for unsigned bytes in NN dimensions`);
  }
  return dimensions;
}
