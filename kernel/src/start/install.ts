#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { cellOptions } from "../compile";
import { buildSnapshot, type SnapshotInput } from "./buildSnapshot";
import { compilerFile, libraryReader, loadCompiler } from "./loadCompiler";
import { currentSnapshot } from "./snapshot";

/**
 * `node kernel/dist/start/install.js <prefix>`: puts the kernelspec and its logos into
 * `<prefix>/share/jupyter/kernels/tslab`.
 */

const LOGOS = path.join(__dirname, "..", "..", "logos");

export function install(prefix: string): void {
  const folder = path.join(prefix, "share", "jupyter", "kernels", "tslab");
  mkdirSync(folder, { recursive: true });
  for (const name of readdirSync(LOGOS)) write(path.join(folder, name), readFileSync(path.join(LOGOS, name)));
  write(path.join(folder, "kernel.json"), Buffer.from(`${JSON.stringify(kernelspec(), null, 2)}\n`));
}

// Written to a temporary file first, so that Jupyter never reads an incomplete file.
function write(file: string, wanted: Buffer): void {
  if (contents(file)?.equals(wanted)) return;
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, wanted);
  renameSync(beside, file);
}

function kernelspec(): object {
  return {
    argv: [process.execPath, path.join(__dirname, "main.js"), "--config-path", "{connection_file}"],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
  };
}

function contents(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

function snapshotInput(): SnapshotInput {
  const { compiler, files } = loadCompiler();
  const options = cellOptions(compiler, libraryReader(compiler));
  return { compiler: compilerFile(), root: path.resolve("__snapshot__.ts"), options, typesFile: files.typesFile! };
}

function installSnapshot(): void {
  if ("blob" in currentSnapshot()) return;
  const started = Date.now();
  try {
    buildSnapshot(snapshotInput());
    console.log(`kernel: startup snapshot built in ${((Date.now() - started) / 1000).toFixed(1)} s`);
  } catch (error) {
    console.warn(`kernel: no startup snapshot, the kernel starts slower (${(error as Error).message})`);
  }
}

if (require.main === module) {
  const [prefix] = process.argv.slice(2);
  if (!prefix) {
    console.error("usage: install.js <prefix of the Python environment>");
    process.exit(1);
  }
  install(path.resolve(prefix));
  installSnapshot();
}
