import { renameSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { chooseNotebooks, projectNotebooks, readArguments } from "./arguments";
import { root } from "./root";
import { readSourceItems } from "./notebooks/items";
import { brokenRun, readNotebook } from "./notebooks/notebook";
import { runNotebooks } from "./notebooks/run";

const help = `
npm run notebooks [-- NOTEBOOK ...]

Executes the notebooks in place, to commit their outputs. A notebook that fails, or whose cells did not all run, is left as it was.

  --jobs N   notebooks at a time (2)
  --help     this text
`;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, { jobs: { type: "string" } });
  const names = chooseNotebooks(projectNotebooks(readSourceItems().documents), positionals);
  const folder = join(root, ".setup", "notebooks");
  mkdirSync(folder, { recursive: true });
  try {
    const runs = await runNotebooks(names, { folder, jobs: values.jobs === undefined ? undefined : Number(values.jobs) });
    const whole = runs.filter(({ name, failed, file }) => !failed && brokenRun(name, readNotebook(file)) === undefined);
    for (const run of whole) renameSync(run.file, join(root, "notebooks", run.name));
    for (const { name } of runs.filter((run) => !whole.includes(run))) console.error(`${name}: left as it was`);
    if (whole.length < runs.length) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
