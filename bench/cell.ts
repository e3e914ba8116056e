import { join } from "node:path";
import { venvPython } from "../tools/root";
import { dlfs, withContenders, type Contender } from "./contender";
import { median, printTable, times } from "../tools/table";

const cell: Contender = {
  name: "a notebook's cell",
  command: venvPython,
  args: [join(__dirname, "contenders/cell.py")],
};

const PREPARE = `import { loadMnist, random, train, TwoLayerNet } from "dlfs";
const mnist = await loadMnist();`;
const TRAIN = `random.seed(0);
const cpu = process.cpuUsage(), start = performance.now();
await train(new TwoLayerNet(784, 50, 10), mnist, { iterations: 5000 });
const seconds = (performance.now() - start) / 1000, { user, system } = process.cpuUsage(cpu);
console.log(JSON.stringify({ seconds, cpu: (user + system) / 1e6 }));`;

interface Time {
  seconds: number;
  cpu: number;
}

/** Source 004's training in a cell of the project's kernel, beside the same call in a script. */
export async function run(rounds = 5): Promise<void> {
  await withContenders([dlfs, cell], async ([script, notebook]) => {
    await script.ask("load");
    await notebook.ask("cell", { code: PREPARE });
    const answers: Time[][] = [[], []];
    for (let round = 0; round < rounds; round++) {
      answers[0].push(await script.ask<Time>("training", { iterations: 5000 }));
      answers[1].push(JSON.parse((await notebook.ask<{ text: string }>("cell", { code: TRAIN })).text) as Time);
    }
    const seconds = answers.map((all) => median(all.map((one) => one.seconds))),
      cpu = answers.map((all) => median(all.map((one) => one.cpu)));
    printTable(
      "Training in a cell and in a script",
      ["where", "seconds", "CPU seconds", "beside the script", "in CPU time"],
      ["a script", "a cell"].map((name, i) => [
        name,
        seconds[i].toFixed(2),
        cpu[i].toFixed(2),
        times(seconds[i] / seconds[0]),
        times(cpu[i] / cpu[0]),
      ]),
    );
  });
}
