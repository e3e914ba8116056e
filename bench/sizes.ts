import { dlfs, dlfsOneThread, inTurns, numpyDefault, numpyOneThread, onNodes, withContenders } from "./contender";
import { median, printTable, times } from "../tools/table";

export const measuresNodes = true;

const SIZES = [
  { hidden: 10, batchSize: 100 },
  { hidden: 50, batchSize: 100 },
  { hidden: 200, batchSize: 100 },
  { hidden: 1000, batchSize: 100 },
  { hidden: 50, batchSize: 10 },
  { hidden: 50, batchSize: 1000 },
  { hidden: 50, batchSize: 10000 },
  { hidden: 500, batchSize: 1000 },
];
const BATCHES = [10, 100, 1000, 10000];

/** The parts of train() and the methods that a reader's own loop calls, by their names in the contenders' answers. */
const TWO_LAYERS = {
  step: "step of train()",
  evaluation: "evaluation in train(), 70,000 rows",
  predict: "predict(x)",
  loss: "loss(x, t)",
  accuracy: "accuracy(xTest, tTest)",
  gradient: "gradient(x, t)",
};
const THREE_LAYERS = { predict: "predict(x)", accuracy: "accuracy(xTest, tTest)" };

interface Time {
  seconds: number;
  cpu: number;
}
type Times = Readonly<Record<string, Time>>;
type Running = Parameters<Parameters<typeof withContenders>[1]>[0];

/** NumPy and dlfs under each Node, in pairs: one thread, then default threads. */
const contenders = (nodes: readonly string[]) => [
  numpyOneThread,
  numpyDefault,
  ...onNodes(dlfsOneThread, nodes).flatMap((one, index) => [one, onNodes(dlfs, nodes)[index]]),
];

/** Networks of other sizes, trained by train() and by a reader's own loop: how many times as quick as NumPy. */
export async function run(rounds = 3, nodes: readonly string[] = []): Promise<void> {
  await withContenders(contenders(nodes), async (running) => {
    for (const one of running) await one.ask("load");
    const twoLayers = [];
    for (const size of SIZES) twoLayers.push(await twoLayerTimes(running, rounds, size));
    const threeLayers = [];
    for (const batchSize of BATCHES) {
      const options = { hidden: null, batchSize, repeats: countFor(50 * batchSize) };
      threeLayers.push(medians(await inTurns<Times>(running, rounds, "methods", options)));
    }
    for (let own = 2; own < running.length; own += 2) {
      const node = running[own].contender.name;
      const name = ({ hidden, batchSize }: (typeof SIZES)[number]) => `${hidden}, ${batchSize}`;
      print(`TwoLayerNet of other sizes, ${node}`, "hidden, batch", TWO_LAYERS, SIZES.map(name), twoLayers, own);
      print(`ThreeLayerNet 784-50-100-10, ${node}`, "batch", THREE_LAYERS, BATCHES.map(String), threeLayers, own);
    }
    console.log(
      "\nNumPy's time over ours, so above 1 is quicker: CPU time of one thread with one; elapsed, default threads.",
    );
  });
}

async function twoLayerTimes(running: Running, rounds: number, size: (typeof SIZES)[number]): Promise<Times[]> {
  const repeats = countFor(size.hidden * size.batchSize);
  const parts = await inTurns<Times>(running, rounds, "parts", { ...size, steps: 3 * repeats, evaluations: 2 });
  const methods = medians(await inTurns<Times>(running, rounds, "methods", { ...size, repeats }));
  return medians(parts).map((ofTrain, who) => ({ ...ofTrain, ...methods[who] }));
}

/** How often work of so many rows times hidden units is repeated: a fraction of a second, three times at least. */
function countFor(work: number): number {
  return Math.max(3, Math.min(300, Math.round(1e6 / work)));
}

/** The middle of the rounds of each contender. */
function medians(answers: readonly Times[][]): Times[] {
  return answers.map((rounds) => {
    const middle = (name: string, key: keyof Time) => median(rounds.map((one) => one[name][key]));
    const names = Object.keys(rounds[0]);
    return Object.fromEntries(
      names.map((name) => [name, { seconds: middle(name, "seconds"), cpu: middle(name, "cpu") }]),
    );
  });
}

/** Prints the table of two contenders of dlfs, those at the indexes `own` and `own + 1`. */
function print(
  heading: string,
  first: string,
  columns: Readonly<Record<string, string>>,
  sizes: readonly string[],
  measured: readonly Times[][],
  own: number,
): void {
  const ratios = measured.map((of) =>
    Object.keys(columns).map((name) => [
      of[0][name].cpu / of[own][name].cpu,
      of[1][name].seconds / of[own + 1][name].seconds,
    ]),
  );
  const lowest = Object.keys(columns).map((_, column) =>
    [0, 1].map((threads) => Math.min(...ratios.map((row) => row[column][threads]))),
  );
  const asCells = (row: readonly number[][]) => row.map((pair) => pair.map(times).join("; "));
  printTable(
    heading,
    [first, ...Object.values(columns)],
    [...ratios.map((row, index) => [sizes[index], ...asCells(row)]), ["the lowest", ...asCells(lowest)]],
  );
}
