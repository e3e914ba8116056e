import { dlfs, dlfsOneThread, inTurns, numpyDefault, numpyOneThread, withContenders } from "./contender";
import { duration, median, printTable, times } from "../tools/table";

interface Time {
  seconds: number;
  cpu: number;
}
interface Job extends Time {
  accuracy: number;
  evaluations: number;
  memory: number;
}

/**
 * All 39,760 central differences of TwoLayerNet(784, 50, 10) at a batch of 100, and source 003's 10,000 iterations with
 * them.
 */
export async function run(rounds = 3): Promise<void> {
  await withContenders([dlfsOneThread, numpyOneThread, dlfs, numpyDefault], async (running) => {
    for (const one of running) await one.ask("load");
    const answers = await inTurns<Time>(running, rounds, "numericalGradient", { repeats: 50 });
    const medians = answers.map((all) => median(all.map((one) => one.seconds)));
    const cpu = answers.map((all) => median(all.map((one) => one.cpu)));
    printTable(
      "Numerical gradient: 39,760 parameters, batch of 100, h = 1e-4",
      ["who", "one gradient", "CPU time of one", "NumPy's time / this, same threads", "its CPU time / this"],
      running.map(({ contender }, index) => [
        contender.name,
        duration(medians[index]),
        duration(cpu[index]),
        times(medians[index < 2 ? 1 : 3] / medians[index]),
        times(cpu[index < 2 ? 1 : 3] / cpu[index]),
      ]),
    );
    const [one, , all] = running;
    const rows: string[][] = [];
    for (const contender of [one, all]) {
      const job = await contender.ask<Job>("training", { iterations: 10000, gradient: "numerical" });
      rows.push([
        contender.contender.name,
        job.seconds.toFixed(1),
        job.cpu.toFixed(1),
        String(job.evaluations),
        job.accuracy.toFixed(4),
        job.memory.toFixed(0),
      ]);
    }
    printTable(
      "Source 003: 10,000 iterations by numerical gradient, accuracies each epoch",
      ["who", "seconds", "CPU seconds", "evaluations", "last test accuracy", "peak memory, MB"],
      rows,
    );
    console.log(`\nNumPy would take ${((medians[1] * 10000) / 3600).toFixed(0)} hours for the gradients alone.`);
  });
}
