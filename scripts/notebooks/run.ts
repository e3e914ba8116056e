import { mkdirSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join } from "node:path";
import { root } from "../root";
import { executeNotebook, type CellEvent } from "./execute";

export interface RunOptions {
  /** Where the executed copies go. */
  folder: string;
  kernel?: string;
  environment?: NodeJS.ProcessEnv;
  /** Notebooks at a time. */
  jobs?: number;
}

export interface NotebookRun {
  /** File name, as `1-perceptrons.ipynb`. */
  name: string;
  /** The executed copy. */
  file: string;
  seconds: number;
  failed: boolean;
}

/** Executes notebooks, printing a line a cell and what a failing cell said. */
export async function runNotebooks(names: string[], options: RunOptions): Promise<NotebookRun[]> {
  const { folder, jobs = Math.min(2, availableParallelism()) } = options;
  mkdirSync(folder, { recursive: true });
  // The longest notebooks are the last ones: begun first, they do not end alone.
  const waiting = [...names].reverse();
  const runs: NotebookRun[] = [];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) runs.push(await runNotebook(name, options));
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return names.map((name) => runs.find((run) => run.name === name) as NotebookRun);
}

async function runNotebook(name: string, { folder, kernel, environment }: RunOptions): Promise<NotebookRun> {
  const started = performance.now();
  const file = join(folder, basename(name));
  const end = await executeNotebook(join(root, "notebooks", name), file, { kernel, environment, onEvent: (event) => show(name, event) });
  return { name, file, seconds: (performance.now() - started) / 1000, failed: end.event === "failed" };
}

function show(name: string, event: CellEvent): void {
  if (event.event === "cell") console.log(`${name} ${event.at}/${event.of}  ${event.line.slice(0, 80)}`);
  if (event.event !== "failed") return;
  const trace = event.traceback.length > 0 ? event.traceback : [`${event.name}: ${event.message}`];
  const rule = "-".repeat(72);
  console.error([rule, `${name}, cell ${event.at} of ${event.of} (${event.id}) failed`, ...trace, rule, event.source, rule].join("\n"));
}
