import { readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { randomInt } from "node:crypto";
import { join, relative } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { makeFolder, records, root } from "./environment.mjs";
import { hasEnded, identityOf } from "./identity.mjs";

/**
 * Allows only one set-up of a checkout at a time. Each set-up writes a claim, a file with a unique name, into a folder
 * and looks for the claims of others. If there is one, it removes its own claim and waits. So two processes never write
 * the same file, and any process can remove the claim of a process that has ended.
 */

const folder = join(records, "locks");
const BEAT = 1000; // milliseconds between an owner's signs of life
const PATIENCE = 10_000; // milliseconds without such a sign: then an owner that cannot be checked counts as ended
const REMINDER = 30_000;

/**
 * Waits until no other set-up of this checkout runs, then runs `work`. `work` gets a function that records the process
 * of its tool in the claim.
 */
export async function withLock(work) {
  const claim = await take();
  const beat = setInterval(() => touch(claim.file), BEAT).unref();
  process.once("exit", claim.release);
  try {
    await work((tool) => claim.write({ owner: claim.owner, tool: tool && identityOf(tool) }));
  } finally {
    clearInterval(beat);
    process.removeListener("exit", claim.release);
    claim.release();
  }
}

async function take() {
  const seen = new Map();
  let told = -Infinity;
  for (;;) {
    const claim = makeClaim();
    const rival = findRival(claim.file, seen);
    if (rival === undefined) return claim;
    claim.release();
    if (rival.since && performance.now() - told > REMINDER) {
      const file = relative(root, rival.file);
      process.stderr.write(
        `another set-up of this checkout is running (${rival.name}): ` +
          `waiting for it; if there is none, remove ${file}\n`,
      );
      told = performance.now();
    }
    await delay(randomInt(100, 300)); // random, because two that begin together could else block each other for ever
  }
}

function makeClaim() {
  makeFolder(folder);
  const owner = identityOf(process.pid);
  const file = join(folder, `${process.pid}-${randomInt(2 ** 40).toString(36)}`);
  const beside = `${file}.new`;
  const release = () => rmSync(file, { force: true });
  const write = (content) => {
    try {
      writeFileSync(beside, JSON.stringify(content));
      renameSync(beside, file);
    } catch (error) {
      rmSync(beside, { force: true });
      throw error;
    }
  };
  write({ owner });
  return { file, owner, write, release };
}

/**
 * The claim of another running set-up. It removes the claims of processes that have ended. `seen` contains the time at
 * which each owner last gave a sign of life.
 */
function findRival(own, seen) {
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    if (file === own) continue;
    const rival = examine(file, seen);
    if (rival) return rival;
    rmSync(file, { recursive: true, force: true });
  }
  return undefined;
}

function examine(file, seen) {
  const { mtimeMs } = statSync(file, { throwIfNoEntry: false }) ?? {};
  if (mtimeMs === undefined) return undefined;
  const { owner, tool } = read(file);
  const ended = [owner, tool].filter(Boolean).map(hasEnded);
  if (ended.length > 0 && ended.every((end) => end === true)) return undefined;
  const before = seen.get(file);
  if (before?.mtimeMs !== mtimeMs) seen.set(file, { mtimeMs, at: performance.now() });
  const certain = ended.includes(false);
  if (!certain && before?.mtimeMs === mtimeMs && performance.now() - before.at > PATIENCE) return undefined;
  return { file, name: nameOf(owner, certain), since: before };
}

function nameOf(owner, certain) {
  if (!owner) return "its lock names no process";
  return certain ? `process ${owner.pid}` : `process ${owner.pid} of ${owner.machine.split(" ")[0]}`;
}

function read(file) {
  try {
    const content = JSON.parse(readFileSync(file, "utf8"));
    return typeof content?.owner?.pid === "number" ? content : {};
  } catch {
    return {};
  }
}

function touch(file) {
  try {
    const now = new Date();
    utimesSync(file, now, now);
  } catch {
    // somebody has removed the file, or the disk cannot be written: then the work itself fails with an error
  }
}
