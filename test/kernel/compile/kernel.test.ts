import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import type { KernelClient } from "../../../tools/kernelClient";
import { shareKernel } from "../workplace";
import { notebookFolder } from "./session";

/** Some of what the tests beside this one try in their own process, in a real kernel. */

const { folder } = notebookFolder();
writeFileSync(
  path.join(folder, "own.mjs"),
  "export const own = 1;\nexport const fail = () => {\n  throw new Error('inside');\n};",
);
writeFileSync(
  path.join(folder, "own.ts"),
  "interface Options {\n  of: string;\n}\n\nexport function fail({ of }: Options): never {\n  throw new Error(of);\n}",
);
writeFileSync(path.join(folder, "dlfs.ts"), "export const fromPackage = false;");
// What TypeScript accepts and V8's parser does not, behind a line of which nothing is left in JavaScript.
const UNPARSABLE = "if (1) function late() {}";
const unparsable = `type Nothing = 1;\n\n${UNPARSABLE}\nexport const one = 1;`;
writeFileSync(path.join(folder, "unparsable.ts"), unparsable);
writeFileSync(path.join(folder, "unparsable.mjs"), unparsable.replace("type Nothing = 1;", "// nothing"));
writeFileSync(path.join(folder, "required.cjs"), `"use strict";\n\n${UNPARSABLE}`);
writeFileSync(path.join(folder, "unparsable.cjs"), `"use strict";\n\n${UNPARSABLE}\nexports.one = 1;`);
mkdirSync(path.join(folder, "deep"));

let kernel: KernelClient;
shareKernel((started) => (kernel = started), folder);

async function value(...cells: string[]): Promise<unknown> {
  let shown: unknown;
  for (const cell of cells) {
    const { reply, outputs } = await kernel.execute(cell);
    assert.equal(reply.status, "ok", JSON.stringify(reply));
    shown = (outputs.find(([type]) => type === "execute_result")?.[1].data as Record<string, string> | undefined)?.[
      "text/plain"
    ];
  }
  return shown;
}

async function failing(cell: string): Promise<string[]> {
  const { reply } = await kernel.execute(cell);
  assert.equal(reply.status, "error");
  return reply.traceback as string[];
}

const SHOWN: [string[], string][] = [
  [
    [
      "let rate = 0.1; function step() { return rate * 2; } class A { old = 1; } const make = () => new A();",
      "rate = 0.5; class A { fresh = 2; }",
      "[step(), make()]",
    ],
    "[ 1, A { fresh: 2 } ]",
  ],
  [["let __count = 1; const seen = () => __count;", "__count = 7; seen()"], "7"],
  [
    [
      "export const pasted = 3; export default function named() { return pasted; } export { pasted as other };",
      "named() + pasted",
    ],
    "6",
  ],
  [["namespace N { export let v = 1; export function up() { return ++v; } }", "N.up()"], "2"],
  [["import { own } from './own.mjs'; own"], "1"],
  [["import { fromPackage } from './dlfs'; fromPackage", "import { np } from 'dlfs'; np.arange(2)"], "array([0, 1])"],
  [["import vm from 'vm'; vm.runInThisContext('1 + 1', { breakOnSigint: true })"], "2"],
  [["for (var [key, each] of [['a', 1], ['b', 2]] as const);", "[key, each]"], "[ 'b', 2 ]"],
  [["#!/usr/bin/env node\nawait (async () => 5)();;"], "5"],
  [["/^[[a-z]--[b]]$/v.test('a')"], "true"],
  [["function who(this: unknown) { return this; }", "(who as any)() === undefined"], "true"],
];
for (const [cells, shown] of SHOWN) test(cells.join(" | "), async () => assert.equal(await value(...cells), shown));

test("an error before the declaration names the reader's variable and the place that reads it", async () => {
  const told = await failing("const first = use();\nfunction use() {\n  return late;\n}\nlet late = 1;");
  assert.equal(told[0], "ReferenceError: Cannot access 'late' before initialization");
  assert.match(told.join("\n"), /^ {4}at use \(In\[\d+\]:3:10\)\n {4}3 \| {3}return late;\n/m);
});

test("lines are counted alike in errors of the compiler and of the running cell, whatever ends them", async () => {
  for (const end of ["\n", "\r\n", "\u2028"]) {
    const before = ["'😀\t'; 1;", "\t2;", ""].join(end);
    assert.match((await failing(`${before}\tnope;`))[1], /:3:2$/);
    assert.match(
      (await failing(`${before}\tthrow new Error("e");`)).join("\n"),
      /at In\[\d+\]:3:8\n {4}3 \| \tthrow new Error\("e"\);/,
    );
  }
});

test("an error in an own module names the module and the line that its author wrote", async () => {
  assert.match((await failing("import { fail } from './own.mjs';\nfail();")).join("\n"), /own\.mjs:3:9/);
  assert.match(
    (await failing('import { fail as failTyped } from "./own.ts";\nfailTyped({ of: "typed" });')).join("\n"),
    /^Error: typed\n {4}at \S*fail \(\S*\/own\.ts:6:9\)\n {4}at In\[\d+\]:2:\d+\n/,
  );
});

const PARSER = "SyntaxError: In strict mode code, functions can only be declared at top level or inside a block.";

test("what only V8's parser refuses is told with the reader's line, and nothing of the compiled code", async () => {
  const told = (await failing(unparsable.replace("export ", ""))).join("\n");
  assert.match(told, /^SyntaxError: In strict .*\n {4}at In\[\d+\]:3:8\n {4}3 \| if \(1\) function late\(\) \{\}\n/);
});

for (const [code, place] of [
  ['import { one } from "./unparsable.ts"; one', "unparsable.ts:3:8"],
  ['(await import("./unparsable.ts")).one', "unparsable.ts:3:8"],
  ['import { one } from "./unparsable.mjs"; one', "unparsable.mjs:3:8"],
  ['import * as all from "./unparsable.cjs"; all', "unparsable.cjs:3:8"],
]) {
  test(`${code}: V8's parser refuses the module, which is told with the line that its author wrote`, async () => {
    const [heading, first] = (await failing(code)).join("\n").split("\n");
    assert.deepEqual([heading, first], [PARSER, `    at ${path.join(folder, place)}`]);
  });
}

test("a module that is required without being compiled is told with its own line", async () => {
  const told = (await failing('require("./required.cjs")')).join("\n");
  assert.ok(told.includes(`${path.join(folder, "required.cjs")}:3\n${UNPARSABLE}\n`), told);
});

test("a caught error of V8's parser carries the reader's line too", async () => {
  const code = 'let stack = ""; await import("./unparsable.ts").catch((error) => (stack = error.stack)); stack';
  assert.match(String(await value(code)), /unparsable\.ts:3:8/);
  assert.doesNotMatch(String(await value("stack")), /\{ \}/);
});

test("__dirname is the notebook's folder; names that Node gives only to files are refused in words", async () => {
  assert.equal(
    await value("const { join } = require('path'); join(__dirname, 'a') + typeof __dirname"),
    `'${path.join(folder, "a")}string'`,
  );
  assert.equal(await value("const show = () => ({ __dirname }); show().__dirname.length"), String(folder.length));
  for (const [code, told] of [
    ["[1,\n__filename]", /^TS2304: __filename: a cell has no file: wanted __dirname, the notebook's folder\n.*:2:1/],
    ["module.exports = 1;", /^TS2304: module: a cell is no module: wanted a plain declaration/],
    ["exports.one = 1;", /^TS2304: exports: a cell is no module: wanted a plain declaration/],
    ["require.main === module", /^TS2304: module: a cell is no module/],
  ] as const)
    assert.match((await failing(code)).join("\n"), told);
  assert.equal(await value("const module = { exports: 1 }; module.exports", "module.exports + 1"), "2");
  assert.equal(await value("((module: number) => module + 1)(2)"), "3");
  assert.equal(await value("const __dirname = 'mine';", "__dirname"), "'mine'");
});

test("cells that throw, are refused or have JSX leave completion and documentation right", async () => {
  await failing("let kept = { alpha: 1 }; throw 1; let lost = 2;");
  assert.match((await failing("const el = <p/>;"))[0], /^TS17004: JSX/);
  const complete = await kernel.request("complete_request", { code: "'😀'; kept.al", cursor_pos: 12 });
  assert.deepEqual([complete.matches, complete.cursor_start, complete.cursor_end], [["alpha"], 10, 12]);
  const inspect = await kernel.request("inspect_request", { code: "lost", cursor_pos: 4, detail_level: 0 });
  assert.equal(inspect.found, false);
});
