import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import type ts from "typescript";
import type { Compiler, Known } from "../compile";

/**
 * The V8 startup snapshot, which contains TypeScript and the parsed declaration files. It saves more than half of the
 * kernel's start time. It fits only the Node binary and the files from which it was built; otherwise the kernel starts
 * without it.
 */

export interface Snapshot {
  compiler: Compiler;
  known: Known;
  options: ts.CompilerOptions;
}

export interface Manifest {
  node: string;
  blob: string;
  /** The size of the blob in bytes. */
  size: number;
  /** Path, size and modification time of each file in the snapshot. */
  files: [string, number, number][];
}

export const SNAPSHOT_FOLDER = path.join(__dirname, "..", "snapshot");

/** Whether this process was started from a snapshot, which may be another program's. */
export function isFromSnapshot(): boolean {
  return process.execArgv.includes("--snapshot-blob");
}

/**
 * The contents of the kernel's snapshot, if this process was started from it. Also restores what Node loses in a
 * snapshot.
 */
export function takeSnapshot(): Snapshot | undefined {
  const holder = globalThis as { __dlfsKernelSnapshot?: Snapshot & { Console: typeof console.Console } };
  const snapshot = holder.__dlfsKernelSnapshot;
  if (!snapshot) return undefined;
  delete holder.__dlfsKernelSnapshot;
  Error.stackTraceLimit = 10;
  console.Console = snapshot.Console;
  // Processes and threads that a cell starts must not start from the kernel's snapshot.
  const at = process.execArgv.indexOf("--snapshot-blob");
  if (at >= 0) process.execArgv.splice(at, 2);
  return snapshot;
}

/** The path of a blob that fits this Node and the current files, or the reason why there is none. */
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

/** Size and modification time of a file. */
export function fileState(file: string): [number, number] {
  const { size = -1, mtimeMs = -1 } = statSync(file, { throwIfNoEntry: false }) ?? {};
  return [size, Math.floor(mtimeMs)];
}
