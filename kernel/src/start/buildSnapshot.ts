import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import type ts from "typescript";
import { shortened, type Compiler } from "../compile";
import { fileState, nodeIdentity, SNAPSHOT_FOLDER, type Manifest } from "./snapshot";

/** Makes the startup snapshot. */

export interface SnapshotInput {
  /** TypeScript's one file. */
  compiler: string;
  /** The name of a file that is not on disk, from which the other files are resolved. */
  root: string;
  options: ts.CompilerOptions;
  /** The declarations of Node. */
  typesFile: string;
}

/**
 * The input of snapshotEntry.ts, in an environment variable. `code` is the file with the compiler's shortened code,
 * `list` the file into which the names of the used files are written.
 */
export type EntryInput = SnapshotInput & { code: string; list: string };

const TRIAL = 60_000; // milliseconds

/**
 * Builds the snapshot's blob in `folder`. Throws if Node cannot build it, or if it does not work completely (see
 * snapshotTrial.ts).
 */
export function buildSnapshot(input: SnapshotInput, folder = SNAPSHOT_FOLDER): void {
  mkdirSync(folder, { recursive: true });
  const beside = path.join(folder, `building.${process.pid}`);
  try {
    const files = runEntry(input, beside);
    tryOut(beside);
    const blob = `${createHash("sha256").update(readFileSync(beside)).digest("hex").slice(0, 16)}.blob`;
    renameSync(beside, path.join(folder, blob));
    const [size] = fileState(path.join(folder, blob));
    replaceManifest(folder, { node: nodeIdentity(), blob, size, files });
    removeOthers(folder, blob);
  } finally {
    rmSync(beside, { force: true });
    rmSync(`${beside}.json`, { force: true });
    rmSync(`${beside}.js`, { force: true });
  }
}

function runEntry(input: SnapshotInput, blob: string): Manifest["files"] {
  const [list, code] = [`${blob}.json`, `${blob}.js`];
  writeFileSync(code, shortenedCode(input.compiler));
  const environment = {
    ...process.env,
    NODE_OPTIONS: "",
    DLFS_KERNEL_SNAPSHOT: JSON.stringify({ ...input, code, list }),
  };
  const entry = path.join(__dirname, "snapshotEntry.js");
  const error = `${blob}.log`;
  const log = openSync(error, "w");
  try {
    // No pipes: see snapshotEntry.ts.
    const ended = spawnSync(process.execPath, ["--snapshot-blob", blob, "--build-snapshot", entry], {
      env: environment,
      stdio: ["ignore", "ignore", log],
    });
    if (ended.status !== 0)
      throw new Error(`buildSnapshot: node --build-snapshot ${endOf(ended)}: ${lastLine(readFileSync(error, "utf8"))}`);
  } finally {
    closeSync(log);
    rmSync(error, { force: true });
  }
  const names: string[] = JSON.parse(readFileSync(list, "utf8"));
  return names.map((name) => [name, ...fileState(name)]);
}

function shortenedCode(file: string): string {
  const compiler = require(file) as Compiler;
  return shortened(compiler, compiler.createSourceFile(file, readFileSync(file, "utf8"), compiler.ScriptTarget.Latest));
}

// If modules that load without the snapshot fail with it, it is not used, even if the kernel itself would start.
function tryOut(blob: string): void {
  const trial = path.join(__dirname, "snapshotTrial.js");
  const environment = { ...process.env, NODE_OPTIONS: "" };
  const run = (...flags: string[]) =>
    spawnSync(process.execPath, [...flags, trial], { env: environment, encoding: "utf8", timeout: TRIAL });
  const plain = run();
  const ended = run("--snapshot-blob", blob);
  if (ended.status !== 0)
    throw new Error(`buildSnapshot: a process started from it ${endOf(ended)}: ${lastLine(ended.stderr)}`);
  const spoilt = reported(ended).filter((name) => !reported(plain).includes(name));
  if (spoilt.length > 0)
    throw new Error(`buildSnapshot: worker threads of a process started from it cannot load ${spoilt.join(", ")}`);
}

// The names of the modules that the trial could not load.
function reported({ stdout }: SpawnSyncReturns<string>): string[] {
  return stdout.split("\n").filter(Boolean);
}

function endOf({ status, signal, error }: SpawnSyncReturns<unknown>): string {
  return error ? error.message : `ended with ${signal ?? status}`;
}

function lastLine(text: string): string {
  return (
    text
      .trim()
      .split("\n")
      .find((line) => /assert|error|fatal/i.test(line)) ??
    text.trim().split("\n").at(-1) ??
    ""
  );
}

function replaceManifest(folder: string, manifest: Manifest): void {
  const beside = path.join(folder, `manifest.${process.pid}`);
  writeFileSync(beside, JSON.stringify(manifest));
  renameSync(beside, path.join(folder, "manifest.json"));
}

// Running kernels have the blob in memory, so the file can be removed.
function removeOthers(folder: string, blob: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".blob") && name !== blob) rmSync(path.join(folder, name), { force: true });
  }
}
