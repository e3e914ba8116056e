import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { state } from "./environment.mjs";

const file = join(state, "lock");

/** Runs one set-up at a time: a second one waits, and a lock whose owner has died is taken over. */
export async function withLock(work) {
  mkdirSync(state, { recursive: true });
  let told = false;
  while (!acquire()) {
    if (!told) process.stderr.write("another set-up of this checkout is running: waiting for it\n");
    told = true;
    await delay(300);
  }
  const release = () => rmSync(file, { force: true });
  const stop = (signal) => { release(); process.exit(signal === "SIGINT" ? 130 : 143); };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    await work();
  } finally {
    process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
    release();
  }
}

function acquire() {
  try {
    writeFileSync(file, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    return takeOver();
  }
}

// The owner's number goes stale when it was killed. Of two that see a dead owner, one succeeds in renaming its lock.
function takeOver() {
  let owner;
  try {
    owner = Number(readFileSync(file, "utf8"));
  } catch {
    return false;
  }
  if (owner === 0 || alive(owner)) return false;
  const stale = `${file}.${process.pid}`;
  try {
    renameSync(file, stale);
    if (Number(readFileSync(stale, "utf8")) === owner) rmSync(stale);
    else renameSync(stale, file); // another run was quicker, and this is its fresh lock
  } catch {
    // another run took the stale lock away first
  }
  return false;
}

function alive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
