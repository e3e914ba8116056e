import { createHash } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../../tools/processes";

/*
 * The bytes of a file that have arrived so far are in a part beside it, NAME.SOURCE.PID.part. SOURCE is a hash of the
 * address, because the compressed bytes differ between mirrors. PID is the process that writes the part: so two runs at
 * the same time never share a part, and a later run sees which parts belong to runs that were stopped.
 */

interface Part {
  readonly path: string;
  readonly source: string;
  readonly owner: number;
}

/**
 * The path of this process's part of `path`. If a stopped run has left a part from the same address, it is renamed to
 * it.
 */
export async function openPart(path: string, address: string): Promise<string> {
  const source = createHash("sha256").update(address).digest("hex").slice(0, 8);
  const own = `${path}.${source}.${process.pid}.part`;
  const left = (await partsOf(path)).filter((part) => part.source === source && !isAlive(part.owner));
  const sizes = await Promise.all(left.map((part) => partSize(part.path)));
  const largest = left[sizes.indexOf(Math.max(...sizes))];
  // if two runs want the same part, only one can rename it; the other begins with an empty part
  if (largest !== undefined) await rename(largest.path, own).catch(() => {});
  return own;
}

/** How many bytes a part has; 0 if it does not exist. */
export async function partSize(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}

/** When the file is complete: removes the parts of it that belong to this process or to processes that have ended. */
export async function removeDeadParts(path: string): Promise<void> {
  const dead = (await partsOf(path)).filter(({ owner }) => owner === process.pid || !isAlive(owner));
  await Promise.all(dead.map((part) => rm(part.path, { force: true })));
}

async function partsOf(path: string): Promise<Part[]> {
  const prefix = `${basename(path)}.`;
  return (await readdir(dirname(path))).flatMap((name) => {
    const [, source, owner] =
      /^([0-9a-f]{8})\.(\d+)\.part$/.exec(name.startsWith(prefix) ? name.slice(prefix.length) : "") ?? [];
    return source === undefined ? [] : [{ path: join(dirname(path), name), source, owner: Number(owner) }];
  });
}
