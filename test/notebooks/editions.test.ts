import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { marked } from "marked";
import ts from "typescript";
import {
  editionDifferences,
  languageLinks,
  languages,
  notebooksFolder,
  outdatedCells,
  pagesOf,
  readWords,
  withTranslation,
} from "../../tools/edition";
import { courseNotebooks, digestOf, joined, readNotebook, type Cell, type Notebook } from "../../tools/notebook";
import { root } from "../../tools/root";
import { ownVersions } from "./ownVersions";

const command = (name: string, ...options: string[]) => {
  const script = join(root, "scripts", `${name}.ts`);
  const folder = mkdtempSync(join(tmpdir(), "dlfs-edition-"));
  const args = ["--require", "ts-node/register/transpile-only", script, ...options];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, DLFS_OUT: folder },
  });
  const executed = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ipynb"));
  rmSync(folder, { recursive: true });
  return { status, printed: stdout + stderr, executed };
};

const names = courseNotebooks().filter((name) => !ownVersions().includes(name));
const english = (name: string): Notebook => readNotebook(join(notebooksFolder(), name));
const isMarkdown = ({ cell_type }: Cell): boolean => cell_type === "markdown";

test("there is a Japanese and a Chinese edition", () => assert.deepEqual(languages(), ["ja", "zh"]));

for (const language of languages()) {
  const folder = notebooksFolder(language);
  const edition = (name: string): Notebook => readNotebook(join(folder, name));
  const texts = (name: string): [string, string][] =>
    edition(name)
      .cells.filter(isMarkdown)
      .map(({ id, source }) => [id, joined(source)]);

  test(`npm run check -- --lang ${language}: only the words differ from the English notebooks`, () => {
    const { status, printed } = command("check", "--lang", language, ...names);
    assert.equal(status, 0, printed);
    assert.match(printed, new RegExp(`: ${names.length} notebooks, 0 differences, \\d+ texts to translate again\\n$`));
  });

  test(`${language}: its links lead somewhere, those at the top to the other languages`, () => {
    for (const name of names) {
      const cells = texts(name);
      assert.ok(cells[0][1].split("\n")[0].endsWith(` · ${languageLinks(name, language)}`), name);
      const links = cells.flatMap(([, text]) =>
        [...text.matchAll(/\]\((?!https?:|#|data:)([^)#]+)/g)].map(([, to]) => to),
      );
      assert.deepEqual(
        links.filter((link) => !existsSync(join(folder, link))),
        [],
        name,
      );
    }
  });

  test(`${language}: every mark of emphasis is read as one, and nothing is in italics`, () => {
    for (const name of names) {
      for (const [id, text] of texts(name)) {
        const words = text.replace(/```[^]*?```|`[^`\n]+`/g, "code").replace(/\$\$[^]+?\$\$|\$[^$\n]+\$/g, "formula");
        const html = marked.parse(words, { async: false });
        assert.doesNotMatch(html, /\*|<em>/, `${name}, cell ${id}`);
      }
    }
  });

  test(`${language}: the contents page lists every notebook by its number and title`, () => {
    const page = readFileSync(join(folder, "README.md"), "utf8");
    assert.ok(page.includes(languageLinks("README.md", language)));
    const rows = [...page.matchAll(/^\| (\d+) \| \[(.*?)\]\((.*?\.ipynb)\) \|/gm)];
    const titles = courseNotebooks().map((name) => [
      name,
      /^# (.*)$/m.exec(joined(edition(name).cells[0].source))?.[1],
    ]);
    assert.deepEqual(
      rows.map(([, number, title, name]) => [name, `${number}. ${title}`]),
      titles,
    );
  });

  test(`${language}: all its pages are there, and lead to those of the other languages`, () => {
    for (const page of pagesOf(language).values()) assert.ok(existsSync(join(root, page)), page);
    const other = languages().find((one) => one !== language)!;
    const readme = readFileSync(join(root, `README.${language}.md`), "utf8");
    for (const link of ["(README.md)", `(README.${other}.md)`, `(notebooks/${language}/README.md)`])
      assert.ok(readme.includes(link), link);
  });

  test(`npm start -- --lang ${language} runs the notebooks of the edition`, () => {
    const { status, printed, executed } = command("start", "0", "--lang", language);
    assert.equal(status, 0, printed);
    assert.deepEqual(executed, [join(language, courseNotebooks()[0])]);
  });
}

test("a sentence whose English has changed is named by its cell", () => {
  const notebook = english(names[0]);
  const digests = Object.fromEntries(
    notebook.cells.filter(isMarkdown).map(({ id, source }) => [id, digestOf(joined(source))]),
  );
  assert.deepEqual(outdatedCells(notebook, digests), []);
  const changedId = notebook.cells.filter(isMarkdown).at(-1)!.id;
  const cells = notebook.cells.map((cell) => (cell.id === changedId ? { ...cell, source: "Another sentence." } : cell));
  assert.deepEqual(outdatedCells({ ...notebook, cells }, digests), [changedId]);
  assert.equal(outdatedCells(notebook, undefined).length, Object.keys(digests).length);
});

test("each difference other than the words is named", () => {
  const name = courseNotebooks()[0];
  const notebook: Notebook = {
    metadata: { kernelspec: { name: "tslab" } },
    cells: [
      {
        id: "text",
        cell_type: "markdown",
        metadata: {},
        source: "A `sum` of $x$, [there](../data/README.md) or [here](1-b.ipynb).",
      },
      {
        id: "code",
        cell_type: "code",
        metadata: { source: ["001-01"] },
        source: "1 + 1",
        outputs: [],
        execution_count: 1,
      },
    ],
  };
  const [text, code] = notebook.cells;
  const words = "`sum` を $x$ で、[あちら](../../data/README.md)か[こちら](1-b.ipynb)に。";
  const right: Notebook = { ...notebook, cells: [{ ...text, source: words }, code] };
  const of = (edition: Notebook): string[] => editionDifferences(name, notebook, edition, "ja");
  const withText = (source: string): string[] => of({ ...right, cells: [{ ...text, source }, code] });
  const withCode = (change: Partial<Cell>): string[] =>
    of({ ...right, cells: [right.cells[0], { ...code, ...change }] });
  const where = `notebooks/ja/${name}, cell`;
  assert.deepEqual(of(right), []);
  assert.deepEqual(of(withTranslation(notebook, right)), []);
  assert.deepEqual(of(withTranslation(notebook, undefined)), [`${where} text: it is still in English`]);
  assert.deepEqual(withText(words.replace("$x$", "$y$")), [
    `${where} text: its formulas differ from the English ones: no $x$, $y$`,
  ]);
  assert.deepEqual(withText(words.replace("`sum`", "和")), [
    `${where} text: its pieces of code differ from the English ones: no \`sum\``,
  ]);
  assert.deepEqual(withText(words.replace("../../", "../")), [
    `${where} text: its links differ from the English ones: no ../../data/README.md, ../data/README.md`,
  ]);
  assert.deepEqual(withText(`${words}\n\n- 一`), [`${where} text: its items of lists differ from the English ones: -`]);
  assert.deepEqual(withCode({ source: "1 + 2" }), [`${where} code: its source differs from the English one`]);
  assert.deepEqual(withCode({ outputs: [{ output_type: "stream", text: "2" }] }), [
    `${where} code: its outputs differs from the English one`,
  ]);
  assert.deepEqual(withCode({ metadata: {} }), [`${where} code: its metadata differs from the English one`]);
  assert.deepEqual(of({ ...right, cells: [...right.cells].reverse() }), [`${where} 1: code, wanted text`]);
  assert.deepEqual(of({ ...right, cells: right.cells.slice(0, 1) }), [`${where} 2: the end, wanted code`]);
  assert.deepEqual(of({ ...right, cells: [...right.cells, { ...code, id: "more" }] }), [
    `${where} 3: more, wanted the end`,
  ]);
  assert.deepEqual(of({ ...right, metadata: {} }), [
    `notebooks/ja/${name}, the notebook's metadata differ from the English ones`,
  ]);
});

test("every text of the site is translated, and no other", () => {
  const files = readdirSync(join(root, "browser"), { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts") && !file.includes("node_modules"),
  );
  const sources = files.map((file) => readFileSync(join(root, "browser", file), "utf8"));
  const said = new Set(sources.flatMap(textsSaid));
  const others = ["notebooks/blank.ts", "make/siteLink.ts"].map((file) =>
    readFileSync(join(root, "scripts", file), "utf8"),
  );
  const everything = [...sources, ...others].join("\n");
  for (const language of languages()) {
    const words = readWords(language);
    const keys = new Set(Object.keys(words));
    assert.deepEqual(
      [...said].filter((text) => !keys.has(text)),
      [],
      `texts that ${language} lacks`,
    );
    assert.deepEqual(
      [...keys].filter((text) => !everything.includes(JSON.stringify(text))),
      [],
      `texts of ${language} alone`,
    );
    for (const [text, translation] of Object.entries(words)) {
      const places = (of: string) => (of.match(/\{\w+\}/g) ?? []).sort();
      assert.deepEqual(places(translation), places(text), text);
    }
  }
});

/** The texts in the calls of `say`. */
function textsSaid(source: string): string[] {
  const found: string[] = [];
  const visit = (node: ts.Node, isSaid: boolean): void => {
    if (isSaid && ts.isStringLiteral(node)) found.push(node.text);
    const isSay =
      ts.isCallExpression(node) && /(?:^|\.)say$/.test(node.expression.getText()) && node.arguments.length > 0;
    ts.forEachChild(node, (child) =>
      visit(child, isSay ? child === node.arguments[0] : isSaid && !ts.isCallExpression(node)),
    );
  };
  visit(ts.createSourceFile("site.ts", source, ts.ScriptTarget.ES2022, true), false);
  return found;
}
