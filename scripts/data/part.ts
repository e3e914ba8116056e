import { createHash } from "node:crypto";
import { readdir, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../../tools/processes";

/*
 * What has come of a file lies beside it as NAME.SOURCE.PID.part. SOURCE stands for the address, because compressed
 * bytes differ between mirrors; PID is the process that writes it, so that two runs at once never share a part and a
 * later run sees which parts were left by one that was stopped.
 */

interface Part {
  readonly path: string;
  readonly source: string;
  readonly owner: number;
}

/** The path for this process's part of `path`: what a stopped run has left of the same address is taken over. */
export async function openPart(path: string, address: string): Promise<string> {
  const source = createHash("sha256").update(address).digest("hex").slice(0, 8);
  const own = `${path}.${source}.${process.pid}.part`;
  const left = (await partsOf(path)).filter((part) => part.source === source && !isAlive(part.owner));
  const sizes = await Promise.all(left.map((part) => partSize(part.path)));
  const largest = left[sizes.indexOf(Math.max(...sizes))];
  // of two runs that take over the same part one succeeds in renaming it, the other starts afresh
  if (largest !== undefined) await rename(largest.path, own).catch(() => {});
  return own;
}

/** How many bytes of a part are there. */
export async function partSize(path: string): Promise<number> {
  return (await stat(path).catch(() => ({ size: 0 }))).size;
}

/** Once the file is whole: removes the parts that this process and stopped ones have left of it. */
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
