import { createHash } from "node:crypto";
import {
  accessSync,
  constants,
  lstatSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join, relative } from "node:path";
import { makeFolder, makeRoom, records, root } from "./environment.mjs";
import { SetupError } from "./errors.mjs";

/**
 * The records of the set-up's steps: the digest of a step's inputs, and the state of the files that the step made. A
 * step runs again if its inputs have changed or its files are damaged. Files without which no command works
 * (`step.vital`) are checked before each command; all files (`step.made`) are checked after a command has failed.
 */

/** Whether a step is up to date: its inputs are the recorded ones, and its vital files are unchanged. */
export function isCurrent(step) {
  const record = recordOf(step);
  if (record === undefined || record.inputs !== inputsOf(step) || record.after !== runsBefore(step)) return false;
  return firstChange(record.vital) === undefined && works(step, record);
}

function works(step, record) {
  try {
    return step.works === undefined || step.works(record.works);
  } catch (error) {
    if (error instanceof SetupError) throw error;
    return false; // a file that it reads does not exist or cannot be read
  }
}

/** Removes a step's record before the step runs, so that the step does not count as current if it fails. */
export function forget(step) {
  for (const file of [recordFile(step), listFile(step)]) rmSync(file, { recursive: true, force: true });
}

export function remember(step) {
  if (step.made) replace(listFile(step), statesOf(step.made()));
  replace(recordFile(step), {
    inputs: inputsOf(step),
    after: runsBefore(step),
    run: Date.now().toString(36),
    vital: statesOf(step.vital()),
    works: step.record?.(),
  });
}

/** The first file of the step that has changed since the step made it; undefined if there is none. */
export function damageOf(step) {
  const record = recordOf(step);
  return record && (firstChange(record.vital) ?? firstChange(readJson(listFile(step))));
}

const recordFile = (step) => join(records, `${step.name}.json`);
const listFile = (step) => join(records, `${step.name}.files.json`);
const recordOf = (step) => readJson(recordFile(step));

function readJson(file) {
  try {
    return JSON.parse(readFileSync(file, "utf8")) ?? undefined;
  } catch {
    return undefined;
  }
}

function replace(file, content) {
  makeFolder(records);
  const beside = `${file}.new`;
  [beside, file].forEach(makeRoom);
  try {
    writeFileSync(beside, JSON.stringify(content));
    renameSync(beside, file);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}

/** The runs of the steps on whose files this step depends: when one of them has run again, this step must too. */
const runsBefore = (step) => (step.after ?? []).map((name) => recordOf({ name })?.run).join();

// Several steps read the same sources, so each file is hashed once.
const digests = new Map();

function inputsOf(step) {
  const hash = createHash("sha256").update(JSON.stringify(step.identity()));
  for (const path of step.inputs)
    for (const file of filesBelow(join(root, path))) {
      hash.update(relative(root, file)).update("\0").update(digestOf(file)).update("\0");
    }
  return hash.digest("hex");
}

function digestOf(file) {
  if (!digests.has(file)) digests.set(file, createHash("sha256").update(readFileSync(file)).digest("hex"));
  return digests.get(file);
}

/** The files below a path, in a fixed order, without files and folders whose names are in `without`. */
export function filesBelow(path, without = ["node_modules", "dist"]) {
  const state = lstatSync(path, { throwIfNoEntry: false });
  if (!state) return [];
  if (!state.isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .filter((name) => !without.includes(name))
    .flatMap((name) => filesBelow(join(path, name), without));
}

function statesOf(files) {
  return Object.fromEntries(files.map((file) => [relative(root, file), stateOf(file)]));
}

function firstChange(states = {}) {
  return Object.keys(states).find((path) => stateOf(join(root, path)) !== states[path]);
}

/** Size and modification time of a file, or the code of the error if it cannot be read. */
function stateOf(file) {
  try {
    const { size, mtimeMs } = lstatSync(file);
    accessSync(file, constants.R_OK);
    return `${size} ${Math.floor(mtimeMs)}`;
  } catch (error) {
    return error.code;
  }
}
