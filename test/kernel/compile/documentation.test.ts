import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import test from "node:test";
import ts from "typescript";
import { CellCompiler, cellOptions, complete, inspect, NOTHING_KNOWN } from "../../../kernel/src/compile";
import { withoutDocumentation } from "../../../kernel/src/compile/documentation";
import { shortened } from "../../../kernel/src/compile/shortened";
import { importKey } from "../../../kernel/src/compile/project";
import { libraryReader, loadCompiler } from "../../../kernel/src/start/loadCompiler";

/**
 * Declaration files without their documentation, as the startup snapshot holds them, serve cells as the whole files do.
 */

const { compiler, files } = loadCompiler();
const options = cellOptions(compiler, libraryReader(compiler));
const whole = new CellCompiler(compiler, options, files);
const short = new CellCompiler(compiler, options, files, { ...NOTHING_KNOWN, files: parsedWithoutDocumentation() });

function parsedWithoutDocumentation(): Map<string, ts.SourceFile> {
  const paths = whole.project
    .open("", [], [])
    .getProgram()!
    .getSourceFiles()
    .map(({ fileName }) => fileName);
  const settings = { languageVersion: compiler.ScriptTarget.ES2022 };
  // the cell and the kernel's own globals are no files
  return new Map(
    paths
      .filter((name) => existsSync(name))
      .map((name) => [name, withoutDocumentation(compiler, name, readFileSync(name, "utf8"), settings)]),
  );
}

/** Kinds and texts of all nodes, in order. */
function outline(file: ts.SourceFile): string[] {
  const lines: string[] = [];
  const visit = (node: ts.Node): void => {
    lines.push(`${ts.SyntaxKind[node.kind]} ${ts.isSourceFile(node) ? "" : ((node as { text?: string }).text ?? "")}`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return lines;
}

const parse = (text: string) => ts.createSourceFile("file.ts", text, ts.ScriptTarget.ES2022);

const TEXTS: Record<string, string> = {
  "comments and indentation": "/** One. */\nfunction one() {\n    // two\n    return /* three */ 3;\n}\n",
  "lines that end without a semicolon": "let a = 1 // one\nlet b = a\n++b\nconst c = () => {\n}\nb\n",
  "signs and words that need a space":
    "let a = 1, b = - -a + +a, c = a - - b; typeof a in {}; void 0; 1 .toFixed ( ); a ? .5 : 1",
  "regular expressions": "const slash = / \\/\\/ /g, other = [/'/, /[/*]/.test('a') ]; const half = 4 / 2 / 1;",
  templates: "const text = ` // kept ${ 1 + /* gone */ 2 }   /* kept */ ${`  ${ { a: 1 }.a }  ` } // kept`;",
  strings: "const text = 'it is // kept' + \"/* kept */\";",
  "a return before a new line": "function f() {\n  return\n  1\n}",
};
for (const [name, text] of Object.entries(TEXTS)) {
  test(`a shortened text has the same syntax tree: ${name}`, () => {
    const file = parse(text);
    const result = shortened(ts, file);
    assert.deepEqual(outline(parse(result)), outline(file));
    assert.ok(result.length <= text.length);
  });
}

test("so has each declaration file, with the files that it refers to, in a third of the text", () => {
  let [before, after] = [0, 0];
  for (const file of whole.project.open("", [], []).getProgram()!.getSourceFiles()) {
    const result = parse(shortened(ts, file));
    assert.deepEqual(outline(result), outline(parse(file.text)), file.fileName);
    const referred = ({ referencedFiles, typeReferenceDirectives, libReferenceDirectives }: ts.SourceFile) =>
      [referencedFiles, typeReferenceDirectives, libReferenceDirectives].map((all) =>
        all.map(({ fileName }) => fileName),
      );
    assert.deepEqual(referred(result), referred(file), file.fileName);
    before += file.text.length;
    after += result.text.length;
  }
  assert.ok(after < before / 3, `${before} characters became ${after}`);
});

const ASKED = [
  "[1].map(|",
  "setTimeout(|",
  "new Map(|",
  "Math.hypot|",
  "Array.from|",
  "process.hrtime|",
  "import { readFile } from 'node:fs'; readFile(|",
  "import * as path from 'node:path'; path.join(|",
  "import { Socket } from 'node:net'; new Socket().on|",
  "import { Socket } from 'node:net'; new Socket().pipe(|",
  "new Error().caus|e",
  "'a'.subst|r(1)",
  "import type { Stats } from 'node:fs'; let s: Sta|ts",
  "JSON|",
  "class Own extends Own { method() {} } new Own().met|hod()",
  "import * as kernel from './kernel/src/channels/bind'; kern|el",
  "import fs from 'node:fs'; f|s",
  "import { spawn } from 'node:child_process'; const run = spawn; run(|",
];
for (const marked of ASKED) {
  test(`documentation at ${JSON.stringify(marked)} is read from the whole file`, () => {
    const offset = marked.indexOf("|");
    const source = marked.replace("|", "");
    const found = inspect(short, source, offset);
    assert.deepEqual(found, inspect(whole, source, offset));
    assert.ok(found);
  });
}

test("completions come in the same order, with what is deprecated last", () => {
  for (const source of ["'a'.", "", "process.", "import fs from 'node:fs'; fs.", "Buffer."]) {
    assert.deepEqual(complete(short, source, source.length), complete(whole, source, source.length), source);
  }
});

test("the language service makes one program for a text, however often it is asked about it", () => {
  const service = short.ask("import { missing } from './missing'; missing.");
  assert.equal(service.getProgram(), service.getProgram());
});

test("names of earlier cells are completed with their kinds, imported ones as well", () => {
  const cells = new CellCompiler(compiler, options, files, { ...NOTHING_KNOWN, files: parsedWithoutDocumentation() });
  for (const source of [
    "import { join } from 'node:path'; import type { Stats } from 'node:fs';",
    "class Zone {} let zoom = (x: Zone) => x; enum Zero { One }",
  ]) {
    cells.declare(cells.compile(source));
  }
  const kinds = (source: string, names: string[]) =>
    complete(cells, source, source.length)
      .matches.filter(({ text }) => names.includes(text))
      .map(({ text, kind }) => `${kind} ${text}`)
      .sort();
  assert.deepEqual(kinds("", ["join", "Zone", "zoom", "Zero"]), ["alias join", "class Zone", "enum Zero", "let zoom"]);
  assert.deepEqual(kinds("let stats: ", ["Stats", "Zone"]), ["alias Stats", "class Zone"]);
});

test("a declaration file that has changed since it was read first is told of as far as it is the same", () => {
  const folder = files.folder;
  const [text, newer] = [
    "/** One. */\nexport declare function one(): void;\n",
    "/** Newer. */\nexport declare function one(): void;\n/** Two. */\nexport declare const two: 2;\n",
  ];
  const name = `${folder}/changed.d.ts`;
  const fake = {
    ...files,
    fileExists: (file: string) => file === name || files.fileExists(file),
    readFile: (file: string) => (file === name ? newer : files.readFile(file)),
  };
  const parsed = new Map([
    [name, withoutDocumentation(compiler, name, text, { languageVersion: compiler.ScriptTarget.ES2022 })],
  ]);
  const changed = new CellCompiler(compiler, options, fake, { ...NOTHING_KNOWN, files: parsed });
  const source = 'import { one } from "./changed"; one';
  assert.equal(inspect(changed, source, source.length)?.text, "Newer.");
});

test("a module that is known for the import of a declaration file is not looked for", () => {
  const [outer, inner] = ["outer", "inner"].map((name) => `${files.folder}/${name}.d.ts`);
  const parsed = new Map(
    [
      [outer, 'export * from "./gone";\n'],
      [inner, "/** Inner. */\nexport declare function one(): void;\n"],
    ].map(([name, text]) => [name, compiler.createSourceFile(name, text, compiler.ScriptTarget.ES2022, true)]),
  );
  const asked: string[] = [];
  const fileExists = (name: string) => {
    asked.push(name);
    return name === outer || files.fileExists(name);
  };
  const found = { resolvedModule: { resolvedFileName: inner, extension: ".d.ts" }, failedLookupLocations: [] };
  const imports = new Map([[importKey("./gone", outer), found as ts.ResolvedModuleWithFailedLookupLocations]]);
  const cells = new CellCompiler(compiler, options, { ...files, fileExists }, { files: parsed, imports });
  assert.deepEqual(cells.compile('import { one } from "./outer"; one()').diagnostics, []);
  assert.deepEqual(
    asked.filter((name) => name.includes("gone")),
    [],
  );
});
