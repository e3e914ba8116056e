import { renameSync } from "node:fs";
import { join } from "node:path";
import { chooseNotebooks, projectNotebooks, readArguments, readJobs, refuse } from "./arguments";
import { CLONE, readOnly, root } from "../tools/root";
import { readSourceItems } from "./notebooks/items";
import { brokenRun, readNotebook } from "../tools/notebook";
import { runNotebooks } from "./notebooks/run";
import { scratchFolder } from "./scratch";

const help = `
npm run notebooks [-- NOTEBOOK ...]

Executes the notebooks in place, to commit their outputs. A notebook that fails, or whose cells did not all run, is left
as it was.

  --jobs N   notebooks at a time (2)
  --help     this text
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, { jobs: { type: "string" } });
  const names = chooseNotebooks(projectNotebooks(readSourceItems().documents), positionals);
  if (readOnly) refuse("notebooks/ can only be read here", CLONE);
  const runs = await runNotebooks(names, { folder: scratchFolder("notebooks"), jobs: readJobs(values.jobs) });
  const whole = runs.filter(({ name, failed, file }) => !failed && brokenRun(name, readNotebook(file)) === undefined);
  for (const run of whole) renameSync(run.file, join(root, "notebooks", run.name));
  for (const { name } of runs.filter((run) => !whole.includes(run))) console.error(`${name}: left as it was`);
  if (whole.length < runs.length) process.exitCode = 1;
}

void main();
