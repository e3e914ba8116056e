import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { languageLinks, languages, notebooksFolder } from "../../tools/edition";
import { courseNotebooks, joined, readNotebook, type Cell, type Notebook } from "../../tools/notebook";
import { root, venvPython } from "../../tools/root";
import { ownVersions } from "./ownVersions";

function newFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "dlfs-blank-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function run(...options: string[]) {
  const command = ["--require", "ts-node/register/transpile-only", join(root, "scripts", "notebooks.ts"), ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, command, { cwd: root, encoding: "utf8" });
  return { status, printed: stdout + stderr };
}

const original = (name: string): Notebook => readNotebook(join(root, "notebooks", name));
const codeOf = ({ cells }: Notebook): Cell[] => cells.filter(({ cell_type }) => cell_type === "code");
const isSolution = ({ metadata }: Cell): boolean => metadata.tags?.includes("exercise-solution") ?? false;
const proseOf = ({ cells }: Notebook): string =>
  cells.map((cell) => (cell.cell_type === "markdown" ? joined(cell.source) : "")).join("\n");

/** The links of notebooks and pages in a folder that lead nowhere. */
function brokenLinks(folder: string): string[] {
  const pages = readdirSync(folder).filter((name) => /\.(ipynb|md)$/.test(name));
  return pages.flatMap((name) => {
    const text = name.endsWith(".md")
      ? readFileSync(join(folder, name), "utf8")
      : proseOf(readNotebook(join(folder, name)));
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link]) => link);
    return links.filter((link) => !existsSync(join(folder, link)));
  });
}

/** Jupyter's own check of the files. */
function validate(folder: string): void {
  const program = "import nbformat, sys\nfor file in sys.argv[1:]: nbformat.validate(nbformat.read(file, 4))";
  const files = courseNotebooks(folder).map((name) => join(folder, name));
  const { status, stderr } = spawnSync(venvPython, ["-c", program, ...files], { encoding: "utf8" });
  assert.equal(status, 0, stderr);
}

test("--blank writes the notebooks without outputs; all else is there, and every link works", (t) => {
  const folder = newFolder(t);
  const { status, printed } = run("--blank", folder);
  assert.equal(status, 0, printed);
  assert.deepEqual(courseNotebooks(folder), courseNotebooks());
  for (const name of courseNotebooks()) {
    const [copy, before] = [readNotebook(join(folder, name)), original(name)];
    const cleared = before.cells.map((cell) =>
      cell.cell_type === "code" ? { ...cell, execution_count: null, outputs: [] } : cell,
    );
    // of links that lead out of the folder the words stay, and those to other languages are left out
    const unlinked = (text: string): string =>
      text.replace(` · ${languageLinks(name)}`, "").replace(/\[(.*?)\]\(\.\.\/.*?\)/g, "$1");
    assert.equal(proseOf(copy), unlinked(proseOf(before)));
    const others = (cells: Cell[]): unknown[] =>
      cells.map((cell) => (cell.cell_type === "markdown" ? { ...cell, source: "" } : cell));
    assert.deepEqual({ ...copy, cells: others(copy.cells) }, { ...before, cells: others(cleared) });
  }
  assert.deepEqual(brokenLinks(folder), []);
  validate(folder);
});

test("--no-solutions leaves an empty cell in place of each solution, and no word about solutions", (t) => {
  const folder = newFolder(t);
  const { status, printed } = run("--blank", folder, "--no-solutions");
  assert.equal(status, 0, printed);
  for (const name of courseNotebooks().filter((one) => !ownVersions().includes(one))) {
    const [copy, before] = [readNotebook(join(folder, name)), original(name)];
    const wanted = codeOf(before).map((cell) => (isSolution(cell) ? "" : joined(cell.source)));
    assert.deepEqual(
      codeOf(copy).map(({ source }) => joined(source)),
      wanted,
    );
    assert.equal(codeOf(copy).filter((cell) => isSolution(cell) || cell.outputs!.length > 0).length, 0);
    assert.doesNotMatch(proseOf(copy), /solution/i);
    const questions = (notebook: Notebook) => proseOf(notebook).match(/^(\*\*)?\d\.(\*\*)? .*$/gm);
    assert.deepEqual(questions(copy), questions(before));
  }
  assert.doesNotMatch(readFileSync(join(folder, "README.md"), "utf8"), /solution/i);
  assert.deepEqual(brokenLinks(folder), []);
  validate(folder);
});

for (const language of languages()) {
  test(`--lang ${language} takes the notebooks of that edition, without links that lead nowhere`, (t) => {
    const folder = newFolder(t);
    const { status, printed } = run("--blank", folder, "--no-solutions", "--lang", language);
    assert.equal(status, 0, printed);
    for (const name of courseNotebooks()) {
      const [copy, before] = [readNotebook(join(folder, name)), readNotebook(join(notebooksFolder(language), name))];
      assert.equal(copy.cells.length, before.cells.length);
      assert.equal(joined(copy.cells[1].source), joined(before.cells[1].source));
      // one line less than the edition: the one that says where the solutions are
      const linesOf = (notebook: Notebook) =>
        proseOf(notebook)
          .replace(/\n{2,}/g, "\n")
          .split("\n").length;
      assert.equal(linesOf(copy), linesOf(before) - 1, name);
    }
    assert.deepEqual(brokenLinks(folder), []);
    validate(folder);
  });
}

test("no cell needs what a solution declares: the solutions are the last code cells", () => {
  for (const name of courseNotebooks().filter((one) => !ownVersions().includes(one))) {
    const code = codeOf(original(name));
    const first = code.findIndex(isSolution);
    assert.deepEqual(
      code.slice(first).filter((cell) => !isSolution(cell)),
      [],
      name,
    );
  }
});

test("a file that is there already and differs is named, and nothing is written", (t) => {
  const folder = newFolder(t);
  const last = courseNotebooks().at(-1)!;
  writeFileSync(join(folder, last), "mine");
  const { status, printed } = run("--blank", folder);
  assert.equal(status, 1);
  assert.equal(
    printed,
    `npm run notebooks: --blank ${folder}: ${last} is there already, and differs: wanted a new folder\n`,
  );
  assert.deepEqual(readdirSync(folder), [last]);
  assert.equal(readFileSync(join(folder, last), "utf8"), "mine");
});

test("one notebook after the other goes into the same folder", (t) => {
  const folder = newFolder(t);
  const [first, second] = courseNotebooks();
  for (const name of [first, second, second]) assert.equal(run(name, "--blank", folder).status, 0);
  assert.deepEqual(courseNotebooks(folder), [first, second]);
});

test("what cannot be done is refused in a sentence", () => {
  assert.equal(run("--lang", "ja").printed, "npm run notebooks: --lang ja: wanted --blank FOLDER with it\n");
  assert.equal(run("--lang", "fr").printed, "npm run notebooks: --lang fr: wanted one of en, ja, zh\n");
  assert.equal(run("--no-solutions").printed, "npm run notebooks: --no-solutions: wanted --blank FOLDER with it\n");
  assert.match(
    run("--blank", join(root, "README.md")).printed,
    /^npm run notebooks: --blank .*README\.md: .*: wanted a folder that can be written\n$/,
  );
});
