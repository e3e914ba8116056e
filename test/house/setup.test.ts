import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, watch, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test from "node:test";

const root = resolve(__dirname, "..", "..");

/** Everything that npm ci would bring and the set-up then calls, as far as the set-up can tell. */
const stage = `
const { mkdirSync, writeFileSync } = require("node:fs");
const { dirname } = require("node:path");
const put = (path, text) => { mkdirSync(dirname(path), { recursive: true }); writeFileSync(path, text); };
put("node_modules/typescript/bin/tsc", "const fs = require('fs'); const at = process.argv[3]; fs.mkdirSync(at + '/dist', { recursive: true }); fs.writeFileSync(at + '/dist/index.js', ''); fs.writeFileSync(at + '/dist/main.js', ''); if (at === 'kernel') fs.writeFileSync('kernel/dist/install.js', \\"const fs = require('fs'); const to = process.argv[2] + '/share/jupyter/kernels/tslab'; fs.mkdirSync(to, { recursive: true }); fs.writeFileSync(to + '/kernel.json', '{}');\\");");
put("node_modules/tslab/package.json", "{}");
require("node:fs").appendFileSync("npm.calls", "npm ci\\n");
`;

/** A checkout with a stand-in for npm, in a folder whose name has a space and letters beyond ASCII. */
function checkout(npm = stage): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "dlfs set-up é漢 ")));
  for (const name of ["scripts/setup.mjs", "scripts/setup", "scripts/requirements.txt", "package.json", "package-lock.json", "tsconfig.json"]) {
    cpSync(join(root, name), join(folder, name), { recursive: true });
  }
  mkdirSync(join(folder, "lib", "assembly"), { recursive: true });
  writeFileSync(join(folder, "lib", "assembly", "build.mjs"), "");
  writeFileSync(join(folder, "npm-cli.js"), npm);
  return folder;
}

/** A stand-in for Python: answers its version, and "makes" .venv with itself in it. */
function python(folder: string, { version = "3 11", venv = "" } = {}): string {
  const file = join(folder, "python-stand-in");
  writeFileSync(file, `#!/bin/sh
case "$1 $2" in
  "-c "*) echo "${version}" ;;
  "-m venv") ${venv || 'mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; touch "$3/pyvenv.cfg"'} ;;
  *) echo fetched ;;
esac
`);
  chmodSync(file, 0o755);
  return file;
}

interface Outcome {
  code: number | null;
  printed: string;
}

function start(folder: string, environment: NodeJS.ProcessEnv = {}): ChildProcess {
  const env = { PATH: process.env.PATH, HOME: folder, npm_execpath: join(folder, "npm-cli.js"), PYTHON: environment.PYTHON ?? python(folder), ...environment };
  return spawn(process.execPath, [join(folder, "scripts", "setup.mjs"), "build"], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
}

async function end(child: ChildProcess): Promise<Outcome> {
  let printed = "";
  child.stdout?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, printed };
}

const setUp = (folder: string, environment?: NodeJS.ProcessEnv): Promise<Outcome> => end(start(folder, environment));

/** A stand-in for npm that says what a real one says in a trouble. */
const failing = (words: string): string => `console.error(${JSON.stringify(words)}); process.exit(1);`;

const posix = process.platform === "win32" ? { skip: "the stand-in for Python is a shell script" } : {};

test("set-up does its four steps once, and only the forced build again", posix, async (t) => {
  const folder = checkout();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const first = await setUp(folder);
  assert.equal(first.code, 0, first.printed);
  assert.match(first.printed, /set-up 4\/4: the kernelspec, done/);
  assert.ok(existsSync(join(folder, ".venv", "share", "jupyter", "kernels", "tslab", "kernel.json")));
  const second = await setUp(folder);
  assert.match(second.printed, /set-up 1\/1: the library and the kernel/);
  assert.equal(readFileSync(join(folder, "npm.calls"), "utf8"), "npm ci\n");
});

test("a changed lock file makes set-up run npm again", posix, async (t) => {
  const folder = checkout();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  await setUp(folder);
  writeFileSync(join(folder, "package-lock.json"), "{}");
  await setUp(folder);
  assert.equal(readFileSync(join(folder, "npm.calls"), "utf8"), "npm ci\nnpm ci\n");
});

test("two set-ups at once: the second waits and finds everything done", posix, async (t) => {
  const folder = checkout();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const both = await Promise.all([setUp(folder), setUp(folder)]);
  assert.deepEqual(both.map(({ code }) => code), [0, 0]);
  assert.equal(readFileSync(join(folder, "npm.calls"), "utf8"), "npm ci\n");
});

test("set-up killed halfway is completed by the next one, its lock taken over", posix, async (t) => {
  const folder = checkout(`require("node:fs").writeFileSync("npm.begun", ""); setInterval(() => process.stdout.write("."), 50); process.stdout.on("error", () => process.exit());`);
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const child = start(folder);
  const ended = end(child);
  await appears(folder, "npm.begun");
  child.kill("SIGKILL");
  await ended;
  assert.deepEqual(readdirSync(join(folder, ".setup")).filter((name) => name.endsWith(".stamp")), []);
  writeFileSync(join(folder, "npm-cli.js"), stage);
  const next = await setUp(folder);
  assert.equal(next.code, 0, next.printed);
  assert.ok(!existsSync(join(folder, ".setup", "lock")));
});

function appears(folder: string, name: string): Promise<void> {
  return new Promise((done) => {
    const watcher = watch(folder, () => look());
    const look = (): void => {
      if (!existsSync(join(folder, name))) return;
      watcher.close();
      done();
    };
    look();
  });
}

const troubles: [string, string, NodeJS.ProcessEnv | undefined, RegExp][] = [
  ["no network", failing("npm error code EAI_AGAIN\nnpm error request failed, reason: getaddrinfo EAI_AGAIN"), undefined, /the network cannot be reached.*run the command again/],
  ["a full disk", failing("npm error code ENOSPC\nnpm error nospc ENOSPC: no space left on device, write"), undefined, /the disk is full: free some space/],
  ["a wrong digest", failing("npm error code EINTEGRITY"), undefined, /does not have the pinned digest/],
  ["no Python at all", stage, { PATH: "/nowhere", PYTHON: "/nowhere/python" }, /Python 3\.11 or newer is wanted and was not found.*install it/],
];

for (const [trouble, npm, environment, sentence] of troubles) {
  test(`${trouble}: one sentence with the command that mends it, and exit code 1`, posix, async (t) => {
    const folder = checkout(npm);
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    assertSentence(await setUp(folder, environment), sentence);
  });
}

test("an old Node is told which one is wanted", posix, async (t) => {
  const folder = checkout();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const preload = join(folder, "old-node.cjs");
  writeFileSync(preload, 'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.19.0" } });');
  assertSentence(await setUp(folder, { NODE_OPTIONS: `--require "${preload}"` }), /Node 18\.19\.0 is too old: Node 20 or newer is wanted/);
});

test("an old Python is named with its version", posix, async (t) => {
  const folder = checkout();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  assertSentence(await setUp(folder, { PATH: "/nowhere", PYTHON: python(folder, { version: "3 9" }) }), /Python 3\.11 or newer is wanted.*is 3\.9/);
});

test("a Python without venv is told how to get it", posix, async (t) => {
  const folder = checkout();
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const venv = 'echo "The virtual environment was not created successfully because ensurepip is not available." >&2; exit 1';
  assertSentence(await setUp(folder, { PYTHON: python(folder, { venv }) }), /this Python has no venv or pip: install them/);
});

function assertSentence({ code, printed }: Outcome, sentence: RegExp): void {
  assert.equal(code, 1, printed);
  const said = printed.split("\n").filter((line) => line && !/^set-up \d\/\d:/.test(line));
  assert.equal(said.length, 1, printed);
  assert.match(said[0], sentence);
}
