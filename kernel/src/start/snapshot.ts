import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type ts from "typescript";
import type { Compiler, ParsedFiles } from "../compile";

/**
 * A V8 startup snapshot that holds TypeScript and the declaration files, parsed: it saves the kernel more than half of
 * its start. It belongs to one Node binary and to the very files; where it does not fit, the kernel starts without it.
 * It relies on nothing of tslab.
 */

export interface Snapshot {
  compiler: Compiler;
  parsed: ParsedFiles;
  options: ts.CompilerOptions;
}

export interface Manifest {
  node: string;
  blob: string;
  /** The size of the blob in bytes. */
  size: number;
  /** Path, size and time of change of each file that went in. */
  files: [string, number, number][];
}

export const SNAPSHOT_FOLDER = path.join(__dirname, "..", "snapshot");

/** Whether this process was started from a snapshot, be it another program's. */
export function isFromSnapshot(): boolean {
  return process.execArgv.includes("--snapshot-blob");
}

/**
 * What this process was started with, if it was started from the kernel's snapshot. Mends what Node loses on the way.
 */
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

/** Which Node a snapshot belongs to. */
export function nodeIdentity(): string {
  return `Node ${process.version} (V8 ${process.versions.v8}, ${process.platform}-${process.arch})`;
}

/** Size and time of change. */
export function fileState(file: string): [number, number] {
  const { size = -1, mtimeMs = -1 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return [size, Math.floor(mtimeMs)];
}
