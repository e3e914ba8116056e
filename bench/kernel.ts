import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root, venvPython } from "../tools/root";
import { KernelClient, type KernelSpec } from "../kernel/src/client";
import { duration, median, printTable, times } from "../tools/table";

const ROUNDS = 5;
const CELLS = 40;
const WARM_UP = 10;

interface Contender {
  name: string;
  spec: KernelSpec;
  /** A trivial cell that declares a name and shows a result. */
  cell: (i: number) => string;
}

interface Measured {
  ready: number;
  first: number;
  /** The middle and the quickest of the cells. */
  cell: number;
  quickest: number;
  resident: number | undefined;
  proportional: number | undefined;
}

/** The project's kernel beside stock tslab, ipykernel and, where its npm package is, Deno: start, cell and memory. */
export async function run(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-kernel-"));
  try {
    const contenders = present();
    const rounds = contenders.map((): Measured[] => []);
    for (let round = 0; round < ROUNDS; round++) {
      for (const [i, contender] of contenders.entries()) rounds[i].push(await measure(contender, folder));
    }
    print(contenders, rounds);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function present(): Contender[] {
  const typescript = (i: number) => `const value${i} = ${i};\nvalue${i} + 1`;
  const node = process.execPath;
  const tslab = join(root, "node_modules/tslab/bin/tslab");
  const deno = join(root, "bench/node_modules/deno/bin.cjs");
  return [
    { name: "this kernel", spec: { argv: [node, join(root, "kernel/dist/main.js"), "--config-path", "{connection_file}"] }, cell: typescript },
    { name: "stock tslab", spec: { argv: [node, tslab, "kernel", "--config-path", "{connection_file}"] }, cell: typescript },
    { name: "ipykernel", spec: { argv: [venvPython, "-m", "ipykernel_launcher", "-f", "{connection_file}"] }, cell: (i) => `value${i} = ${i}\nvalue${i} + 1` },
    ...(existsSync(deno) ? [{ name: "Deno", spec: { argv: [node, deno, "jupyter", "--kernel", "--conn", "{connection_file}"] }, cell: typescript }] : []),
  ];
}

async function measure({ spec, cell }: Contender, folder: string): Promise<Measured> {
  const inside = (name: string) => join(folder, name);
  const env = { ...process.env, IPYTHONDIR: inside("ipython"), JUPYTER_RUNTIME_DIR: inside("runtime"), DENO_DIR: inside("deno") };
  const [ready, kernel] = await timed(KernelClient.start(spec, { cwd: join(root, "notebooks"), env }));
  const [first] = await timed(kernel.execute(cell(0)));
  const memory = { resident: treeMemory(kernel.pid, "Rss"), proportional: treeMemory(kernel.pid, "Pss") };
  const cells: number[] = [];
  for (let i = 1; i <= CELLS; i++) cells.push((await timed(kernel.execute(cell(i))))[0]);
  await kernel.shutdown();
  const warm = cells.slice(WARM_UP + 1);
  return { ready, first, cell: median(warm), quickest: Math.min(...warm), ...memory };
}

async function timed<Result>(work: Promise<Result>): Promise<[number, Result]> {
  const start = performance.now();
  const result = await work;
  return [(performance.now() - start) / 1000, result];
}

function print(contenders: Contender[], all: Measured[][]): void {
  const middle = (rounds: Measured[], field: keyof Measured) => median(rounds.map((round) => round[field] ?? NaN));
  const least = (rounds: Measured[], field: keyof Measured) => Math.min(...rounds.map((round) => round[field] ?? NaN));
  const [, stock] = all;
  const rows = all.map((rounds, i) => [
    contenders[i].name,
    duration(middle(rounds, "ready")), duration(least(rounds, "ready")), times(middle(rounds, "ready") / middle(stock, "ready")),
    duration(middle(rounds, "first")),
    duration(middle(rounds, "cell")), duration(least(rounds, "quickest")), times(middle(rounds, "cell") / middle(stock, "cell")),
    megabytes(middle(rounds, "resident")), megabytes(middle(rounds, "proportional")),
  ]);
  const columns = ["kernel", "ready", "at best", "beside stock", "first cell", "a cell", "at best", "beside stock", "resident after one cell", "less what is shared"];
  printTable("Starting a kernel and running a trivial cell", columns, rows);
}

function megabytes(value: number | undefined): string {
  return value === undefined || Number.isNaN(value) ? "not known here" : `${value.toFixed(0)} MB`;
}

/** Rss counts what processes share in each of them, Pss once; a kernel may be several processes. Linux only. */
function treeMemory(pid: number, kind: "Rss" | "Pss"): number | undefined {
  if (!existsSync("/proc/self/smaps_rollup")) return undefined;
  const [, kilobytes] = new RegExp(`^${kind}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/smaps_rollup`, "utf8")) ?? [];
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean));
  return children.reduce((sum, child) => sum + (treeMemory(Number(child), kind) ?? 0), (Number(kilobytes) * 1024) / 1e6);
}
