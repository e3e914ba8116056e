import { zipSync } from "fflate";
import type { NDArray } from "../np";
import { host } from "../platform";
import { FileFormatError } from "./errors";
import { inflatedLimit } from "./locate";
import { encodeNpy, parseNpy } from "./npy";

/**
 * Reads NumPy's .npz format: a zip archive, stored or deflated, with one .npy file for each array.
 *
 * @param where the name of the file in error messages
 * @throws FileFormatError for a broken archive, a failed checksum, and anything in it that is not a .npy file.
 */
export async function parseNpz(content: Uint8Array, where: string): Promise<Map<string, NDArray>> {
  const arrays = new Map<string, NDArray>();
  for (const [name, npy] of await unzip(content, where)) {
    if (!name.endsWith(".npy"))
      throw new FileFormatError(`${where}: holds ${JSON.stringify(name)}: wanted .npy files only`);
    arrays.set(name.slice(0, -".npy".length), parseNpy(npy, `${where}: ${name}`));
  }
  return arrays;
}

async function unzip(content: Uint8Array, where: string): Promise<Map<string, Uint8Array>> {
  try {
    return await host.bytes.unzip(content, inflatedLimit(content.length));
  } catch (cause) {
    throw new FileFormatError(`${where}: ${(cause as Error).message}: wanted a whole zip archive`, { cause });
  }
}

/** Writes a deflated .npz; the same arrays give the same bytes. */
export function encodeNpz(arrays: Readonly<Record<string, NDArray>>): Uint8Array {
  const files = Object.entries(arrays).map(([name, array]) => [`${name}.npy`, encodeNpy(array)] as const);
  return zipSync(Object.fromEntries(files), { mtime: new Date(1980, 0, 1) });
}
