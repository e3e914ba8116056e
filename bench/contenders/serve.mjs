import { createInterface } from "node:readline";

/** Answers each line of JSON, { task, ...options }, with a line of JSON: what the task of that name gives. */
export async function serve(tasks) {
  const answer = process.stdout.write.bind(process.stdout);
  // what a library says must not be read as an answer
  process.stdout.write = process.stderr.write.bind(process.stderr);
  for await (const line of createInterface({ input: process.stdin })) {
    const { task, ...options } = JSON.parse(line);
    answer(`${JSON.stringify((await tasks[task]?.(options)) ?? null)}\n`);
  }
}

/** Wall and CPU seconds of `work`, all threads together, and what it gave. */
export async function measure(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const value = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpu: (user + system) / 1e6, value };
}

/** The middle of `count` times that `work` takes, after a few that warm it up, and the mean of its CPU time. */
export async function repeat(work, count) {
  for (let i = 0; i < Math.max(1, count / 5); i++) await work();
  const times = [];
  const { cpu } = await measure(async () => {
    for (let i = 0; i < count; i++) times.push((await measure(work)).seconds);
  });
  return { seconds: times.sort((a, b) => a - b)[count >> 1], cpu: cpu / count };
}

/** Peak memory of this process so far, in MB. */
export function peakMemory() {
  return process.resourceUsage().maxRSS / 1024;
}
