import { duration, median, printTable, times } from "../../tools/table";
import { start, timed, type Contender } from "./contenders";
import { memoryOf, type Memory } from "./memory";

const CELLS = 40;
const WARM_UP = 10;

interface Measured extends Partial<Memory> {
  ready: number;
  first: number;
  /** The middle and the quickest of the cells. */
  cell: number;
  quickest: number;
}

/** Time until a kernel is ready, of its first cell and of a plain one, and its memory; in turns. */
export async function compareStarts(contenders: readonly Contender[], rounds: number, folder: string): Promise<void> {
  const all = contenders.map((): Measured[] => []);
  for (let round = 0; round < rounds; round++) {
    for (const [i, contender] of contenders.entries()) all[i].push(await measure(contender, folder));
  }
  print(contenders, all);
}

async function measure(contender: Contender, folder: string): Promise<Measured> {
  const cell = (i: number) =>
    contender.language === "Python" ? `value${i} = ${i}\nvalue${i} + 1` : `const value${i} = ${i};\nvalue${i} + 1`;
  const [ready, kernel] = await timed(() => start(contender, folder));
  const [first] = await timed(() => kernel.execute(cell(0)));
  const memory = memoryOf(kernel.pid);
  const cells: number[] = [];
  for (let i = 1; i <= CELLS; i++) cells.push((await timed(() => kernel.execute(cell(i))))[0]);
  await kernel.shutdown();
  const warm = cells.slice(WARM_UP);
  return { ready, first, cell: median(warm), quickest: Math.min(...warm), ...memory };
}

function print(contenders: readonly Contender[], all: readonly Measured[][]): void {
  const middle = (rounds: readonly Measured[], field: keyof Measured) =>
    median(rounds.map((round) => round[field] ?? NaN));
  const least = (rounds: readonly Measured[], field: keyof Measured) =>
    Math.min(...rounds.map((round) => round[field] ?? NaN));
  const stock = all[contenders.findIndex(({ name }) => name.startsWith("stock"))];
  const rows = all.map((rounds, i) => [
    contenders[i].name,
    duration(middle(rounds, "ready")),
    duration(least(rounds, "ready")),
    times(middle(rounds, "ready") / middle(stock, "ready")),
    duration(middle(rounds, "first")),
    duration(middle(rounds, "cell")),
    duration(least(rounds, "quickest")),
    times(middle(rounds, "cell") / middle(stock, "cell")),
    megabytes(middle(rounds, "resident")),
    megabytes(middle(rounds, "proportional")),
    megabytes(middle(rounds, "own")),
  ]);
  const columns = [
    "kernel",
    "ready",
    "at best",
    "beside stock",
    "first cell",
    "a cell",
    "at best",
    "beside stock",
    "resident after one cell",
    "less what is shared",
    "without program files",
  ];
  printTable("Starting a kernel and running a trivial cell", columns, rows);
}

function megabytes(value: number): string {
  return Number.isNaN(value) ? "not known here" : `${value.toFixed(0)} MB`;
}
