import { dlfsOneThread, inTurns, numpyOneThread, onNodes, withContenders } from "./contender";
import { duration, median, printTable, times } from "../tools/table";

export const measuresNodes = true;

/**
 * What a reader writes into cells: the book's step in np operations, a forward and a backward pass and the update,
 * batch of 100. One thread beside one thread.
 */
export async function run(rounds = 7, nodes: readonly string[] = []): Promise<void> {
  await withContenders([numpyOneThread, ...onNodes(dlfsOneThread, nodes)], async (running) => {
    for (const one of running) await one.ask("load");
    const answers = await inTurns<{ seconds: number; cpu: number }>(running, rounds, "naive", { repeats: 100 });
    const seconds = answers.map((all) => median(all.map((one) => one.seconds)));
    const cpu = answers.map((all) => median(all.map((one) => one.cpu)));
    printTable(
      "The book's step written out in np operations, 784-50-10, batch of 100",
      ["who", "one step", "CPU time of one", "CPU time beside NumPy"],
      running.map(({ contender: { name } }, index) => [
        index === 0 ? name : `dlfs, 1 thread, ${name}`,
        duration(seconds[index]),
        duration(cpu[index]),
        times(cpu[index] / cpu[0]),
      ]),
    );
  });
}
