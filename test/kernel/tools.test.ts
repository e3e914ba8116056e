import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test, { after } from "node:test";
import { notebook, Workplace } from "./workplace";

const workplace = new Workplace();
after(() => workplace.remove());

const good = workplace.file(
  "good.ipynb",
  notebook(['console.log("printed");', "6 * 7", "const late = await Promise.resolve(1);\nlate"]),
);
const bad = workplace.file(
  "bad.ipynb",
  notebook([
    "1",
    'function fail(): never {\n  throw new RangeError("real message");\n}\nfail();',
    'console.log("not reached");',
  ]),
);
const result = path.join(workplace.folder, "out.ipynb");
// nbval compares with outputs that are there: those of a first run.
const recorded = path.join(workplace.folder, "recorded.ipynb");

/** The command of each tool for a notebook. */
const TOOLS: [string, (file: string) => string[]][] = [
  [
    "nbclient",
    (file) => [
      "-c",
      "import sys, nbformat, nbclient; nbclient.NotebookClient(nbformat.read(sys.argv[1], 4)).execute()",
      file,
    ],
  ],
  [
    "nbconvert --execute",
    (file) => ["-m", "nbconvert", "--to", "notebook", "--execute", file, "--output", `${file}.out.ipynb`],
  ],
  ["jupyter execute", (file) => ["-m", "jupyter", "execute", file]],
  ["papermill", (file) => ["-m", "papermill", "--no-progress-bar", file, `${file}.out.ipynb`]],
  ["nbval", (file) => ["-m", "pytest", "--nbval", "-p", "no:cacheprovider", "-q", file]],
];

for (const [tool, command] of TOOLS) {
  test(`${tool} exits with zero for a good notebook and shows the real message of a bad one`, async () => {
    const input = tool === "nbval" ? recorded : good;
    if (tool === "nbval")
      await workplace.python(["-m", "nbconvert", "--to", "notebook", "--execute", good, "--output", recorded]);
    const [fine, failed] = await Promise.all([input, bad].map((file) => workplace.python(command(file))));
    assert.equal(fine.status, 0, fine.stdout + fine.stderr);
    const said = failed.stdout + failed.stderr;
    assert.notEqual(failed.status, 0);
    assert.match(said, /RangeError: real message/);
    assert.match(said, /In\[\*?\d+\]:2:9/); // nbval keeps no history, so that its cells have no number
    assert.ok(!said.includes("Timeout waiting for IOPub output"), said);
  });
}

test("an executed notebook holds outputs, results and counts", async () => {
  await workplace.python(["-m", "nbconvert", "--to", "notebook", "--execute", good, "--output", result]);
  const { cells } = JSON.parse(readFileSync(result, "utf8"));
  const outputs = cells.map(({ outputs }: { outputs: Record<string, unknown>[] }) =>
    outputs.map((output) => [output.output_type, output.text ?? output.data]),
  );
  assert.deepEqual(outputs, [
    [["stream", ["printed\n"]]],
    [["execute_result", { "text/plain": ["42"] }]],
    [["execute_result", { "text/plain": ["1"] }]],
  ]);
  assert.deepEqual(
    cells.map((cell: { execution_count: number }) => cell.execution_count),
    [1, 2, 3],
  );
});
