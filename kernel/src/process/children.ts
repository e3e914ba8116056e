import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";

/**
 * Interrupts child processes for which a cell waits without running JavaScript, as in execSync. Like a terminal, it
 * sends SIGINT to all processes that were started from this one.
 */

/** Sends SIGINT to all processes below this one. */
export async function interruptChildren(): Promise<void> {
  for (const pid of descendants(process.pid, await parentsOfAll())) {
    try {
      process.kill(pid, "SIGINT");
    } catch {
      // it has ended meanwhile
    }
  }
}

const INTERRUPTED = 130; // the exit code of a shell whose command ended by SIGINT

/** Whether execSync or a call like it threw `error` because its process was interrupted. */
export function isOfInterruptedChild(error: unknown): boolean {
  try {
    const { signal, status, pid } = error as { signal?: unknown; status?: unknown; pid?: unknown };
    return typeof pid === "number" && (signal === "SIGINT" || status === INTERRUPTED);
  } catch {
    return false;
  }
}

/** The parent of each process on this machine; none on Windows. */
async function parentsOfAll(): Promise<Map<number, number>> {
  return existsSync("/proc/self/stat") ? parentsOfLinux() : new Map(await pairsOfPs());
}

function parentsOfLinux(): Map<number, number> {
  const parents = new Map<number, number>();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      // `pid (name) state parent ...`, where the name may hold anything
      const [, parent] = readFileSync(`/proc/${pid}/stat`, "utf8")
        .replace(/^.*\) /s, "")
        .split(" ");
      parents.set(Number(pid), Number(parent));
    } catch {
      // it has ended meanwhile
    }
  }
  return parents;
}

function pairsOfPs(): Promise<[number, number][]> {
  return new Promise((resolve) => {
    const child = execFile("ps", ["-A", "-o", "pid=,ppid="], (error, text) => {
      const lines = error ? [] : text.trim().split("\n");
      const pairs = lines.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
      resolve(pairs.filter(([pid]) => pid !== child.pid));
    });
  });
}

function descendants(of: number, parents: ReadonlyMap<number, number>): number[] {
  const children = [...parents].filter(([, parent]) => parent === of).map(([pid]) => pid);
  return children.flatMap((pid) => [pid, ...descendants(pid, parents)]);
}
