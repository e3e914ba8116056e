import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { BUILDS, appears, begin, checkout, end, posix, prints, put, run, stage, stepsOf } from "./checkout";

const waitingNpm = `
require("node:fs").writeFileSync("npm.begun", "");
require("node:fs").watch(".", () => require("node:fs").existsSync("npm.go") && process.exit());
`;

test("two set-ups at once: the second says which process it waits for, and finds everything done", posix, async (t) => {
  const folder = checkout(t, `${stage}\n${waitingNpm}`);
  const first = begin(folder, ["build"]);
  const firstEnd = end(first);
  await appears(join(folder, "npm.begun"));
  const second = begin(folder, ["build"]);
  const secondEnd = end(second);
  await prints(
    second,
    new RegExp(
      `another set-up of this checkout is running \\(process ${first.pid}\\): waiting for it; if there is none, remove .setup/locks/${first.pid}-`,
    ),
  );
  put(folder, "npm.go", "");
  assert.deepEqual(
    (await Promise.all([firstEnd, secondEnd])).map(({ code }) => code),
    [0, 0],
  );
  assert.equal(readFileSync(join(folder, "npm.calls"), "utf8"), "npm ci\n");
});

test("six set-ups that begin together do each step once", posix, async (t) => {
  const folder = checkout(t);
  const ends = await Promise.all(Array.from({ length: 6 }, () => run(folder, ["build"])));
  assert.deepEqual(
    ends.map(({ code }) => code),
    [0, 0, 0, 0, 0, 0],
    ends.map(({ printed }) => printed).join("\n"),
  );
  assert.equal(readFileSync(join(folder, "npm.calls"), "utf8"), "npm ci\n");
  assert.deepEqual(readdirSync(join(folder, ".setup", "locks")), []);
});

/** Lets another set-up make each folder of .setup just after this one has found that there is none. */
const otherIsFaster = `
const fs = require("node:fs");
const { lstatSync, mkdirSync, statSync } = fs;
const isOurs = (path) => /[.]setup/.test(String(path)) && !lstatSync(path, { throwIfNoEntry: false });
fs.statSync = (path, ...rest) => {
  const missing = isOurs(path) && !/[.](json|log|new)$/.test(path);
  try {
    return statSync(path, ...rest);
  } finally {
    if (missing) mkdirSync(path, { recursive: true });
  }
};
require("node:module").syncBuiltinESMExports();
`;

test("a folder that another set-up makes in the same moment serves both", posix, async (t) => {
  const folder = checkout(t);
  put(folder, "faster.cjs", otherIsFaster);
  const outcome = await run(folder, ["build"], { NODE_OPTIONS: `--require "${join(folder, "faster.cjs")}"` });
  assert.equal(outcome.code, 0, outcome.printed);
});

/** What a set-up writes into its lock, of a process of the test's own. */
async function claimOf(t: TestContext, changes: { begun?: string; machine?: string }): Promise<string> {
  const other = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
  t.after(() => other.kill());
  const { identityOf } = (await import(join(process.cwd(), "scripts/setup/identity.mjs"))) as {
    identityOf(pid: number): object;
  };
  return JSON.stringify({ owner: { ...identityOf(other.pid as number), ...changes } });
}

test("the lock of a process whose number another one has now is taken away at once", posix, async (t) => {
  const folder = checkout(t);
  put(folder, ".setup/locks/old", await claimOf(t, { begun: "1" }));
  const outcome = await run(folder, ["build"]);
  assert.equal(outcome.code, 0, outcome.printed);
  assert.doesNotMatch(outcome.printed, /waiting/);
});

/** Lets ten seconds of waiting pass in a moment. */
const hurry = `
const timers = require("node:timers/promises");
let passed = 0;
const { now } = performance;
performance.now = () => now.call(performance) + passed;
const { setTimeout: delay } = timers;
timers.setTimeout = (time, ...rest) => { passed += 5000; return delay(time / 20, ...rest); };
require("node:module").syncBuiltinESMExports();
`;

const unknown: [string, (folder: string, t: TestContext) => unknown][] = [
  ["an empty lock", (folder) => put(folder, ".setup/locks/empty", "")],
  ["a lock of garbage", (folder) => put(folder, ".setup/locks/garbage", "\0\x01{")],
  ["a lock that is a folder", (folder) => put(folder, ".setup/locks/folder/file", "")],
  [
    "the lock of another machine that gives no sign of life",
    async (folder, t) => put(folder, ".setup/locks/far", await claimOf(t, { machine: "far away" })),
  ],
];

for (const [title, make] of unknown) {
  test(`${title}: said with its name, and taken away after some seconds`, posix, async (t) => {
    const folder = checkout(t);
    await make(folder, t);
    put(folder, "hurry.cjs", hurry);
    const outcome = await run(folder, ["build"], { NODE_OPTIONS: `--require "${join(folder, "hurry.cjs")}"` });
    assert.equal(outcome.code, 0, outcome.printed);
    assert.match(outcome.printed, /waiting for it; if there is none, remove \.setup\/locks\//);
    assert.deepEqual(readdirSync(join(folder, ".setup", "locks")), []);
  });
}

test("files in place of the folders of the set-up go", posix, async (t) => {
  for (const [file, make] of [
    [".setup", put],
    [".setup/locks", put],
    [".setup/npm.json", folderOf],
    [".setup/npm-ci.log", folderOf],
  ] as const) {
    const folder = checkout(t);
    make(folder, file, "");
    const outcome = await run(folder, ["build"]);
    assert.equal(outcome.code, 0, `${file}: ${outcome.printed}`);
    assert.deepEqual(stepsOf(await run(folder, ["build"])), BUILDS);
  }
});

/** The disk is full for each file whose path has .setup/locks in it. */
const fullDisk = `
const fs = require("node:fs");
for (const name of ["writeFileSync", "renameSync"]) {
  const real = fs[name];
  fs[name] = (...args) => {
    if (!args.slice(0, 2).some((path) => /locks/.test(path))) return real(...args);
    if (name === "writeFileSync") real(args[0], "{"); // a full disk often takes the beginning of a file
    throw Object.assign(new Error("ENOSPC: no space left on device"), { code: "ENOSPC", path: args[0] });
  };
}
require("node:module").syncBuiltinESMExports();
`;

test("a claim that a full disk does not take is one sentence, and no piece of it stays", posix, async (t) => {
  const folder = checkout(t);
  put(folder, "full.cjs", fullDisk);
  const outcome = await run(folder, ["build"], { NODE_OPTIONS: `--require "${join(folder, "full.cjs")}"` });
  assert.equal(outcome.code, 1, outcome.printed);
  assert.match(outcome.printed, /^set-up failed at .*locks.*: the disk is full: .*\(ENOSPC\)\n$/);
  assert.deepEqual(readdirSync(join(folder, ".setup", "locks")), []);
  assert.equal((await run(folder, ["build"])).code, 0);
});

const folderOf = (folder: string, path: string): unknown => mkdirSync(join(folder, path), { recursive: true });

test("npm ends with a set-up that is killed, and the next one waits for that", posix, async (t) => {
  // it begins a process of its own, as an install script does, and neither ends when it is asked to
  const stubborn = `
    const { spawn } = require("node:child_process");
    const { writeFileSync } = require("node:fs");
    process.on("SIGTERM", () => {});
    const child = spawn("sh", ["-c", "trap '' TERM; while :; do sleep 0.1; done"], { stdio: "inherit" });
    writeFileSync("npm.begun", process.pid + " " + child.pid);
    setInterval(() => {}, 1000);`;
  const folder = checkout(t, stubborn);
  const child = begin(folder, ["build"]);
  await appears(join(folder, "npm.begun"));
  child.kill("SIGKILL");
  writeFileSync(
    join(folder, "npm-cli.js"),
    `
    for (const pid of require("node:fs").readFileSync("npm.begun", "utf8").split(" ")) {
      const state = require("node:child_process").spawnSync("ps", ["-o", "stat=", "-p", pid], { encoding: "utf8" }).stdout.trim();
      const lives = state !== "" && !state.startsWith("Z"); // a dead one may wait for its parent
      if (lives) console.error("npm " + pid + " lives");
      if (lives) process.exit(1);
    }
    ${stage}`,
  );
  const next = await run(folder, ["build"]);
  assert.equal(next.code, 0, next.printed);
  assert.ok(existsSync(join(folder, "npm.calls")));
});
