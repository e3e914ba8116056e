import assert from "node:assert/strict";
import test from "node:test";
import { streamText, type KernelClient } from "../../tools/kernelClient";
import { Workplace } from "./workplace";

const CELLS = 1000;
const WINDOW = 100;
/** What both may grow by from the second hundred cells to the last, in MiB. */
const LARGEST_GROWTH = { heap: 64, resident: 300 };

// The names repeat as in a notebook that is run again and again, or each cell declares names of its own.
for (const [what, nameOf] of [
  ["the same 50 names", (i: number) => `figures${i % 50}`],
  ["names of their own", (i: number) => `figures${i}`],
] as const) {
  test(`${CELLS} cells with ${what} in one kernel: memory and time of a cell do not run away`, async (context) => {
    const workplace = new Workplace();
    const kernel = await workplace.start();
    try {
      const times: number[] = [];
      const memory: Memory[] = [];
      for (let i = 0; i < CELLS; i++) {
        const started = performance.now();
        const execution = await kernel.execute(
          `const ${nameOf(i)} = Array.from({ length: 100 }, (_, j) => ${i} + j);\n` +
            `console.log(${nameOf(i)}.join(" "));`,
        );
        times.push(performance.now() - started);
        assert.equal(streamText(execution, "stdout"), `${Array.from({ length: 100 }, (_, j) => i + j).join(" ")}\n`);
        if (i % WINDOW === WINDOW - 1) memory.push(await memoryOf(kernel));
      }
      const [first, last] = [median(times.slice(WINDOW, 2 * WINDOW)), median(times.slice(-WINDOW))];
      context.diagnostic(`median cell ${first.toFixed(1)} ms in the second hundred, ${last.toFixed(1)} ms in the last`);
      for (const kind of ["heap", "resident"] as const) {
        const figures = memory.map((each) => each[kind]);
        context.diagnostic(`${kind} after each hundred, MiB: ${figures.join(" ")}`);
        const told = `${kind} memory grew from ${figures[1]} to ${figures.at(-1)} MiB`;
        assert.ok(figures.at(-1)! - figures[1] < LARGEST_GROWTH[kind], told);
      }
    } finally {
      await kernel.shutdown();
      workplace.remove();
    }
  });
}

interface Memory {
  heap: number;
  resident: number;
}

async function memoryOf(kernel: KernelClient): Promise<Memory> {
  const code =
    'import { setFlagsFromString } from "v8"; import { runInNewContext } from "vm"; ' +
    'setFlagsFromString("--expose-gc"); runInNewContext("gc")(); ' +
    "const { heapUsed: heap, rss: resident } = process.memoryUsage(); JSON.stringify({ heap, resident })";
  const { outputs } = await kernel.execute(code);
  const text = (outputs[0][1].data as Record<string, string>)["text/plain"].slice(1, -1);
  const { heap, resident } = JSON.parse(text) as Memory;
  return { heap: Math.round(heap / 2 ** 20), resident: Math.round(resident / 2 ** 20) };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
