#!/usr/bin/env node
import { mkdirSync, readdirSync, readFileSync, renameSync, rmdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { cellOptions } from "../compile";
import { buildSnapshot, type SnapshotInput } from "./buildSnapshot";
import { compilerFile, libraryReader, loadCompiler } from "./loadCompiler";
import { currentSnapshot } from "./snapshot";

/** The command `dlfs-kernel`: makes the kernel known to a Jupyter, by a folder with the kernelspec and its logos. */

const usage = `
dlfs-kernel --user | [--prefix] DIR [--remove | --replace]

Makes the TypeScript kernel known to Jupyter, by the kernelspec "tslab".

  --user        to every Jupyter of this user
  --prefix DIR  to the Jupyter of the Python environment in DIR
  --replace     in place of another kernel that has this name
  --remove      takes it away again
  --help        this text
`;

const OPTIONS = {
  user: { type: "boolean" },
  prefix: { type: "string" },
  replace: { type: "boolean" },
  remove: { type: "boolean" },
  help: { type: "boolean" },
} as const;

const LOGOS = path.join(__dirname, "..", "..", "logos");
const MAIN = path.join(__dirname, "main.js");

/** What is wrong with the arguments, as a sentence. */
class Refused extends Error {}

interface Wanted {
  /** The folder `kernels` of a Jupyter, in which each kernel has a folder. */
  kernels: string;
  /** The folders above it up to this one were there before. */
  base: string;
}

function wanted(user: boolean, prefix: string | undefined): Wanted {
  if (user && prefix !== undefined) throw new Refused("--user and --prefix: wanted one of them");
  if (user) {
    const data = userData();
    return { kernels: path.join(data, "kernels"), base: path.dirname(data) };
  }
  if (prefix === undefined) throw new Refused("no place: wanted --user or --prefix DIR");
  const base = path.resolve(prefix);
  if (prefix === "" || !statSync(base, { throwIfNoEntry: false })?.isDirectory())
    throw new Refused(`--prefix ${prefix}: wanted a folder that is there, as that of a Python environment`);
  return { kernels: path.join(base, "share", "jupyter", "kernels"), base };
}

/** The folder of a user's kernels and extensions, where Jupyter looks for them (jupyter_core's `jupyter_data_dir`). */
function userData(): string {
  // the project's commands set JUPYTER_DATA_DIR for themselves, and keep the user's own value
  const { JUPYTER_DATA_DIR, DLFS_USER_JUPYTER_DATA = JUPYTER_DATA_DIR, APPDATA, XDG_DATA_HOME } = process.env;
  if (DLFS_USER_JUPYTER_DATA) return path.resolve(DLFS_USER_JUPYTER_DATA);
  const home = os.homedir();
  if (process.platform === "darwin") return path.join(home, "Library", "Jupyter");
  if (process.platform === "win32") return path.join(APPDATA ?? path.join(home, "AppData", "Roaming"), "jupyter");
  return path.join(XDG_DATA_HOME ?? path.join(home, ".local", "share"), "jupyter");
}

/** Writes the kernelspec and its logos. @throws Refused if another kernel has the name, and it is not to be replaced */
function install({ kernels }: Wanted, replace: boolean): void {
  const folder = path.join(kernels, "tslab");
  const other = otherKernel(folder);
  if (other !== undefined && !replace)
    throw new Refused(`${folder} is that of another kernel, ${other}: wanted --replace to put this one in its place`);
  mkdirSync(folder, { recursive: true });
  const files: [string, Buffer][] = readdirSync(LOGOS).map((name) => [name, readFileSync(path.join(LOGOS, name))]);
  files.push(["kernel.json", Buffer.from(`${JSON.stringify(kernelspec(), null, 2)}\n`)]);
  const changed = files.filter(([name, content]) => write(path.join(folder, name), content));
  if (changed.length > 0) console.log(`the kernelspec tslab is in ${folder}`);
}

/** Removes the kernelspec, and folders above it that are empty then. @throws Refused if it is not this kernel's */
function remove({ kernels, base }: Wanted): void {
  const folder = path.join(kernels, "tslab");
  if (contents(path.join(folder, "kernel.json")) === undefined)
    throw new Refused(`there is no kernelspec in ${folder}: wanted one to remove`);
  const other = otherKernel(folder);
  if (other !== undefined) throw new Refused(`${folder} is that of another kernel, ${other}: wanted this one's`);
  rmSync(folder, { recursive: true });
  for (let above = kernels; above !== base && isEmpty(above); above = path.dirname(above)) rmdirSync(above);
  console.log(`the kernelspec tslab is no longer in ${folder}`);
}

const isEmpty = (folder: string): boolean => readdirSync(folder).length === 0;

/** The command line of the kernel whose kernelspec is in a folder, if that is not this kernel. */
function otherKernel(folder: string): string | undefined {
  const text = contents(path.join(folder, "kernel.json"))?.toString();
  if (text === undefined) return undefined;
  try {
    const { argv } = JSON.parse(text) as { argv: string[] };
    return argv.includes(MAIN) ? undefined : argv.join(" ");
  } catch {
    return undefined; // a damaged file of ours, or of nobody's
  }
}

/**
 * Writes a file if its content is another one; returns whether it was. First to a temporary file, so that Jupyter never
 * reads an incomplete file.
 */
function write(file: string, content: Buffer): boolean {
  if (contents(file)?.equals(content)) return false;
  const beside = `${file}.${process.pid}`;
  writeFileSync(beside, content);
  renameSync(beside, file);
  return true;
}

function kernelspec(): object {
  return {
    argv: [process.execPath, MAIN, "--config-path", "{connection_file}"],
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

function main(): void {
  try {
    const { values, positionals } = parseArgs({ options: OPTIONS, allowPositionals: true });
    const { user = false, prefix, remove: removes = false, replace = false, help } = values;
    if (help) return console.log(usage.trim());
    const [folder, ...more] = [...(prefix === undefined ? [] : [prefix]), ...positionals];
    if (more.length > 0) throw new Refused(`${[folder, ...more].join(", ")}: wanted one folder`);
    const place = wanted(user, folder);
    if (removes && replace) throw new Refused("--remove and --replace: wanted one of them");
    if (removes) return remove(place);
    install(place, replace);
    installSnapshot();
  } catch (error) {
    // wrong options, and folders that may not be written
    console.error(`dlfs-kernel: ${(error as Error).message}`);
    process.exitCode = 1;
  }
}

if (require.main === module) main();
