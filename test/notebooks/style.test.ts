import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { languageLinks } from "../../tools/edition";
import { courseNotebooks } from "../../tools/notebook";
import { root } from "../../tools/root";
import { ownVersions } from "./ownVersions";

const folder = join(root, "notebooks");
const contents = readFileSync(join(folder, "README.md"), "utf8");

/** The rows of the table on the contents page. */
const listed = [...contents.matchAll(/^\| (\d+) \| \[(.*?)\]\((.*?\.ipynb)\) \|/gm)].map(([, number, title, name]) => ({
  title: `${number}. ${title}`,
  name,
}));

interface Cell {
  id: string;
  cell_type: string;
  source: string | string[];
  metadata: { source?: string[]; variant?: string; tags?: string[]; jupyter?: { source_hidden?: boolean } };
  outputs?: unknown[];
}

interface Notebook {
  metadata: { kernelspec: unknown };
  cells: Cell[];
}

const text = ({ source }: Cell): string => (Array.isArray(source) ? source.join("") : source);
const definesSomething = (code: string): boolean => /\b(function|class)\b|=>/.test(code);

const cellsOf = (name: string): Cell[] => (JSON.parse(readFileSync(join(folder, name), "utf8")) as Notebook).cells;

const own = ownVersions();
const notebooks = courseNotebooks().filter((name) => !own.includes(name));

for (const name of notebooks) {
  const notebook = JSON.parse(readFileSync(join(folder, name), "utf8")) as Notebook;
  const { cells } = notebook;
  const code = cells.filter((cell) => cell.cell_type === "code");

  test(`${name}: opens on the TypeScript kernel and imports from dlfs first`, () => {
    assert.deepEqual(notebook.metadata.kernelspec, {
      display_name: "TypeScript",
      language: "typescript",
      name: "tslab",
    });
    assert.match(text(code[0]), /from "dlfs"/);
  });

  test(`${name}: each cell has an id of its own that says what it is`, () => {
    assert.deepEqual(
      cells.filter(({ id }) => !/^[a-z][a-z0-9-]+$/.test(id)).map(({ id }) => id),
      [],
    );
    assert.equal(new Set(cells.map(({ id }) => id)).size, cells.length);
  });

  test(`${name}: no cell is longer or wider than a screen, and one that defines nothing is short`, () => {
    const long = code.filter((cell) => text(cell).split("\n").length > (definesSomething(text(cell)) ? 55 : 15));
    const wide = code.filter((cell) =>
      text(cell)
        .split("\n")
        .some((line) => line.length > 100),
    );
    assert.deepEqual(
      [...long, ...wide].map(({ id }) => id),
      [],
    );
  });

  test(`${name}: the variants are as-written or corrected, and solutions are folded`, () => {
    const variants = cells.map(({ metadata }) => metadata.variant).filter((variant) => variant !== undefined);
    assert.deepEqual(
      variants.filter((variant) => variant !== "as-written" && variant !== "corrected"),
      [],
    );
    const solutions = cells.filter(({ metadata }) => metadata.tags?.includes("exercise-solution"));
    assert.ok(solutions.length >= 3 && solutions.length <= 5, `${solutions.length} solutions`);
    assert.deepEqual(
      solutions.filter(({ metadata }) => !metadata.jupyter?.source_hidden).map(({ id }) => id),
      [],
    );
  });

  test(`${name}: its outputs are there and name no folder, time of day or duration of this machine`, (t) => {
    if (!process.env.CI && code.every(({ outputs }) => (outputs ?? []).length === 0))
      return t.skip("its outputs were cleared");
    const outputs = code.map((cell) =>
      JSON.stringify(cell.outputs ?? [], (key, value: unknown) => (key === "image/png" ? undefined : value)),
    );
    assert.ok(
      outputs.filter((output) => output !== "[]").length > code.length / 3,
      "the committed notebook has no outputs",
    );
    const telling = /\/(home|Users|root|work|tmp)\/|[A-Z]:\\\\|\b\d\d:\d\d:\d\d\b|\b\d+(\.\d+)? (ms|seconds|s)\b/;
    assert.deepEqual(
      code.filter((_, i) => telling.test(outputs[i])).map(({ id }) => id),
      [],
    );
  });

  test(`${name}: its links lead somewhere`, () => {
    const links = cells
      .filter((cell) => cell.cell_type === "markdown")
      .flatMap((cell) => [...text(cell).matchAll(/\]\((?!https?:|#|data:)([^)#]+)/g)].map((match) => match[1]));
    assert.ok(links.includes("README.md"), "a link to the contents page");
    assert.deepEqual(
      links.filter((link) => !existsSync(join(folder, link))),
      [],
    );
  });
}

test("the contents page lists every notebook by its number and title, in their order", () => {
  assert.deepEqual(
    listed.map(({ name }) => name).filter((name) => !own.includes(name)),
    notebooks,
  );
  for (const { name, title } of listed.filter((row) => !own.includes(row.name)))
    assert.equal(/^# (.*)$/m.exec(text(cellsOf(name)[0]))?.[1], title);
});

test("the README lists every notebook by its number and title, in their order", () => {
  const rows = readFileSync(join(root, "README.md"), "utf8").matchAll(
    /^\| (\d+) \| \[(.*?)\]\(notebooks\/(.*?\.ipynb)\)/gm,
  );
  assert.deepEqual(
    [...rows].map(([, number, title, name]) => ({ title: `${number}. ${title}`, name })),
    listed,
  );
});

test("every notebook leads to the one before and the one after, at its top and at its end", () => {
  for (const [i, { name }] of listed.entries()) {
    if (own.includes(name)) continue;
    const [before, after] = [listed[i - 1], listed[i + 1]];
    const line = [
      ...(before ? [`[← ${before.title}](${before.name})`] : []),
      "[Contents](README.md)",
      ...(after ? [`[${after.title} →](${after.name})`] : []),
    ].join(" · ");
    const cells = cellsOf(name);
    assert.equal(text(cells[0]).split("\n")[0], `${line} · ${languageLinks(name)}`);
    assert.equal(
      text(cells[cells.length - 1])
        .split("\n")
        .at(-1),
      line,
      name,
    );
  }
});

test("the list of source items names notebooks that there are", () => {
  const { documents } = JSON.parse(readFileSync(join(folder, "source-items.json"), "utf8")) as {
    documents: Record<string, { notebook: string }>;
  };
  const named = Object.values(documents).map(({ notebook }) => notebook);
  assert.deepEqual(
    named.filter((name) => !courseNotebooks().includes(name)),
    [],
  );
});
