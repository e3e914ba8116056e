import assert from "node:assert/strict";
import { spawn, type ChildProcess } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import test, { type TestContext } from "node:test";
import { root } from "../../tools/root";
import { appears, end, posix, type Outcome } from "./setup/checkout";

/** `scripts/setup.mjs` of the copies: takes what a version is to do from the environment, and does nothing else. */
const SETUP = `
import { copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
const [command, ...args] = process.argv.slice(2);
const [version, python] = [process.env.STAND_IN_NODE ?? "own", process.env.PYTHON ?? ""];
console.log(version, python, command, ...args);
if (process.env.HANG === command) { writeFileSync(process.env.HUNG, ""); setInterval(() => {}, 1000); }
else if (process.env.BREAKS === version + " " + command) process.exit(7);
else if (command === "start") {
  mkdirSync("out");
  for (const name of args) {
    if (process.env.BREAKS === version + " outputs") writeFileSync(join("out", name), '{"cells":[{"id":"a","cell_type":"code","source":"","execution_count":1,"outputs":[{"output_type":"stream","name":"stdout","text":"other"}]}]}');
    else copyFileSync(join("notebooks", name), join("out", name));
  }
} else if (command === "test") console.log("\\u2139 pass 41\\n\\u2139 fail 0");
`;

const NOTEBOOK = {
  cells: [
    {
      id: "a",
      cell_type: "code",
      source: "",
      execution_count: 1,
      outputs: [{ output_type: "stream", name: "stdout", text: "text" }],
    },
  ],
};

/**
 * A checkout that has the command and two notebooks, with stand-ins for npm, its packages \`node\`, Python and the
 * rest.
 */
function checkout(t: TestContext): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "dlfs-matrix-")));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["scripts", "tools", "tsconfig.json", "package.json", "lib/src"])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  writeFileSync(join(folder, "scripts", "setup.mjs"), SETUP);
  mkdirSync(join(folder, "notebooks"));
  for (const name of ["0-some.ipynb", "1-some.ipynb"])
    writeFileSync(join(folder, "notebooks", name), JSON.stringify(NOTEBOOK));
  // what runs the notebooks for the comparison: copies them, and says that it is done
  program(
    join(folder, ".venv", "bin", "python"),
    `if [ "$1" = -c ]; then echo 3.11.9; else cp "$4" "$5"; echo '{"event":"done","of":1}'; fi`,
  );
  program(join(folder, "home", ".pyenv", "versions", "3.13.5", "bin", "python3"), "echo 3.13.5");
  writeFileSync(join(folder, "npm-cli.js"), NPM);
  return folder;
}

/** Brings a \`node\` that says another version and is this test's own otherwise. */
const NPM = `
const { chmodSync, mkdirSync, writeFileSync } = require("node:fs");
const major = /node@(\\d+)$/.exec(process.argv.at(-1))[1];
if (process.env.BREAKS === major + " npm") process.exit(1);
mkdirSync("node_modules/node/bin", { recursive: true });
const file = "node_modules/node/bin/node";
writeFileSync(file, '#!/bin/sh\\nif [ "$1" = --version ]; then echo v' + major + '.9.1; else STAND_IN_NODE=' + major + ' exec "' + process.execPath + '" "$@"; fi\\n');
chmodSync(file, 0o755);
`;

function program(file: string, shell: string): void {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\n${shell}\n`);
  chmodSync(file, 0o755);
}

function start(folder: string, options: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const command = ["--require", "ts-node/register/transpile-only", join(folder, "scripts", "matrix.ts"), ...options];
  // of the machine's own Pythons none is found, only the stand-in in the home folder
  const own = {
    HOME: join(folder, "home"),
    PATH: ["/bin", dirname(process.execPath)].join(delimiter),
    npm_execpath: join(folder, "npm-cli.js"),
  };
  return spawn(process.execPath, command, {
    cwd: folder,
    env: { ...process.env, ...own, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
}

const matrix = (folder: string, options: string[], env?: NodeJS.ProcessEnv): Promise<Outcome> =>
  end(start(folder, options, env));

const left = (folder: string): string[] => readdirSync(join(folder, ".setup", "matrix"));

test(
  "each Node sets up, runs the notebooks and the kernel's tests in a copy; all agree, and nothing is left",
  posix,
  async (t) => {
    const folder = checkout(t);
    const { code, printed } = await matrix(folder, []);
    assert.equal(code, 0, printed);
    for (const major of [20, 22, 24, 26])
      assert.match(printed, new RegExp(`^Node ${major}\\.9\\.1 +ok +ok +equal +ok, 41 passed`, "m"));
    assert.match(printed, /^Python 3\.13\.5 +ok +ok +equal +- /m);
    assert.match(printed, /^Python 3\.14: not at hand, not tried$/m);
    assert.deepEqual(left(folder), []);
    assert.equal(existsSync(join(folder, "out")), false);
  },
);

const failures: [string, string, RegExp][] = [
  ["whose set-up fails", "24 build", /^Node 24\.9\.1 +FAILED \(7\) +- +- +-/m],
  ["whose notebooks fail", "24 start", /^Node 24\.9\.1 +ok +FAILED \(7\) +MISSING 0-some\.ipynb/m],
  [
    "that prints something else",
    "24 outputs",
    /0-some\.ipynb, cell a: expected .*text.*, got .*other[^]*^Node 24\.9\.1 +ok +ok +DIFFER in 0-some\.ipynb/m,
  ],
  ["whose kernel tests fail", "24 test", /^Node 24\.9\.1 +ok +ok +equal +FAILED \(7\)/m],
];
for (const [what, breaks, line] of failures) {
  test(`a Node ${what} ends in exit code 1; its folder is kept and named`, posix, async (t) => {
    const folder = checkout(t);
    const { code, printed } = await matrix(folder, ["--only", "22,24"], { BREAKS: breaks });
    assert.equal(code, 1, printed);
    assert.match(printed, line);
    assert.match(printed, /^Node 22\.9\.1 +ok +ok +equal +ok/m);
    const kept = /^Node 24\.9\.1: kept in (.*), all it printed in (.*), which ends:$/m.exec(printed)!;
    assert.ok(existsSync(kept[1]) && existsSync(kept[2]), printed);
    assert.equal(existsSync(kept[1].replace("24", "22")), false);
    // the next run removes what this one has kept
    assert.equal((await matrix(folder, ["--only", "22"])).code, 0);
    assert.deepEqual(left(folder), []);
  });
}

test("kernel tests that hang are ended, and told", posix, async (t) => {
  const folder = checkout(t);
  const hung = join(folder, "home", "hung");
  const { code, printed } = await matrix(folder, ["--only", "24"], {
    HANG: "test",
    HUNG: hung,
    DLFS_MATRIX_PATIENCE: "15000",
  });
  assert.equal(code, 1, printed);
  assert.match(printed, /^Node 24\.9\.1 +ok +ok +equal +TOOK TOO LONG/m);
});

test("a Node that npm cannot bring is a failure, unless --allow-missing", posix, async (t) => {
  const folder = checkout(t);
  const strict = await matrix(folder, ["--only", "20,22"], { BREAKS: "22 npm" });
  assert.equal(strict.code, 1);
  assert.match(strict.printed, /^Node 22 +npm could not bring it/m);
  const lenient = await matrix(folder, ["--only", "20,22", "--allow-missing"], { BREAKS: "22 npm" });
  assert.equal(lenient.code, 0, lenient.printed);
  assert.deepEqual(left(folder), []);
});

test("newest is the newest Node besides the one that runs the command", posix, async (t) => {
  const { code, printed } = await matrix(checkout(t), ["--only", "newest"]);
  assert.equal(code, 0, printed);
  const newest = process.versions.node.startsWith("26.") ? 24 : 26;
  assert.deepEqual(
    [...printed.matchAll(/^Node (\d+)\.9\.1 +ok/gm)].map(([, major]) => Number(major)),
    [newest],
  );
});

test("a Node that is not supported, and a word, are refused before anything runs", posix, async (t) => {
  const folder = checkout(t);
  for (const [options, message] of [
    [["--only", "21"], /--only 21: wanted newest, or some of 20,22,24,26/],
    [["all"], /npm run matrix: 'all': wanted options only/],
  ] as const) {
    const { code, printed } = await matrix(folder, [...options]);
    assert.equal(code, 1);
    assert.match(printed, message);
  }
  assert.equal(existsSync(join(folder, ".setup")), false);
});

test("asked to end, it ends what it runs and removes its folder", posix, async (t) => {
  const folder = checkout(t);
  const hung = join(folder, "home", "hung");
  const child = start(folder, ["--only", "24"], { HANG: "build", HUNG: hung });
  const ended = end(child);
  await Promise.race([
    appears(hung),
    ended.then(({ printed }) => assert.fail(`it ended before it was asked to:\n${printed}`)),
  ]);
  child.kill("SIGTERM");
  const { code, printed } = await ended;
  assert.equal(code, 143, printed);
  assert.deepEqual(left(folder), []);
});
