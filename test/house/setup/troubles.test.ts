import assert from "node:assert/strict";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { begin, checkout, end, posix, python, put, reader, run, said, stage, type Outcome } from "./checkout";

/** A stand-in for npm that says what a real one says in a trouble. */
const failing = (words: string): string => `console.error(${JSON.stringify(words)}); process.exit(1);`;

const offline = "npm error code EAI_AGAIN\nnpm error request failed, reason: getaddrinfo EAI_AGAIN";
const troubles: [string, string, NodeJS.ProcessEnv | undefined, RegExp][] = [
  ["no network", failing(offline), undefined, /the network cannot be reached.*run the command again/],
  [
    "a full disk",
    failing("npm error nospc ENOSPC: no space left on device, write"),
    undefined,
    /the disk is full: free some space/,
  ],
  ["a wrong digest", failing("npm error code EINTEGRITY"), undefined, /does not have the pinned digest/],
  [
    "a foreign file",
    failing("npm error code EACCES"),
    undefined,
    /could not be written: give yourself the right.*chown/,
  ],
  [
    "an unknown trouble",
    failing("npm error code EWHATEVER"),
    undefined,
    /npm ci failed: read .*npm-ci\.log, mend what it names/,
  ],
  [
    "no Python at all",
    stage,
    { PATH: "/nowhere", PYTHON: "" },
    /Python 3\.11 or newer is wanted and was not found.*install it/,
  ],
  [
    "a PYTHON that is none",
    stage,
    { PYTHON: "/nowhere/python" },
    /PYTHON=\/nowhere\/python is no Python that can be started/,
  ],
];

for (const [trouble, npm, environment, sentence] of troubles) {
  test(`${trouble}: one sentence with the command that mends it, and exit code 1`, posix, async (t) => {
    assertSentence(await run(checkout(t, npm), ["build"], environment), sentence);
  });
}

test("an old Node is told which one is wanted", posix, async (t) => {
  const folder = checkout(t);
  put(
    folder,
    "old-node.cjs",
    'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "18.19.0" } });',
  );
  const outcome = await run(folder, ["build"], { NODE_OPTIONS: `--require "${join(folder, "old-node.cjs")}"` });
  assertSentence(outcome, /Node 18\.19\.0 is too old: Node 20 or newer is wanted/);
});

test("an old Python is named with its version, and never passed over for another", posix, async (t) => {
  const folder = checkout(t);
  const PYTHON = python(folder, { version: "3 10" });
  assertSentence(await run(folder, ["build"], { PYTHON }), /is Python 3\.10: Python 3\.11 or newer is wanted/);
});

test("a Python without venv is told how to get it", posix, async (t) => {
  const folder = checkout(t);
  const venv =
    'echo "The virtual environment was not created successfully because ensurepip is not available." >&2; exit 1';
  assertSentence(
    await run(folder, ["build"], { PYTHON: python(folder, { venv }) }),
    /this Python has no venv or pip: install them/,
  );
});

test("a fault of the set-up itself is one sentence too, and its trace stands in a file", posix, async (t) => {
  const folder = checkout(t);
  writeFileSync(join(folder, "package-lock.json"), "");
  mkdirSync(join(folder, ".setup"));
  put(
    folder,
    "scripts/setup/identity.mjs",
    'export const identityOf = () => { throw new TypeError("x is not a function"); }; export const hasEnded = () => true;',
  );
  assertSentence(await run(folder, ["build"]), /^set-up failed: x is not a function: remove \.venv.*fault\.log\)$/);
});

test("a fault of a command is one sentence; in CI, where no file is kept, the trace", posix, async (t) => {
  const folder = checkout(t);
  put(
    folder,
    "scripts/broken.ts",
    'const help = `\nnpm run broken\n`;\nvoid (async () => { throw new TypeError("y is not a function"); })();',
  );
  assertSentence(
    await run(folder, ["broken"]),
    /^npm run broken: y is not a function \(where it happened: .*broken-fault\.log\)$/,
  );
  assert.match((await run(folder, ["broken"], { CI: "true" })).printed, /TypeError: y is not a function\n +at /);
});

const words: [string[], RegExp][] = [
  [["nothing"], /^no command is called "nothing"; npm run lists them\n$/],
  [["../x"], /^no command is called "\.\.\/x"/],
  [["arguments"], /^no command is called "arguments"/],
  [["build", "--agan"], /^build: unknown option "--agan"/],
];

for (const [line, sentence] of words) {
  test(`${line.join(" ")}: refused before anything is set up`, posix, async (t) => {
    const outcome = await run(checkout(t, failing("npm was called")), line);
    assert.equal(outcome.code, 1);
    assert.match(outcome.printed, sentence);
    assert.doesNotMatch(outcome.printed, /set-up 1/);
  });
}

test("--help sets nothing up", posix, async (t) => {
  const folder = checkout(t, failing("npm was called"));
  put(folder, "scripts/probe.ts", "const help = `\nnpm run probe\n\nProbes.\n`;");
  for (const args of [
    ["probe", "--help"],
    ["probe", "-h"],
    ["build", "--help"],
  ]) {
    const { code, printed } = await run(folder, args);
    assert.equal(code, 0);
    assert.match(printed, new RegExp(`^npm run ${args[0]}`));
    assert.doesNotMatch(printed, /set-up/);
  }
});

test("a folder without the right to write is named", posix, async (t) => {
  const folder = checkout(t);
  for (const [path, mode] of [
    [".", 0o777],
    [".setup", 0o777],
    [".setup/locks", 0o555],
  ] as const) {
    mkdirSync(join(folder, path), { recursive: true });
    chmodSync(join(folder, path), mode);
  }
  const outcome = await end(begin(folder, ["build"], {}, reader));
  chmodSync(join(folder, ".setup/locks"), 0o755);
  assertSentence(
    outcome,
    /^set-up failed at .*\.setup\/locks\/.*: a file could not be written: give yourself the right.* \(EACCES\)$/,
  );
});

function assertSentence(outcome: Outcome, sentence: RegExp): void {
  assert.equal(outcome.code, 1, outcome.printed);
  assert.equal(said(outcome).length, 1, outcome.printed);
  assert.match(said(outcome)[0], sentence);
}
