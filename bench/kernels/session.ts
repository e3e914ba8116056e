import type { KernelClient } from "../../tools/kernelClient";
import { duration, median, printTable, times } from "../../tools/table";
import { execute, start, timed, type Contender } from "./contenders";

const STAGES = [10, 300, 900];
const AROUND = 7; // a stage's time is the median of its cell and of so many cells before and after it

const CELL = {
  TypeScript: (i: number) =>
    `const value${i} = value${i - 1} + 1;\nfunction twice${i}(x: number) { return 2 * x; }\nlet list${i} = [1, 2, value${i}];\ntwice${i}(value${i})`,
  Python: (i: number) =>
    `value${i} = value${i - 1} + 1\ndef twice${i}(x): return 2 * x\nlist${i} = [1, 2, value${i}]\ntwice${i}(value${i})`,
};

interface Stage {
  cell: number;
  completion: number;
  documentation: number;
}

/** The time of a cell late in a session in which each cell defines three names and uses one of an earlier cell. */
export async function compareSessions(contenders: readonly Contender[], rounds: number, folder: string): Promise<void> {
  const all = contenders.map((): Stage[][] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) all[i].push(await session(contender, folder));
  }
  const rows = all.map((stages, i) => [
    contenders[i].name,
    ...(["cell", "completion", "documentation"] as const).flatMap((field) =>
      columnsOf(STAGES.map((_, k) => median(stages.map((of) => of[k][field])))),
    ),
  ]);
  const columns = ["cell", "completion", "documentation"].flatMap((what) => [
    ...STAGES.map((stage) => `${what} at ${stage}`),
    `${STAGES.at(-1)} / ${STAGES[0]}`,
  ]);
  printTable("A cell, a completion and a documentation late in a session", ["kernel", ...columns], rows);
}

function columnsOf(seconds: readonly number[]): string[] {
  return [...seconds.map(duration), times(seconds.at(-1)! / seconds[0])];
}

async function session(contender: Contender, folder: string): Promise<Stage[]> {
  const kernel = await start(contender, folder);
  const cells: number[] = [];
  const stages: Stage[] = [];
  await execute(kernel, contender.language === "Python" ? "value0 = 0" : "const value0 = 0;");
  for (let i = 1; i <= STAGES.at(-1)! + AROUND; i++) {
    cells.push((await timed(() => execute(kernel, CELL[contender.language](i))))[0]);
    if (STAGES.includes(i - AROUND))
      stages.push({ cell: median(cells.slice(-2 * AROUND - 1)), ...(await help(kernel)) });
  }
  await kernel.shutdown();
  return stages;
}

async function help(kernel: KernelClient): Promise<Omit<Stage, "cell">> {
  const ask = async (type: string, code: string) => {
    const request = () => kernel.request(type, { code, cursor_pos: code.length, detail_level: 0 });
    const seconds: number[] = [];
    for (let i = 0; i < 5; i++) seconds.push((await timed(request))[0]);
    return median(seconds);
  };
  return { completion: await ask("complete_request", "list3."), documentation: await ask("inspect_request", "twice3") };
}
