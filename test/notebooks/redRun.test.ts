import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { readNotebook, type Cell, type Notebook } from "../../tools/notebook";
import { root } from "../../tools/root";

const name = "1-perceptrons.ipynb";

/** A checkout whose first notebook can be changed: its commands and notebooks are copies, the rest is this one's. */
function checkout(t: TestContext, change: (code: Cell[]) => void): string {
  const folder = mkdtempSync(join(tmpdir(), "dlfs-red-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const copied of ["scripts", "tools", "notebooks", "tsconfig.json", "package.json"]) {
    cpSync(join(root, copied), join(folder, copied), { recursive: true });
  }
  cpSync(join(root, "test", "notebooks", "expected"), join(folder, "test", "notebooks", "expected"), {
    recursive: true,
  });
  for (const linked of ["lib", "kernel", "node_modules", ".venv", "data"])
    symlinkSync(join(root, linked), join(folder, linked));
  mkdirSync(temporaryOf(folder));
  const file = join(folder, "notebooks", name);
  const notebook = readNotebook(file);
  change(codeOf(notebook));
  writeFileSync(file, JSON.stringify(notebook));
  return folder;
}

const codeOf = ({ cells }: Notebook): Cell[] => cells.filter(({ cell_type }) => cell_type === "code");

const readCode = (...path: string[]): Cell[] => codeOf(readNotebook(join(...path)));

const temporaryOf = (folder: string): string => join(folder, "temporary");

/** Runs a command on the first notebook. */
async function run(
  folder: string,
  command: string,
  ...options: string[]
): Promise<{ code: number | null; printed: string }> {
  const args = [
    "--require",
    "ts-node/register/transpile-only",
    join(folder, "scripts", `${command}.ts`),
    "1",
    ...options,
  ];
  // npm test names the folders of its own checkout
  const ofThisCheckout = { DLFS_STATE: undefined, DLFS_OUT: undefined };
  const ofThatOne = { TS_NODE_PROJECT: join(folder, "tsconfig.json"), TMPDIR: temporaryOf(folder) };
  const env = { ...process.env, ...ofThisCheckout, ...ofThatOne, CI: "" };
  const child = spawn(process.execPath, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr])
    stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const code = await new Promise<number | null>((done) => child.on("close", done));
  return { code, printed };
}

/** The counts of the closing table's last line, by the names above them. */
function totals(printed: string): Record<string, number> {
  const lines = printed.split("\n");
  const [names, counts] = [/^source items /, /^all /].map((begin) =>
    lines
      .find((line) => begin.test(line))!
      .trim()
      .split(/ {2,}/)
      .slice(1),
  );
  return Object.fromEntries(names.map((column, i) => [column, Number(counts[i])]));
}

test("a cell that throws leaves the items of all cells behind it failed, whatever outputs were committed for them", async (t) => {
  const folder = checkout(t, (code) => {
    code[3].source = `throw new Error("mine");`;
  });
  const { code, printed } = await run(folder, "start");
  assert.equal(code, 1);
  const { failed, all } = totals(printed);
  assert.ok(failed >= 20, `${failed} of ${all} items failed:\n${printed}`);
  assert.match(printed, /^failed: \d+ items of 1-perceptrons\.ipynb, whose cells did not run: 001-/m);
  const cells = readCode(folder, "out", name);
  assert.deepEqual(
    cells.slice(4).filter(({ outputs, execution_count }) => outputs!.length > 0 || execution_count !== null),
    [],
  );
  assert.equal(cells[3].outputs!.at(-1)?.ename, "Error");
  assert.deepEqual(readdirSync(temporaryOf(folder)), [], "nothing stays in the system's temporary folder");
});

test("npm run check says the same of such a run, and does not keep it as the expected one", async (t) => {
  const folder = checkout(t, (code) => {
    code[3].source = `throw new Error("mine");`;
  });
  const expectedFiles = ["digits", "mnist"].map((set) =>
    join(folder, "test", "notebooks", "expected", set, "1-perceptrons.json"),
  );
  const expected = expectedFiles.map((file) => readFileSync(file, "utf8"));
  const { code, printed } = await run(folder, "check", "--update");
  assert.equal(code, 1);
  assert.ok(totals(printed).failed >= 20, printed);
  assert.match(printed, /1-perceptrons\.ipynb: \d+ of \d+ cells did not run/);
  assert.deepEqual(
    expectedFiles.map((file) => readFileSync(file, "utf8")),
    expected,
  );
});

test("a reader's own version fails no test: --skip-own leaves it out, and says so", async (t) => {
  const folder = checkout(t, (code) => {
    code[3].source = `throw new Error("mine");`;
  });
  const { code, printed } = await run(folder, "check", "--skip-own");
  assert.equal(code, 0, printed);
  assert.match(printed, /1-perceptrons\.ipynb: left out, its code is your own version/);
});

test("npm run notebooks leaves a notebook as it was when its kernel dies, and says how it ended", async (t) => {
  // SIGKILL is what a system that is out of memory sends; the line before it is the kernel's last word
  const folder = checkout(t, (code) => {
    code[2].source = [
      `import { writeSync } from "node:fs";\n`,
      `writeSync(2, "no more memory\\n");\n`,
      `process.kill(process.pid, "SIGKILL");`,
    ];
  });
  const before = readFileSync(join(folder, "notebooks", name), "utf8");
  const { code, printed } = await run(folder, "notebooks");
  assert.equal(code, 1);
  assert.match(
    printed,
    /cell 3 of \d+ .* failed\nDeadKernelError: Kernel died: its process ended .*; the last that it said:\n(.*\n)*no more memory/,
  );
  assert.equal(readFileSync(join(folder, "notebooks", name), "utf8"), before);
});

test("where nbclient itself is killed the complaint is a sentence, no copy of an earlier run counts, and all items failed", async (t) => {
  const folder = checkout(t, (code) => {
    code[2].source = `process.kill(Number(process.env.JPY_PARENT_PID), "SIGKILL"); await new Promise(() => {});`;
  });
  mkdirSync(join(folder, "out"));
  cpSync(join(root, "notebooks", name), join(folder, "out", name));
  const { code, printed } = await run(folder, "start");
  assert.equal(code, 1);
  assert.match(
    printed,
    /cell 3 of \d+ .* failed\nError: nbclient \(Python\) was ended by SIGKILL before the end of the notebook/,
  );
  assert.doesNotMatch(printed, /^ +at /m);
  assert.equal(existsSync(join(folder, "out", name)), false);
  const { failed, all } = totals(printed);
  assert.equal(failed, all);
});
