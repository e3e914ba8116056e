import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  watch,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import type { TestContext } from "node:test";

const root = resolve(__dirname, "..", "..", "..");

/** The set-up's stand-ins are shell scripts, and its locks and signals those of POSIX. */
export const posix = process.platform === "win32" ? { skip: "the stand-in for Python is a shell script" } : {};

/** Stand-ins for two files of the kernel: they make and find a file in .venv in place of a snapshot. */
const kernelFiles = {
  install: `
const { mkdirSync, writeFileSync } = require("node:fs");
const folder = process.argv[3] + "/share/jupyter/kernels/tslab";
mkdirSync(folder, { recursive: true });
writeFileSync(folder + "/kernel.json", "{}");
writeFileSync(process.argv[3] + "/snapshot", "");
`,
  snapshot: `
const blob = require("node:path").join(__dirname, "../../../.venv/snapshot");
exports.currentSnapshot = () => (require("node:fs").existsSync(blob) ? { blob } : { reason: "there is none" });
`,
};

/** As tsc does, it leaves alone what a record of an earlier run says is there. */
const tsc = `
const { existsSync, mkdirSync, readdirSync, writeFileSync } = require("node:fs");
const { basename, dirname } = require("node:path");
const ofKernel = ${JSON.stringify(kernelFiles)};
const [, , , workspace, , folder, , , record] = process.argv;
const isKnown = (file) => existsSync(record) && existsSync(folder + "/" + file);
const emit = (file, text) => isKnown(file) || writeFileSync(folder + "/" + file, text);
for (const source of readdirSync(workspace + "/src", { recursive: true })) {
  if (!source.endsWith(".ts")) continue;
  mkdirSync(dirname(folder + "/" + source), { recursive: true });
  emit(source.replace(".ts", ".js"), ofKernel[basename(source, ".ts")] ?? "// of " + workspace);
}
writeFileSync(record, "");
`;

const tsNode = `
const { readFileSync } = require("node:fs");
require.extensions[".ts"] = (module, file) => module._compile(readFileSync(file, "utf8"), file);
`;

const packages = {
  "node_modules/.package-lock.json": JSON.stringify({
    packages: { "node_modules/typescript": {}, "node_modules/ts-node": {} },
  }),
  "node_modules/typescript/package.json": "{}",
  "node_modules/typescript/index.js": "",
  "node_modules/typescript/bin/tsc": tsc,
  "node_modules/typescript/deep/file.js": "module.exports = 1;",
  "node_modules/ts-node/package.json": "{}",
  "node_modules/ts-node/register/transpile-only.js": tsNode,
};

/** The steps that npm run build does, whatever is recorded, as stepsOf gives them. */
export const BUILDS = ["the WebAssembly", "the library", "the kernel"];

/** A stand-in for npm: it brings all that the set-up then calls, as far as the set-up can tell. */
export const stage = `
const { appendFileSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
rmSync("node_modules", { recursive: true, force: true });
for (const [path, text] of Object.entries(${JSON.stringify(packages)})) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
appendFileSync("npm.calls", "npm ci\\n");
`;

/**
 * A checkout with a stand-in for npm, in a folder whose name has a space and letters beyond ASCII; it goes with the
 * test.
 */
export function checkout(t: TestContext, npm = stage): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "dlfs set-up é漢 ")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of [
    "scripts/setup.mjs",
    "scripts/setup",
    "scripts/requirements.txt",
    "package.json",
    "package-lock.json",
    "tsconfig.json",
  ]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  put(folder, "lib/assembly/build.mjs", `(await import("node:fs")).writeFileSync(process.argv[2], "routines");`);
  for (const name of [
    "lib/src/index.ts",
    "kernel/src/start/main.ts",
    "kernel/src/start/install.ts",
    "kernel/src/start/snapshot.ts",
    "data/sample_network.npz",
    "data/digit.svg",
  ])
    put(folder, name, "");
  put(folder, "npm-cli.js", npm);
  mkdirSync(join(folder, "bin"));
  symlinkSync(python(folder), join(folder, "bin", "python3.11")); // what is found where PYTHON names none
  return folder;
}

export function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/** Where the stand-in for Python keeps its one package. */
export const sitePackages = ".venv/lib/python3/site-packages";

const makesVenv = (file: string, version: string): string =>
  [
    `mkdir -p "$3/bin" "$3/lib/python3/site-packages/tornado" "$3/lib/python3/site-packages/tornado-6.5.dist-info"`,
    `ln -s "${file}" "$3/bin/python"`,
    `touch "$3/pyvenv.cfg" "$3/lib/python3/site-packages/tornado/__init__.py"`,
    `touch "$3/lib/python3/site-packages/tornado-6.5.dist-info/RECORD"`,
    `echo ${version} >> python.calls`,
  ].join("; ");

/** A stand-in for Python: answers its version, and "makes" .venv with a link to itself and one package in it. */
export function python(folder: string, { version = "3 11", venv = "", name = "python-stand-in" } = {}): string {
  const file = join(folder, name);
  writeFileSync(
    file,
    `#!/bin/sh
case "$1 $2" in
  "-c "*) echo "${version}" ;;
  "-m venv") ${venv || makesVenv(file, version)} ;;
  *) echo fetched ;;
esac
`,
  );
  chmodSync(file, 0o755);
  return file;
}

export interface Outcome {
  code: number | null;
  printed: string;
}

/** Another user, where the tests run as root, who may write everywhere. */
export const reader = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** Begins a command of the checkout; PYTHON is left out by the value "". */
export function begin(
  folder: string,
  args: string[],
  environment: NodeJS.ProcessEnv = {},
  user: typeof reader = {},
): ChildProcess {
  const stand = { npm_execpath: join(folder, "npm-cli.js"), PYTHON: join(folder, "python-stand-in") };
  const env = { PATH: `${join(folder, "bin")}:${process.env.PATH}`, HOME: folder, ...stand, ...environment };
  const line = [join(folder, "scripts", "setup.mjs"), ...args];
  return spawn(process.execPath, line, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"], ...user });
}

export async function end(child: ChildProcess): Promise<Outcome> {
  let printed = "";
  for (const output of [child.stdout, child.stderr])
    output?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, printed };
}

export const run = (folder: string, args: string[], environment?: NodeJS.ProcessEnv): Promise<Outcome> =>
  end(begin(folder, args, environment));

/** A command that sets up first, and then prints "ran". */
export function runProbe(folder: string, environment?: NodeJS.ProcessEnv): Promise<Outcome> {
  put(folder, "scripts/probe.ts", 'const help = `\nnpm run probe\n`;\nconsole.log("ran");');
  return run(folder, ["probe"], environment);
}

/** Resolves when the file is there; its folder is. */
export function appears(file: string): Promise<void> {
  return new Promise((done) => {
    const watcher = watch(dirname(file), { persistent: false }, () => look());
    const look = (): void => {
      if (!existsSync(file)) return;
      watcher.close();
      done();
    };
    look();
  });
}

/** Resolves when a child prints what matches. */
export function prints(child: ChildProcess, pattern: RegExp): Promise<void> {
  let printed = "";
  return new Promise((done) => {
    for (const output of [child.stdout, child.stderr])
      output?.on("data", (chunk: Buffer) => pattern.test((printed += chunk.toString())) && done());
  });
}

/** What a command printed beside the lines on how far the set-up is. */
export const said = ({ printed }: Outcome): string[] =>
  printed.split("\n").filter((line) => line && !/^set-up \d\/\d:/.test(line));

/** The steps that ran, by the beginning of their titles. */
export const stepsOf = ({ printed }: Outcome): string[] =>
  [...printed.matchAll(/^set-up \d\/\d: (\S+ \S+).*done in/gm)].map(([, title]) => title);
