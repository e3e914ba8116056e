import assert from "node:assert/strict";
import test from "node:test";
import { streamText, type KernelClient } from "../../tools/kernelClient";
import { Workplace } from "./workplace";

const CELLS = 1000;
const WINDOW = 100;

test(`${CELLS} cells in one kernel: memory and time of a cell do not run away`, async (context) => {
  const workplace = new Workplace();
  const kernel = await workplace.start();
  try {
    const times: number[] = [];
    const memory: number[] = [];
    for (let i = 0; i < CELLS; i++) {
      const started = performance.now();
      // The names repeat, as in a notebook that is run again and again.
      const execution = await kernel.execute(
        `const figures${i % 50} = Array.from({ length: 100 }, (_, j) => ${i} + j);\n` +
          `console.log(figures${i % 50}.join(" "));`,
      );
      times.push(performance.now() - started);
      assert.equal(streamText(execution, "stdout"), `${Array.from({ length: 100 }, (_, j) => i + j).join(" ")}\n`);
      if (i % WINDOW === WINDOW - 1) memory.push(await heap(kernel));
    }
    const [first, last] = [median(times.slice(WINDOW, 2 * WINDOW)), median(times.slice(-WINDOW))];
    context.diagnostic(`median cell ${first.toFixed(1)} ms in the second hundred, ${last.toFixed(1)} ms in the last`);
    context.diagnostic(`heap in use after each hundred, MiB: ${memory.join(" ")}`);
    assert.ok(memory.at(-1)! - memory[1] < 64, `the heap grew from ${memory[1]} to ${memory.at(-1)} MiB`);
  } finally {
    await kernel.shutdown();
    workplace.remove();
  }
});

async function heap(kernel: KernelClient): Promise<number> {
  const code =
    'import { setFlagsFromString } from "v8"; import { runInNewContext } from "vm"; ' +
    'setFlagsFromString("--expose-gc"); runInNewContext("gc")(); ' +
    "Math.round(process.memoryUsage().heapUsed / 2 ** 20)";
  const { outputs } = await kernel.execute(code);
  return Number((outputs[0][1].data as Record<string, string>)["text/plain"]);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1];
}
