import { readFileSync } from "node:fs";
import { basename } from "node:path";
import type { FetchedFile } from "../../lib/src/data/digests";

/**
 * The files that --list names, read from JSON.
 *
 * @throws Error when the file cannot be read or contains anything else
 */
export function readList(file: string): FetchedFile[] {
  const list = parse(file);
  if (Array.isArray(list) && list.every(isFetchedFile)) return list;
  throw new Error(
    `--list ${file}: wanted JSON as [{"name": "file.gz", "size": 123, "sha256": "64 hexadecimal digits"}]`,
  );
}

function parse(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch (error) {
    throw new Error(`--list ${file}: ${(error as Error).message}: wanted a file of JSON`);
  }
}

/** The name must not contain a folder, because the file could then be written outside of the target folder. */
function isFetchedFile(value: unknown): value is FetchedFile {
  const { name, size, sha256 } = (value ?? {}) as Partial<Record<keyof FetchedFile, unknown>>;
  const named = typeof name === "string" && /^[^\\/]+$/.test(name) && basename(name) === name && !/^\.+$/.test(name);
  return named && Number.isInteger(size) && typeof sha256 === "string" && /^[0-9a-f]{64}$/.test(sha256);
}
