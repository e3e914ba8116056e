import type { KernelClient } from "../../tools/kernelClient";
import { median, printTable, times } from "../../tools/table";
import { execute, start, type Contender } from "./contenders";

const NAMES = 300;

interface Loop {
  name: string;
  /** How many times longer than with local variables it should take at most. */
  aim?: number;
  /** The declaration of the name that `work` uses. It is put at the top level of a cell, and into a function. */
  declare: string;
  work: string;
}

const LOOPS: Loop[] = [
  { name: "integer counter", aim: 3, declare: "let count = 0;", work: "for (let i = 0; i < 3e7; i++) count += 1;" },
  { name: "float accumulator", aim: 5, declare: "let sum = 0.5;", work: "for (let i = 0; i < 3e7; i++) sum += 0.25;" },
  {
    name: "recursion",
    aim: 1.2,
    declare: "function fib(n: number): number { return n < 2 ? n : fib(n - 1) + fib(n - 2); }",
    work: "fib(31);",
  },
  {
    name: "elements of an array",
    declare: "const list = [0, 1, 2, 3];",
    work: "for (let i = 0; i < 3e7; i++) list[i & 3] += 1;",
  },
];

/**
 * Loops over top-level variables beside the same loops over local ones, for variables of the cell itself and of an
 * earlier one.
 */
export async function compareLoops(contenders: readonly Contender[], rounds: number, folder: string): Promise<void> {
  const rows: string[][] = [];
  for (const contender of contenders) {
    const fresh = await ratios(contender, rounds, folder, 0);
    const later = await ratios(contender, rounds, folder, NAMES);
    for (const [i, { name, aim }] of LOOPS.entries()) {
      rows.push([contender.name, name, ...[...fresh[i], ...later[i]].map(times), aim === undefined ? "" : `${aim}`]);
    }
  }
  const places = ["own cell", "earlier cell"];
  const columns = [...places, ...places.map((place) => `${place}, after ${NAMES} names`)];
  printTable(
    "A loop over top-level variables: its time beside that of the same loop over local ones",
    ["kernel", "loop", ...columns, "aim at most"],
    rows,
  );
}

// Each round in a session of its own, since the order of cells decides what V8 knows when it compiles one.
async function ratios(
  contender: Contender,
  rounds: number,
  folder: string,
  names: number,
): Promise<[number, number][]> {
  const all: [number, number][][] = [];
  for (let round = 0; round < rounds; round++) {
    const kernel = await start(contender, folder);
    for (let i = 0; i < names; i++) await execute(kernel, `let name${i} = ${i};`);
    const measured: [number, number][] = [];
    for (const [i, loop] of LOOPS.entries())
      measured.push([await ownCell(kernel, loop, i), await earlierCell(kernel, loop, i)]);
    all.push(measured);
    await kernel.shutdown();
  }
  return LOOPS.map((_, i) => [median(all.map((of) => of[i][0])), median(all.map((of) => of[i][1]))]);
}

async function ownCell(kernel: KernelClient, loop: Loop, i: number): Promise<number> {
  const { declare, work } = renamed(loop, `own${i}`);
  return Number(await execute(kernel, `${declare}\n${comparison(loop, work)}`));
}

async function earlierCell(kernel: KernelClient, loop: Loop, i: number): Promise<number> {
  const { declare, work } = renamed(loop, `earlier${i}`);
  await execute(kernel, declare);
  return Number(await execute(kernel, comparison(loop, work)));
}

// The names of each session's top level are used once, so that no loop meets the variables of another.
function renamed({ declare, work }: Loop, suffix: string): { declare: string; work: string } {
  const name = /(?:let|const|function) (\w+)/.exec(declare)![1];
  const rename = (text: string) => text.replace(new RegExp(`\\b${name}\\b`, "g"), `${name}_${suffix}`);
  return { declare: rename(declare), work: rename(work) };
}

// The best of five, taken in turns. CPU time, which other processes of the machine disturb less.
function comparison({ declare, work }: Loop, topWork: string): string {
  return `(() => {
    const local = () => { ${declare} ${work} };
    const top = () => { ${topWork} };
    const seconds = (run: () => void) => { const before = process.cpuUsage().user; run(); return process.cpuUsage().user - before; };
    const best = [Infinity, Infinity];
    for (let i = 0; i < 5; i++) [local, top].forEach((run, k) => { best[k] = Math.min(best[k], seconds(run)); });
    return best[1] / best[0];
  })()`;
}
