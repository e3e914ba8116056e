import { spawnSync, type SpawnSyncReturns } from "node:child_process";
import { createHash } from "node:crypto";
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import type ts from "typescript";
import type { ParsedFiles } from "./compile";
import { shortened } from "./compile/shortened";

/**
 * A V8 startup snapshot that holds TypeScript and the declaration files, parsed: it saves the kernel more than half of
 * its start. It belongs to one Node binary and to the very files; where it does not fit, the kernel starts without it.
 */

export interface SnapshotInput {
  /** TypeScript's one file. */
  compiler: string;
  /** The name of a file, not on disk, from which everything else is found. */
  root: string;
  options: ts.CompilerOptions;
  /** The declarations of Node. */
  typesFile: string;
}

/** What snapshotEntry.ts reads from its environment: also where the compiler's shortened code is, and where to list what went in. */
export type EntryInput = SnapshotInput & { code: string; list: string };

export interface Snapshot {
  compiler: typeof ts;
  parsed: ParsedFiles;
  options: ts.CompilerOptions;
}

interface Manifest {
  node: string;
  blob: string;
  /** The size of the blob in bytes. */
  size: number;
  /** Path, size and time of change of each file that went in. */
  files: [string, number, number][];
}

const TRIAL = 60_000; // milliseconds

export const SNAPSHOT_FOLDER = path.join(__dirname, "snapshot");

/** Whether this process was started from a snapshot, be it another program's. */
export function isFromSnapshot(): boolean {
  return process.execArgv.includes("--snapshot-blob");
}

/** What this process was started with, if it was started from the kernel's snapshot. Mends what Node loses on the way. */
export function takeSnapshot(): Snapshot | undefined {
  const holder = globalThis as { __dlfsKernelSnapshot?: Snapshot & { Console: typeof console.Console } };
  const snapshot = holder.__dlfsKernelSnapshot;
  if (!snapshot) return undefined;
  delete holder.__dlfsKernelSnapshot;
  Error.stackTraceLimit = 10;
  console.Console = snapshot.Console;
  // Processes and threads that a cell starts shall not start from the kernel's snapshot.
  const at = process.execArgv.indexOf("--snapshot-blob");
  if (at >= 0) process.execArgv.splice(at, 2);
  return snapshot;
}

/** The path of a blob that fits this Node and the files of today, else why there is none. */
export function currentSnapshot(folder = SNAPSHOT_FOLDER): { blob: string } | { reason: string } {
  const file = path.join(folder, "manifest.json");
  if (!existsSync(file)) return { reason: "there is none" };
  try {
    return fitting(folder, JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return { reason: "its manifest is damaged" };
  }
}

function fitting(folder: string, manifest: Manifest): { blob: string } | { reason: string } {
  if (manifest.node !== nodeIdentity()) return { reason: `it was made by ${manifest.node}, this is ${nodeIdentity()}` };
  const blob = path.join(folder, manifest.blob);
  if (fileState(blob)[0] !== manifest.size) return { reason: "its file is damaged" };
  const changed = manifest.files.find(([file, ...state]) => state.join() !== fileState(file).join());
  if (changed) return { reason: `${changed[0]} has changed since it was made` };
  return { blob };
}

/** Builds the blob into `folder`. Throws when Node cannot build it, or when it does not work in full: see snapshotTrial.ts. */
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
  const compiler = require(file) as typeof ts;
  return shortened(compiler, compiler.createSourceFile(file, readFileSync(file, "utf8"), compiler.ScriptTarget.Latest));
}

// What fails with the snapshot and not without it makes it useless, however well the kernel itself would start.
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

// The names of the modules that could not be loaded.
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

// A running kernel has its blob in memory: the file may go.
function removeOthers(folder: string, blob: string): void {
  for (const name of readdirSync(folder)) {
    if (name.endsWith(".blob") && name !== blob) rmSync(path.join(folder, name), { force: true });
  }
}

function nodeIdentity(): string {
  return `Node ${process.version} (V8 ${process.versions.v8}, ${process.platform}-${process.arch})`;
}

function fileState(file: string): [number, number] {
  const { size = -1, mtimeMs = -1 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return [size, Math.floor(mtimeMs)];
}
