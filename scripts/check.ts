import { join } from "node:path";
import { chooseNotebooks, projectNotebooks, readArguments, readJobs } from "./arguments";
import { root } from "./root";
import { scratchFolder } from "./scratch";
import { dataAtHand, dataSet } from "./notebooks/data";
import { compareExpected, compareOutputs, keepExpected } from "./notebooks/expected";
import { readSourceItems } from "./notebooks/items";
import { readNotebook, type Notebook } from "./notebooks/notebook";
import { runNotebooks } from "./notebooks/run";
import { coverageTable, kindTable } from "./notebooks/table";
import { strayMetadata, verifyAll } from "./notebooks/verifyAll";

const help = `
npm run check [-- NOTEBOOK ...]

Executes the notebooks afresh, compares every output byte for byte with what is kept in
test/notebooks/expected for the data at hand, and verifies each item of the sources.

  --executed FOLDER   check the executed copies in FOLDER instead of running anything
  --keep FOLDER       leave the executed copies in FOLDER
  --committed         compare the outputs committed in notebooks/ with the re-run too (full MNIST only)
  --update            keep the outputs of this run as the expected ones
  --jobs N            notebooks at a time (2)
  --help              this text
`;

const options = {
  executed: { type: "string" },
  keep: { type: "string" },
  committed: { type: "boolean" },
  update: { type: "boolean" },
  jobs: { type: "string" },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, options);
  const list = readSourceItems();
  const names = chooseNotebooks(projectNotebooks(list.documents), positionals);
  const data = dataAtHand();
  const set = dataSet(data);
  const executed = values.executed === undefined ? await execute(names, values.keep, readJobs(values.jobs)) : readAll(values.executed, names);
  const problems = strayMetadata(list, executed);
  for (const [name, notebook] of executed) {
    if (values.update) keepExpected(set, name, notebook);
    const differences = compareExpected(set, name, notebook);
    if (differences === undefined) console.log(`${name}: its code is not what the expectations were kept for, so its bytes are not compared`);
    problems.push(...(differences ?? (process.env.CI ? [`${name}: the expectations are of other code`] : [])));
    if (values.committed && data.mnist) problems.push(...compareOutputs(`committed ${name}`, readNotebook(join(root, "notebooks", name)), notebook));
  }
  const verdicts = verifyAll(list, executed, data).filter(({ item }) => names.includes(list.documents[item.id.slice(0, 3)].notebook) || positionals.length === 0);
  console.log(`\n${coverageTable(list, verdicts)}\n\n${kindTable(verdicts)}`);
  const shown = problems.slice(0, 40);
  console.log(shown.length === 0 ? `\nevery output equals the expected one (${set})` : `\n${shown.join("\n")}${problems.length > 40 ? `\n... and ${problems.length - 40} more` : ""}`);
  if (problems.length > 0 || verdicts.some((verdict) => verdict.class === "failed")) process.exitCode = 1;
}

async function execute(names: string[], keep?: string, jobs?: number): Promise<Map<string, Notebook>> {
  const runs = await runNotebooks(names, { folder: keep ?? scratchFolder("check"), jobs });
  return new Map(runs.map((run) => [run.name, readNotebook(run.file)]));
}

const readAll = (folder: string, names: string[]): Map<string, Notebook> => new Map(names.map((name) => [name, readNotebook(join(folder, name))]));

void main();
