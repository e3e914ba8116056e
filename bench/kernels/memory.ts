import { existsSync, readdirSync, readFileSync } from "node:fs";

/** Memory of a process and its children in megabytes. A kernel may be several processes. */
export interface Memory {
  /** The memory of all processes together. A program file that several processes use is counted in each of them. */
  resident: number;
  /** The same, but shared memory is divided among the processes that share it. So it depends on what else runs. */
  proportional: number;
  /** Without program files: what was written, and belongs to nobody else. */
  own: number;
}

/** Undefined where the system does not tell: elsewhere than on Linux. */
export function memoryOf(pid: number): Memory | undefined {
  if (!existsSync("/proc/self/smaps_rollup")) return undefined;
  const told = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
  const megabytes = (kind: string) => (Number(new RegExp(`^${kind}:\\s+(\\d+)`, "m").exec(told)?.[1]) * 1024) / 1e6;
  const own = { resident: megabytes("Rss"), proportional: megabytes("Pss"), own: megabytes("Anonymous") };
  return childrenOf(pid)
    .flatMap((child) => memoryOf(child) ?? [])
    .reduce(added, own);
}

function childrenOf(pid: number): number[] {
  const tasks = readdirSync(`/proc/${pid}/task`);
  return tasks
    .flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean))
    .map(Number);
}

function added(a: Memory, b: Memory): Memory {
  return { resident: a.resident + b.resident, proportional: a.proportional + b.proportional, own: a.own + b.own };
}
