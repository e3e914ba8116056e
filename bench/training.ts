import { dlfs, dlfsOneThread, numpyDefault, numpyOneThread, peers, withContenders, inTurns } from "./contender";
import { median, printTable, times } from "../tools/table";

const ITERATIONS = 5000;
const EVALUATIONS = 9;

interface Job {
  seconds: number;
  cpu: number;
  accuracy: number;
  evaluations: number;
  memory: number;
}
interface Parts {
  step: { seconds: number; cpu: number };
  evaluation: { seconds: number; cpu: number };
  accuracy: number;
  memory: number;
}

/** Source 004's training: 5,000 iterations of 100 rows, the loss of each, nine accuracies on all of MNIST. */
export async function run(rounds = 3): Promise<void> {
  const whole = await withContenders([dlfsOneThread, numpyOneThread, dlfs, numpyDefault], async (running) => {
    for (const one of running) await one.ask("load");
    const answers = await inTurns<Job>(running, rounds, "training", { iterations: ITERATIONS });
    return answers.map((jobs, index) => ({
      name: running[index].contender.name,
      seconds: median(jobs.map((job) => job.seconds)),
      cpu: median(jobs.map((job) => job.cpu)),
      memory: Math.max(...jobs.map((job) => job.memory)),
      accuracy: jobs[0].accuracy,
    }));
  });
  const scaled = [];
  for (const peer of peers) scaled.push(await peerJob(peer));
  const reference = (name: string) => whole[name.includes("default") ? 3 : 1];
  printTable(
    `Training: ${ITERATIONS} iterations, ${EVALUATIONS} evaluations on all of MNIST`,
    [
      "who",
      "seconds",
      "CPU seconds",
      "NumPy's time / this, same threads",
      "its CPU time / this",
      "test accuracy",
      "peak memory, MB",
    ],
    [...whole, ...scaled].map((row) => [
      row.name,
      row.seconds.toFixed(1),
      row.cpu.toFixed(1),
      times(reference(row.name).seconds / row.seconds),
      times(reference(row.name).cpu / row.cpu),
      Number.isNaN(row.accuracy) ? "" : row.accuracy.toFixed(4),
      row.memory.toFixed(0),
    ]),
  );
  console.log(
    `\nMedians of ${rounds} whole jobs in turns; the peers' from 100 iterations and one evaluation, beside NumPy's one thread.`,
  );
}

async function peerJob(peer: (typeof peers)[number]) {
  const { step, evaluation, memory } = await withContenders([peer], ([one]) =>
    one.ask<Parts>("training", { iterations: 100 }),
  );
  return {
    name: peer.name,
    accuracy: NaN,
    memory,
    seconds: step.seconds * ITERATIONS + evaluation.seconds * EVALUATIONS,
    cpu: step.cpu * ITERATIONS + evaluation.cpu * EVALUATIONS,
  };
}
