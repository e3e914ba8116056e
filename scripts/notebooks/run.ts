import { existsSync, rmSync } from "node:fs";
import { availableParallelism } from "node:os";
import { basename, join, resolve } from "node:path";
import { makeFolder } from "../folder";
import { notebooksFolder } from "../../tools/edition";
import { executeNotebook, type CellEvent, type FailedEvent } from "./execute";
import { readNotebook, type Notebook } from "../../tools/notebook";

export interface RunOptions {
  /** Where the executed copies go. */
  folder: string;
  /** The language of the edition that is run; English without one. */
  language?: string;
  kernel?: string;
  environment?: NodeJS.ProcessEnv;
  /** Notebooks at a time. */
  jobs?: number;
  /** Prints only failures, and not a line for each cell. */
  quiet?: boolean;
}

export interface NotebookRun {
  /** File name, as `1-perceptrons.ipynb`. */
  name: string;
  /** The path of the executed copy; the file does not exist if nbclient itself failed. */
  file: string;
  seconds: number;
  failed: boolean;
}

/** Executes notebooks. Prints a line for each cell, and the error of a cell that fails. */
export async function runNotebooks(names: string[], options: RunOptions): Promise<NotebookRun[]> {
  const { folder, jobs = Math.min(2, availableParallelism()) } = options;
  makeFolder(resolve(folder));
  // The last notebooks take longest. They begin first, so that no long notebook is left to run alone at the end.
  const waiting = [...names].reverse();
  const runs: NotebookRun[] = [];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift())
      runs.push(await runNotebook(name, options));
  };
  await Promise.all(Array.from({ length: jobs }, worker));
  return names.map((name) => runs.find((run) => run.name === name) as NotebookRun);
}

/** The executed copies that there are, by the notebook's name. */
export function executedCopies(runs: NotebookRun[]): Map<string, Notebook> {
  return new Map(runs.filter(({ file }) => existsSync(file)).map(({ name, file }) => [name, readNotebook(file)]));
}

async function runNotebook(name: string, options: RunOptions): Promise<NotebookRun> {
  const { folder, language, kernel, environment, quiet } = options;
  const started = performance.now();
  const file = join(folder, basename(name));
  // a copy of an earlier run must not pass for one of this run
  rmSync(file, { force: true });
  const onEvent = (event: CellEvent): void => {
    if (!quiet || event.event === "failed") show(name, event);
  };
  const end = await executeNotebook(join(notebooksFolder(language), name), file, { kernel, environment, onEvent });
  return { name, file, seconds: (performance.now() - started) / 1000, failed: end.event === "failed" };
}

function show(name: string, event: CellEvent): void {
  if (event.event === "cell") console.log(`${name} ${event.at}/${event.of}  ${event.line.slice(0, 80)}`);
  if (event.event === "failed") console.error(complaint(name, event));
}

function complaint(name: string, { at, of, id, source, traceback, ...error }: FailedEvent): string {
  const where = at > 0 ? `${name}, cell ${at} of ${of} (${id}) failed` : `${name} failed before its first cell`;
  const trace = traceback.length > 0 ? traceback : [`${error.name}: ${error.message}`];
  const rule = "-".repeat(72);
  return [rule, where, ...trace, rule, ...(source ? [source, rule] : [])].join("\n");
}
