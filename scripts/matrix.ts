import { readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { readArguments } from "./arguments";
import { makeFolder } from "./folder";
import { chosenNodes, installNode } from "./matrix/nodes";
import { pythonsAtHand } from "./matrix/pythons";
import { stoppedBy } from "./matrix/step";
import { carryOut, freshEnvironment, type Outcome, type Trial } from "./matrix/trial";
import { runNotebooks } from "./notebooks/run";
import { aligned } from "./notebooks/table";
import { courseNotebooks } from "../tools/notebook";
import { root } from "../tools/root";
import { isAlive } from "../tools/processes";

const help = `
npm run matrix [-- OPTION ...]

For each supported Node (20, 22, 24, 26, brought by npm's package node) sets up a copy of this checkout, runs the
notebooks there, compares their files byte by byte with those that the Node of this command makes, and runs the
kernel's tests. For each Python from 3.11 to 3.14 that is at hand: set-up and one notebook.
It takes about 45 minutes, 2 GB of disk, and downloads packages. The folder of a version that fails is kept and named.

  --only LIST       some Nodes, as 20,24, and no Python; newest: the newest besides the one that runs this command
  --allow-missing   a Node that npm cannot bring, as without a network, is no failure
  --help            this text
`;

const options = { only: { type: "string" }, "allow-missing": { type: "boolean" } } as const;

const home = join(root, ".setup", "matrix");

async function main(): Promise<void> {
  const { values } = readArguments(help, options, false);
  const nodes = chosenNodes(values.only);
  removeOldRuns();
  const own = join(home, String(process.pid));
  const outcomes: Outcome[] = [];
  const missing: string[] = [];
  try {
    const reference = await makeReference(own);
    for (const major of nodes) {
      const outcome = await tryNode(major, own, reference);
      if (outcome) outcomes.push(outcome);
      else if (stoppedBy() === undefined) missing.push(`Node ${major}`);
    }
    if (values.only === undefined) outcomes.push(...(await tryPythons(own, reference)));
  } finally {
    cleanUp(own, outcomes);
  }
  conclude(outcomes, missing, values["allow-missing"] ?? false);
}

/** Executes the notebooks with the Node of this command, for the comparison. */
async function makeReference(own: string): Promise<string> {
  const folder = join(own, "reference");
  console.log(`Node ${process.versions.node}, which runs this command: the notebooks ...`);
  const runs = await runNotebooks(courseNotebooks(), { folder, quiet: true });
  const failed = runs.filter((run) => run.failed).map(({ name }) => name);
  if (failed.length > 0) throw new Error(`${failed.join(", ")}: failed under this command's own Node, see above`);
  return folder;
}

async function tryNode(major: number, own: string, reference: string): Promise<Outcome | undefined> {
  const folder = join(own, `node-${major}`);
  const log = join(own, `node-${major}.log`);
  console.log(`Node ${major}: npm install node@${major} ...`);
  const node = await installNode(major, join(folder, "node"), log);
  if (node === undefined) return undefined;
  const env = freshEnvironment(node.bin);
  const trial = {
    name: `Node ${node.version}`,
    node: node.program,
    env,
    notebooks: courseNotebooks(),
    kernelTests: true,
  };
  return tried({ ...trial, folder: join(folder, "checkout"), log }, folder, reference);
}

/** For the Pythons one notebook is enough, because Python only starts the kernel and sends the cells to it. */
async function tryPythons(own: string, reference: string): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const [minor, python] of pythonsAtHand()) {
    if (stoppedBy() !== undefined) break;
    if (python === undefined) {
      console.log(`Python 3.${minor}: not at hand, not tried`);
      continue;
    }
    const folder = join(own, `python-3.${minor}`);
    const env = { ...freshEnvironment(), PYTHON: python.program };
    const trial = { name: `Python ${python.version}`, node: process.execPath, env, kernelTests: false };
    const first = courseNotebooks().slice(0, 1);
    outcomes.push(await tried({ ...trial, notebooks: first, folder, log: `${folder}.log` }, folder, reference));
  }
  return outcomes;
}

async function tried(trial: Trial, folder: string, reference: string): Promise<Outcome> {
  const outcome = await carryOut(trial, reference);
  if (stoppedBy() !== undefined) return outcome;
  console.log(`${outcome.name}: ${outcome.good ? "good" : "NOT good"}, ${minutes(outcome)} minutes`);
  if (outcome.good) remove(folder);
  else
    console.log(`${outcome.name}: kept in ${folder}, all it printed in ${trial.log}, which ends:\n${endOf(trial.log)}`);
  return outcome;
}

/** The last lines of a log: where nobody can open the file, they must say what failed. */
const endOf = (log: string): string => readFileSync(log, "utf8").trimEnd().split("\n").slice(-100).join("\n");

/** A kernel may need a second to notice that its parent has ended. */
const remove = (folder: string): void =>
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 200 });

const minutes = ({ seconds }: Outcome): string => (seconds / 60).toFixed(1);

/** Removes the folders that earlier runs have kept because of a failure. */
function removeOldRuns(): void {
  makeFolder(home);
  const ended = readdirSync(home).filter((pid) => !isAlive(Number(pid)));
  for (const name of ended) remove(join(home, name));
}

/** Removes the folder of a run. After a failure it stays, with the failed copies, their logs and the reference. */
function cleanUp(own: string, outcomes: Outcome[]): void {
  const keep = stoppedBy() === undefined && outcomes.some(({ good }) => !good);
  if (stoppedBy() !== undefined) console.log(`stopped: removing ${own} ...`);
  if (!keep) remove(own);
}

function conclude(outcomes: Outcome[], missing: string[], allowMissing: boolean): void {
  const head = ["version", "set-up", "npm start", "outputs", "kernel tests", "minutes"];
  const rows = outcomes.map((one) => [one.name, one.setUp, one.start, one.outputs, one.tests, minutes(one)]);
  const absent = missing.map((name) => [name, "npm could not bring it", "-", "-", "-", "-"]);
  console.log(`\n${aligned([head, ...rows, ...absent]).join("\n")}`);
  if (stoppedBy() !== undefined) process.exitCode = stoppedBy() === "SIGINT" ? 130 : 143;
  else if (outcomes.some(({ good }) => !good) || (missing.length > 0 && !allowMissing)) process.exitCode = 1;
}

void main();
