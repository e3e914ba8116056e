import { copy, type NDArray } from "../np";
import { FileFormatError } from "./errors";
import { latin1Bytes, latin1Text } from "./latin1";
import { arrayFromBytes } from "./rawArray";

const MAGIC = "\x93NUMPY";

/** NumPy's type string of each dtype, in the byte order of the writer below. */
const TYPESTRS = { float64: "<f8", float32: "<f4", int32: "<i4", bool: "|b1" };

/**
 * Reads NumPy's .npy format, versions 1 to 3.
 *
 * @param where the name of the file in error messages
 * @throws FileFormatError for anything that is not a whole .npy file of numbers or booleans.
 * @see https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html
 */
export function parseNpy(content: Uint8Array, where: string): NDArray {
  const { header, start } = readHeader(content, where);
  const fields = parseFields(header, where);
  const typestr = /^'([^']*)'$/.exec(fields.get("descr") ?? "")?.[1];
  const order = /^(True|False)$/.exec(fields.get("fortran_order") ?? "")?.[1];
  const lengths = /^\(((?:\d+,\s*)*\d*)\)$/.exec(fields.get("shape") ?? "")?.[1];
  if (fields.size !== 3 || typestr === undefined || order === undefined || lengths === undefined) {
    throw new FileFormatError(
      `${where}: .npy header ${JSON.stringify(header.trim().slice(0, 120))}: wanted descr, fortran_order and shape`,
    );
  }
  const shape = lengths
    .split(",")
    .filter((length) => length.trim() !== "")
    .map(Number);
  return arrayFromBytes({ typestr, shape, fortranOrder: order === "True", bytes: content.subarray(start) }, where);
}

function readHeader(content: Uint8Array, where: string): { header: string; start: number } {
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const known = content.length >= 12 && latin1Text(content.subarray(0, 6)) === MAGIC && content[7] === 0;
  const version = known ? content[6] : 0;
  if (version < 1 || version > 3) {
    const found = JSON.stringify(latin1Text(content.subarray(0, 8)));
    throw new FileFormatError(`${where}: starts with ${found}: wanted a .npy file of version 1, 2 or 3`);
  }
  const begin = version === 1 ? 10 : 12;
  const start = begin + (version === 1 ? view.getUint16(8, true) : view.getUint32(8, true));
  if (start > content.length) {
    throw new FileFormatError(`${where}: ${content.length} bytes: wanted ${start} for the .npy header alone`);
  }
  return { header: latin1Text(content.subarray(begin, start)), start };
}

/** The entries of a Python dictionary literal, values as written. */
function parseFields(header: string, where: string): Map<string, string> {
  const body = /^\{([\x20-\x7e]*)\} *\n?$/.exec(header)?.[1] ?? "";
  const entries = [...body.matchAll(/\s*'(\w+)'\s*:\s*('[^']*'|\w+|\([^()]*\))\s*(?:,|$)\s*/gy)];
  const matched = entries.reduce((length, [text]) => length + text.length, 0);
  if (entries.length === 0 || matched !== body.length) {
    throw new FileFormatError(
      `${where}: .npy header ${JSON.stringify(header.trim().slice(0, 120))}: wanted a dictionary`,
    );
  }
  return new Map(entries.map(([, key, value]) => [key, value]));
}

/** Writes an array as .npy version 1.0, rows one after the other. */
export function encodeNpy(array: NDArray): Uint8Array {
  const shape = array.ndims === 1 ? `(${array.shape[0]},)` : `(${array.shape.join(", ")})`;
  const fields = `{'descr': '${TYPESTRS[array.dtype]}', 'fortran_order': False, 'shape': ${shape}, }`;
  // as NumPy does, spaces before the last line feed align the elements to 64 bytes
  const header = `${fields.padEnd(64 * Math.ceil((11 + fields.length) / 64) - 11)}\n`;
  const length = header.length;
  const prefix = latin1Bytes(`${MAGIC}\x01\x00${String.fromCharCode(length & 255, length >> 8)}${header}`);
  const { data } = copy(array);
  const file = new Uint8Array(prefix.length + data.byteLength);
  file.set(prefix);
  file.set(new Uint8Array(data.buffer, data.byteOffset, data.byteLength), prefix.length);
  return file;
}
