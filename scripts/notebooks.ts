import { renameSync } from "node:fs";
import { join } from "node:path";
import { chooseNotebooks, end, projectNotebooks, readArguments, readJobs } from "./arguments";
import { CLONE, readOnly, root } from "./root";
import { readSourceItems } from "./notebooks/items";
import { runNotebooks } from "./notebooks/run";
import { scratchFolder } from "./scratch";

const help = `
npm run notebooks [-- NOTEBOOK ...]

Executes the notebooks in place, to commit their outputs. A notebook that fails is left as it was.

  --jobs N   notebooks at a time (2)
  --help     this text
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, { jobs: { type: "string" } });
  const names = chooseNotebooks(projectNotebooks(readSourceItems().documents), positionals);
  if (readOnly) end(`npm run notebooks writes into notebooks/, which ${CLONE}`);
  const runs = await runNotebooks(names, { folder: scratchFolder("notebooks"), jobs: readJobs(values.jobs) });
  for (const run of runs.filter(({ failed }) => !failed)) renameSync(run.file, join(root, "notebooks", run.name));
  if (runs.some(({ failed }) => failed)) process.exitCode = 1;
}

void main();
