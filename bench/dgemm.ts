import { join } from "node:path";
import {
  dlfsOneThread,
  inTurns,
  numpyDefault,
  numpyOneThread,
  peers,
  type Running,
  withContenders,
  type Contender,
} from "./contender";
import { duration, median, printTable } from "../tools/table";

const SHAPES = [
  { name: "100x784 by 784x50", shape: [100, 784, 50], repeats: 60 },
  { name: "784x100, transposed, by 100x50", shape: [784, 100, 50], transpose: true, repeats: 60 },
  { name: "100x50 by 50x10", shape: [100, 50, 10], repeats: 200 },
  { name: "10000x784 by 784x50", shape: [10000, 784, 50], repeats: 3 },
  { name: "1000x1000 by 1000x1000", shape: [1000, 1000, 1000], repeats: 1 },
];
const script = (name: string, file: string): Contender => ({
  name,
  command: process.execPath,
  args: [join(__dirname, "contenders", file)],
});
const routine = script("dlfs, operands in place", "routine.mjs");
const stdlib = script("@stdlib, JavaScript", "stdlib.mjs");

/** np.dot beside the others' product, in 10^9 multiplications and additions a second. */
export async function run(rounds = 5): Promise<void> {
  const peak = await withContenders([script("peak", "peak.mjs")], ([one]: Running[]) =>
    one.ask<{ gigaflops: number }>("peak"),
  );
  const contenders = [dlfsOneThread, routine, stdlib, numpyOneThread, numpyDefault, ...peers];
  await withContenders(contenders, async (running) => {
    const rows: string[][] = contenders.map(({ name }) => [name]);
    for (const { shape, transpose, repeats } of SHAPES) {
      const product = { shape, transpose };
      const fast = await inTurns<{ seconds: number; cpu: number }>(
        running.filter(({ contender }) => !isSlow(contender)),
        rounds,
        "dot",
        { ...product, repeats },
      );
      const slow = await inTurns<{ seconds: number; cpu: number }>(
        running.filter(({ contender }) => isSlow(contender)),
        1,
        "dot",
        { ...product, repeats: Math.min(repeats, 3) },
      );
      const operations = 2 * shape.reduce((a, b) => a * b, 1);
      contenders.forEach((contender, index) => {
        const times = isSlow(contender) ? slow.shift() : fast.shift();
        const cpu = median(times!.map((one) => one.cpu));
        rows[index].push(`${(operations / cpu / 1e9).toFixed(1)} (${duration(cpu)})`);
      });
    }
    printTable(
      "Matrix products, 10^9 operations a second of CPU time, and the CPU time of one",
      ["who", ...SHAPES.map(({ name }) => name)],
      rows,
    );
    console.log(
      `\n128-bit multiply and add from registers reach ${peak.gigaflops.toFixed(1)} here; NumPy's OpenBLAS has 256-bit fused ones, which WebAssembly has not.`,
    );
  });
}

/** Those that would make everybody wait: they get one round of few repeats. */
function isSlow(contender: Contender): boolean {
  return /cpu|jax|numpy-ts/.test(contender.name);
}
