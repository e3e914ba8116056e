import { execFileSync } from "node:child_process";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/**
 * The identity of a process, which differs from that of a later process with the same pid: the machine (and container)
 * with its boot id, and the start time of the process.
 */
export function identityOf(pid) {
  return { pid, begun: begun(pid), machine: machine() };
}

/** Whether the process with this identity has ended; undefined if this process cannot find out. */
export function hasEnded({ pid, begun: time, machine: where }) {
  if (where !== machine()) return undefined;
  if (!exists(pid)) return true;
  const now = begun(pid);
  if (time === undefined || now === undefined) return undefined;
  return now !== time;
}

function begun(pid) {
  try {
    if (process.platform === "linux") {
      const fields = readFileSync(`/proc/${pid}/stat`, "utf8");
      // the name of the program, in parentheses, may contain any characters
      const [state, ...rest] = fields.slice(fields.lastIndexOf(")") + 2).split(" ");
      return state === "Z" ? "ended" : rest[18];
    }
    if (process.platform === "win32") return undefined;
    const format = ["-o", "lstart=", "-p", String(pid)];
    return execFileSync("ps", format, {
      encoding: "utf8",
      env: { ...process.env, LC_ALL: "C" },
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return undefined;
  }
}

let known;

function machine() {
  if (known) return known;
  const parts = [
    () => hostname(),
    () => readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim(),
    () => readlinkSync("/proc/self/ns/pid"),
  ];
  return (known = parts.flatMap((part) => attempt(part)).join(" "));
}

function attempt(part) {
  try {
    return [part()];
  } catch {
    return [];
  }
}

function exists(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === "EPERM";
  }
}
