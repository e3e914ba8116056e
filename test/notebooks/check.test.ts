import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import test, { after, type TestContext } from "node:test";
import { ownVersions } from "./ownVersions";

const root = resolve(__dirname, "..", "..");
const folder = mkdtempSync(join(tmpdir(), "dlfs-notebooks-"));
after(() => rmSync(folder, { recursive: true, force: true }));

/** In CI every notebook is the project's; elsewhere a reader's own versions are left out. */
const mine = process.env.CI ? [] : ["--skip-own"];

interface Outcome {
  code: number | null;
  printed: string;
}

/** `npm run check -- ...`, its lines passed on as they come. */
function check(options: string[], environment = process.env): Promise<Outcome> {
  const args = ["--require", "ts-node/register/transpile-only", join(root, "scripts", "check.ts"), ...options];
  const child = spawn(process.execPath, args, { cwd: root, env: environment, stdio: ["ignore", "pipe", "pipe"] });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      process.stderr.write(chunk);
    });
  }
  return new Promise((done, fail) => child.on("error", fail).on("close", (code) => done({ code, printed })));
}

interface Cell {
  id: string;
  metadata: { source?: string[] };
  outputs?: { text?: string[] }[];
}

/** A copy of the executed notebooks with one of them changed. */
function changed(name: string, change: (cells: Cell[]) => void): string {
  const copy = mkdtempSync(join(tmpdir(), "dlfs-changed-"));
  after(() => rmSync(copy, { recursive: true, force: true }));
  cpSync(folder, copy, { recursive: true });
  const notebook = JSON.parse(readFileSync(join(copy, name), "utf8")) as { cells: Cell[] };
  change(notebook.cells);
  writeFileSync(join(copy, name), JSON.stringify(notebook));
  return copy;
}

const backpropagation = "5-backpropagation-training.ipynb";
/** Whether the rest of a test can go on without the notebook that it changes. */
function isLeftOut(t: TestContext, name: string): boolean {
  if (!ownVersions().includes(name)) return false;
  t.skip(`${name} is a version of the reader's own`);
  return true;
}

const carrier = (cells: Cell[], id: string): Cell[] => cells.filter((cell) => cell.metadata.source?.includes(id));

test("every notebook re-runs to the expected bytes, and every item of the sources is where it should be", async () => {
  // In CI the outputs that were committed are the project's word too; a reader may have saved his own.
  const committed = process.env.CI ? ["--committed"] : [];
  const { code, printed } = await check(["--keep", folder, ...committed, ...mine]);
  assert.equal(code, 0);
  assert.match(printed, ownVersions().length === 0 ? /^all .* 0 +197$/m : /^all .* 0 +\d+$/m);
});

test("a changed digit in an output is named with its cell", async (t) => {
  if (isLeftOut(t, "2-loss-and-gradient.ipynb")) return;
  const copy = changed("2-loss-and-gradient.ipynb", (cells) => {
    const output = carrier(cells, "000-11")
      .flatMap((cell) => cell.outputs ?? [])
      .find(({ text }) => text?.join("").includes("6.00000000000378"));
    assert.ok(output?.text, "the cell of 000-11 prints 6.00000000000378");
    output.text = output.text.map((line) => line.replace("6.00000000000378", "6.00000000000379"));
  });
  const { code, printed } = await check(["--executed", copy, ...mine]);
  assert.equal(code, 1);
  assert.match(printed, /failed: output 000-12 /);
  assert.match(
    printed,
    /2-loss-and-gradient\.ipynb, cell \S+: expected .*6\.00000000000378.*, got .*6\.00000000000379/,
  );
});

test("a stripped id is named", async (t) => {
  if (isLeftOut(t, backpropagation)) return;
  const copy = changed(backpropagation, (cells) => {
    for (const cell of carrier(cells, "004-16"))
      cell.metadata.source = cell.metadata.source?.filter((id) => id !== "004-16");
  });
  const { code, printed } = await check(["--executed", copy, ...mine]);
  assert.equal(code, 1);
  assert.match(printed, /failed: code 004-16 .*: no cell's metadata carries "004-16"/);
});

test("a removed cell is named by the items that it carried", async (t) => {
  if (isLeftOut(t, backpropagation)) return;
  const copy = changed(backpropagation, (cells) => {
    for (const cell of carrier(cells, "004-13")) cells.splice(cells.indexOf(cell), 1);
  });
  const { code, printed } = await check(["--executed", copy, ...mine]);
  assert.equal(code, 1);
  assert.match(printed, /failed: code 004-13 /);
});

test("without full MNIST the embedded digits' outputs are checked to the byte", async (t) => {
  // On a reader's machine the run above is the one that his data allow; CI has time for both.
  if (!process.env.CI || !process.env.DLFS_DATA) return t.skip("CI with full MNIST does this beside the run above");
  if (existsSync(join(root, "data", "train-images-idx3-ubyte.gz"))) return t.skip("data/ holds full MNIST");
  const environment = { ...process.env };
  delete environment.DLFS_DATA;
  const { code } = await check([], environment);
  assert.equal(code, 0);
});
