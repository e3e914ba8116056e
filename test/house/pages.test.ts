import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve, sep } from "node:path";
import test from "node:test";
import ts from "typescript";

const root = resolve(__dirname, "..", "..");
const read = (file: string): string => readFileSync(join(root, file), "utf8");

const CODE = ["lib/src", "lib/assembly", "kernel/src", "browser", "scripts", "test", "bench", "tools", ".ci"];
const OUTSIDE = /(^|[\\/])(node_modules|dist(\..*)?|__pycache__)[\\/]/;

/** Every file below these folders, as a path from the root with slashes. */
function filesBelow(folders: readonly string[], wanted: RegExp): string[] {
  return folders
    .filter((folder) => existsSync(join(root, folder)))
    .flatMap((folder) => {
      const names = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" });
      const files = names.filter((name) => wanted.test(name) && !OUTSIDE.test(name));
      return files.map((name) => `${folder}/${name.split(sep).join("/")}`);
    });
}

const sources = filesBelow(CODE, /\.([cm]?[jt]s|py)$/);
const topPages = readdirSync(root).filter((name) => name.endsWith(".md"));
const guides = [...filesBelow(["docs"], /\.md$/), "CONTRIBUTING.md"];
const pages = [
  ...guides,
  ...topPages,
  ...["lib", "kernel", "data", "bench", "notebooks"].map((name) => `${name}/README.md`),
];

/** Runs Node with these arguments, TypeScript files included. */
const run = (...args: string[]) =>
  spawnSync(process.execPath, ["--require", "ts-node/register/transpile-only", ...args], {
    cwd: root,
    encoding: "utf8",
  });

for (const [made, name] of [
  ["the drawing of the folders is the one that the imports give", "architecture"],
  ["the sentence on the published site is the one that package.json gives", "site-link"],
  ["README's plots are those of the committed notebooks", "notebook-plots"],
]) {
  test(made, () => {
    const { status, stderr } = run(join("scripts", "make.ts"), name, "--check");
    assert.equal(status, 0, stderr);
  });
}

test("README leads to the published site if package.json has its address, and invents none", () => {
  const code = 'const { siteLink } = require("./scripts/make/siteLink"); console.log(siteLink(process.argv[1]))';
  const { stdout } = run("--eval", code, "https://somebody.example/dlfs/");
  assert.match(stdout, /\[open the notebooks in your browser\]\(https:\/\/somebody\.example\/dlfs\/\)/);
  assert.doesNotMatch(run("--eval", code).stdout, /https?:/);
});

/** The source files that a page means by a name, which may leave out folders in front. */
const meant = (name: string): string[] => sources.filter((file) => file === name || file.endsWith(`/${name}`));

test("every source file that a guide names is there", () => {
  const named = guides.flatMap((page) =>
    [...read(page).matchAll(/`([\w./-]+\.(?:[cm]?[jt]s|py))`/g)].map(([, name]) => ({ page, name })),
  );
  assert.ok(named.length > 60, `only ${named.length} names were found: the search is broken`);
  const gone = named.filter(({ name }) => meant(name).length === 0 && !existsSync(join(root, name)));
  assert.deepEqual(gone, []);
});

test("every function of a walk is declared in its file", () => {
  const rows = [...read("docs/architecture.md").matchAll(/^\| `([\w./]+\.ts)` \| (`\w+`(?:, `\w+`)*) \|/gm)];
  assert.ok(rows.length > 35, `only ${rows.length} steps were found: the search is broken`);
  const gone = rows.flatMap(([, file, list]) => {
    const declared = new Set(meant(file).flatMap(declaredIn));
    return [...list.matchAll(/\w+/g)].filter(([name]) => !declared.has(name)).map(([name]) => `${file} has no ${name}`);
  });
  assert.deepEqual(gone, []);
});

/** The names of functions, methods, classes and variables, wherever in the file. */
function declaredIn(file: string): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const { name } = node as { name?: ts.Node };
    const isDeclaration = ts.isFunctionLike(node) || ts.isClassDeclaration(node) || ts.isVariableDeclaration(node);
    if (isDeclaration && name) names.push(name.getText());
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.ES2022, true));
  return names;
}

test("every link between pages leads to a file", () => {
  const links = pages.flatMap((page) =>
    [...read(page).matchAll(/\]\((?!\w+:|#)([^)#\s]+)[^)]*\)/g)].map(([, target]) => ({ page, target })),
  );
  assert.ok(links.length > 40, `only ${links.length} links were found: the search is broken`);
  assert.deepEqual(
    links.filter(({ page, target }) => !existsSync(join(root, dirname(page), target))),
    [],
  );
});

test("every command that a page names is there", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const makers = [...read("scripts/make.ts").matchAll(/^ {2}"?([\w-]+)"?: \{ module:/gm)].map(([, name]) => name);
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npm run ([\w-]+)(?: -- (\w[\w-]*))?/g)].map(([text, name, word]) => ({
      page,
      text,
      name,
      word,
    })),
  );
  assert.ok(named.length > 30 && makers.length > 3, "the search is broken");
  const gone = named.filter(
    ({ name, word = makers[0] }) => !(name in scripts) || (name === "make" && !makers.includes(word)),
  );
  assert.deepEqual(gone, []);
});

test("the routine that docs/routines.md calls gives what the page says", () => {
  const [, script] = /```js\n([^]*?)```/.exec(read("docs/routines.md"))!;
  const [, wanted] = /console\.log\(.*?\); \/\/ (.*)/.exec(script)!;
  const args = ["--require", "ts-node/register/transpile-only", "--eval", script];
  const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  assert.equal(stdout.trim(), wanted, stderr);
});

test("every word of the glossary occurs in the code", () => {
  const [, table] = /\n## Words\n([^]*?)\n## /.exec(read("docs/architecture.md"))!;
  const words = [...table.matchAll(/^\| ([\w ]+) \| /gm)].map(([, word]) => word).filter((word) => word !== "word");
  assert.ok(words.length > 20, `only ${words.length} words were found: the search is broken`);
  const lettersOf = (text: string) => text.toLowerCase().replace(/[^a-z]/g, "");
  const code = sources.map((file) => lettersOf(read(file)));
  assert.deepEqual(
    words.filter((word) => !code.some((text) => text.includes(lettersOf(word).replace(/s$/, "")))),
    [],
  );
});

/** The variables that a program reads from its environment. */
function environmentOf(file: string): string[] {
  const text = read(file);
  if (file.endsWith(".py")) return [...text.matchAll(/\benviron(?:\.get\()?\[?["'](\w+)["']/g)].map(([, name]) => name);
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node) && isEnvironment(node.expression)) names.push(node.name.text);
    if (ts.isElementAccessExpression(node) && isEnvironment(node.expression)) {
      if (ts.isStringLiteral(node.argumentExpression)) names.push(node.argumentExpression.text);
    }
    if (ts.isVariableDeclaration(node) && node.initializer && isEnvironment(node.initializer))
      names.push(...partsOf(node.name));
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true));
  return names;
}

const isEnvironment = (node: ts.Expression): boolean => node.getText() === "process.env";

/** `{ DLFS_DATA, ...others }` reads DLFS_DATA. */
function partsOf(name: ts.BindingName): string[] {
  if (!ts.isObjectBindingPattern(name)) return [];
  const elements = name.elements.filter(({ dotDotDotToken }) => !dotDotDotToken);
  return elements.map((element) => (element.propertyName ?? element.name).getText());
}

test("the tables of switches name every variable that the code reads, and no other", () => {
  const [, section] = /\n## Switches\n([^]*)/.exec(read("docs/architecture.md"))!;
  const cells = [...section.matchAll(/^\| (`.*?) \|/gm)].map(([, cell]) => cell);
  const told = cells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map(([, name]) => name));
  const used = new Set(sources.flatMap(environmentOf));
  assert.ok(used.size > 10, `only ${used.size} variables were found: the search is broken`);
  assert.deepEqual(
    [...used].filter((name) => !told.includes(name)).sort(),
    [],
    "not in docs/architecture.md, Switches",
  );
  // what a package or a Python program reads for us stands in the code as a word
  const code = sources.map(read).join("\n");
  assert.deepEqual(
    told.filter((name) => !used.has(name) && !new RegExp(`\\b${name}\\b`).test(code)),
    [],
    "read nowhere",
  );
});

test("the citation and the change log are those of this version", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  assert.match(read("CITATION.cff"), new RegExp(`^version: ${version.replaceAll(".", "\\.")}$`, "m"));
  assert.match(read("CHANGELOG.md"), new RegExp(`^## ${version.replaceAll(".", "\\.")}\\b`, "m"));
});
