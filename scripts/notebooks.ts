import { renameSync } from "node:fs";
import { join } from "node:path";
import { chooseNotebooks, readArguments, readJobs, readLanguage, refuse } from "./arguments";
import { makeFolder } from "./folder";
import { CLONE, readOnly, root } from "../tools/root";
import { brokenRun, readNotebook } from "../tools/notebook";
import { blankFiles, inTheWay, writeFiles } from "./notebooks/blank";
import { writeEditions } from "./notebooks/editions";
import { runNotebooks } from "./notebooks/run";
import { scratchFolder } from "./scratch";

const help = `
npm run notebooks [-- NOTEBOOK ...]

Executes the notebooks in place, to commit their outputs, and writes code and outputs into the editions in other
languages. A notebook that fails, or whose cells did not all run, is left as it was.

  --jobs N          notebooks at a time (2)
  --blank FOLDER    for a class: run nothing, and write copies without outputs into FOLDER, with the contents page.
                    Links between notebooks work where all of them are copied.
  --lang LANGUAGE   with --blank: the Japanese (ja) or Chinese (zh) edition
  --no-solutions    with --blank: an empty cell in place of each exercise's solution
  --help            this text
`;

const options = {
  jobs: { type: "string" },
  blank: { type: "string" },
  lang: { type: "string" },
  "no-solutions": { type: "boolean" },
} as const;

async function main(): Promise<void> {
  const { values, positionals } = readArguments(help, options);
  const names = chooseNotebooks(positionals);
  const { blank, "no-solutions": without = false } = values;
  if (without && blank === undefined) refuse("--no-solutions", "--blank FOLDER with it");
  const language = readLanguage(values.lang);
  if (language !== undefined && blank === undefined) refuse(`--lang ${language}`, "--blank FOLDER with it");
  if (blank === undefined) await execute(names, readJobs(values.jobs));
  else writeBlank(blank, blankFiles(names, !without, language));
}

async function execute(names: string[], jobs: number | undefined): Promise<void> {
  if (readOnly) refuse("notebooks/ can only be read here", CLONE);
  const runs = await runNotebooks(names, { folder: scratchFolder("notebooks"), jobs });
  const whole = runs.filter(({ name, failed, file }) => !failed && brokenRun(name, readNotebook(file)) === undefined);
  for (const run of whole) renameSync(run.file, join(root, "notebooks", run.name));
  writeEditions(whole.map(({ name }) => name));
  for (const { name } of runs.filter((run) => !whole.includes(run))) console.error(`${name}: left as it was`);
  if (whole.length < runs.length) process.exitCode = 1;
}

function writeBlank(folder: string, files: ReadonlyMap<string, string>): void {
  try {
    makeFolder(folder);
    const other = inTheWay(folder, files);
    if (other !== undefined) refuse(`--blank ${folder}: ${other} is there already, and differs`, "a new folder");
    writeFiles(folder, files);
  } catch (error) {
    refuse(`--blank ${folder}: ${(error as Error).message}`, "a folder that can be written");
  }
  for (const name of files.keys()) console.log(join(folder, name));
}

void main();
