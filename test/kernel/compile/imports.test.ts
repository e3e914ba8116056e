import assert from "node:assert/strict";
import { mkdirSync, rmSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import { notebookFolder, Session } from "./session";

/** Imports of Node's modules and of the reader's own beside the notebook, and what follows when these change. */

const { folder, write } = notebookFolder();
const session = new Session(path.join(folder, "notebooks"));
mkdirSync(session.folder);
const beside = (name: string, text: string): void => write(`notebooks/${name}`, text);

beside(
  "mod.ts",
  "export let n = 1; export const inc = () => ++n; export default class Own { a = 1; }\n" +
    "export type T = string; export interface I { q: number } export enum E { X = 3 } export const enum C { Y = 4 }",
);
beside("circleA.ts", 'import { b } from "./circleB"; export const a = "a"; export const getB = () => b;');
beside("circleB.ts", 'import { a } from "./circleA.js"; export const b = "b"; export const getA = () => a;');
beside("data.json", '{ "k": [1, 2] }');
beside("common.cjs", "module.exports = { cj: 1 };");
beside("standard.mjs", "export const em = 2;");
beside("plain.js", "exports.plain = 3;");
beside("modern.js", "export const modern = 4;");
beside("typed.mts", "export const typed: number = 5;");
beside(
  "element.tsx",
  "const React = { createElement: (name: string) => name };\n" +
    "export const element: unknown = <p />;\n" +
    "declare global { namespace JSX { interface IntrinsicElements { p: object } } }",
);
beside("effect.ts", "Object.assign(globalThis, { ofEffect: ((globalThis as any).ofEffect ?? 0) + 1 });");
beside("uses.ts", 'import { k } from "./data.json"; import { n } from "./mod"; export const used = () => [k[0], n];');
write("outside.ts", 'export const up = "up";');

const IMPORTS: [string[], unknown][] = [
  [
    [
      "import { join as j, type ParsedPath } from 'node:path'; import fsd, * as fsn from 'fs';",
      "let p: ParsedPath; [j('a', 'b'), typeof fsd.readFileSync, typeof fsn.readFileSync]",
    ],
    ["a/b", "function", "function"],
  ],
  [["import fs = require('fs');", "typeof fs.readFileSync"], "function"],
  [["import {} from 'path'; import 'path'; 1"], 1],
  [
    [
      "import { type join as only, type ParsedPath as PP } from 'path'; import type { sep as onlySep } from 'path';",
      "const first: typeof only = (...a: string[]) => a[0]; const s: typeof onlySep = '/'; let pp: PP; first('z')",
    ],
    "z",
  ],
  [
    [
      "import Own, { n, inc, E, C, type T, type I } from './mod'; const i: I = { q: 1 }, t: T = 'a'; inc();",
      "[new Own().a, n, E.X, C.Y, i.q, t]",
    ],
    [1, 2, 3, 4, 1, "a"],
  ],
  [["import { n, inc } from './mod';", "const before = n; inc(); n - before"], 1],
  [
    [
      "import { n as ofTs } from './mod.ts'; import { n as ofJs } from './mod.js'; " +
        "import * as all from './mod'; import m = require('./mod');",
      "[ofTs === ofJs, all.n === m.n]",
    ],
    [true, true],
  ],
  [["import { inc } from './mod'; let n = 100; inc(); n"], 100],
  [
    ["let n: number = 100; const see = () => n;", "import { n, inc } from './mod';", "inc(); see() === n && n < 100"],
    true,
  ],
  [["import { sep } from 'path'; const see = () => sep;", "import { sep } from 'path/win32'; see()"], "\\"],
  [["import { sep } from 'path'; const see = () => sep;", "const sep = 1; see()"], 1],
  [
    ["const { default: D, ...others } = await import('./mod');", "[new D().a, Object.keys(others)]"],
    [1, ["n", "inc", "E"]],
  ],
  [["export * from './mod'; export * as ns from './mod'; export { n as other } from './mod'; 1"], 1],
  [["import './effect'; import './effect'; (globalThis as any).ofEffect"], 1],
  [["import { getB, a } from './circleA'; import { getA } from './circleB'; [getB(), getA(), a]"], ["b", "a", "a"]],
  [
    [
      "import data from './data.json'; import * as all from './data.json' with { type: 'json' }; " +
        "import { k } from './data.json' with { type: 'json' };",
      "[data.k, all.k, k.length.toFixed()]",
    ],
    [[1, 2], [1, 2], "2"],
  ],
  [["(await import('./data.json', { with: { type: 'json' } })).default.k"], [1, 2]],
  [["import { up } from '../outside'; up"], "up"],
  [
    [
      "import cj from './common.cjs'; import { em } from './standard.mjs'; import { plain } from './plain'; " +
        "import { modern } from './modern.js'; import { typed } from './typed.mts';",
      "[cj.cj, em, plain, modern, typed]",
    ],
    [1, 2, 3, 4, 5],
  ],
  [["import { element } from './element'; element"], "p"],
  [["import { used } from './uses'; used()[0]"], 1],
  [["function who(this: any, ..._: any[]) { return this === undefined; }", "who(import('./mod'))"], true],
  [
    [
      "const mixin = (_: unknown) => class { x = 1; };",
      "class Mixed extends mixin(await import('./mod')) {} new Mixed().x",
    ],
    1,
  ],
];
for (const [cells, expected] of IMPORTS)
  test(cells.join(" | "), async () => assert.deepEqual(await session.value(...cells), expected));

const REFUSED: [string, number][] = [
  ["import { nope } from './mod'", 2614],
  ["import x from './nonexistent'", 2307],
  ["import y from 'nonexistent-package'", 2307],
  ["await import('./nonexistent')", 2307],
  ["import { sep } from 'path'; const sep = 1;", 2440],
  ["import type { sep } from 'path'; sep", 1361],
  ["import { undefinedExport } from 'path'", 2305],
];
for (const [cell, code] of REFUSED)
  test(`${cell} is refused`, async () => assert.equal((await session.codes(cell))[0], code));

test("a module that is made after its import failed is found, and a changed one is loaded anew", async () => {
  const cell = "import { late } from './late'; late";
  assert.deepEqual(await session.codes(cell), [2307]);
  beside("late.ts", "export const late = 1;");
  assert.equal(await session.value(cell), 1);
  beside("late.ts", 'export const late: string = "two";');
  assert.equal(await session.value("import { late } from './late'; late.toUpperCase()", "late"), "two");
  rmSync(path.join(session.folder, "late.ts"));
  assert.deepEqual(await session.codes(cell), [2307]);
});

test("a notebook outside the checkout finds the library, and so does a module beside it", async () => {
  beside("usesLibrary.ts", 'import { np } from "dlfs"; export const two = np.sum([1, 1]);');
  assert.deepEqual(
    await session.value("import { np } from 'dlfs'; import { two } from './usesLibrary'; [np.sum([1, 2]), two]"),
    [3, 2],
  );
  const { thrown } = await session.run("require('no-such-package')");
  assert.match(String(thrown), /Cannot find module 'no-such-package'/);
});

test("a module that is changed is loaded anew by those that import it", async () => {
  beside("inner.ts", "export const inner = 1;");
  beside("outer.ts", 'import { inner } from "./inner"; export const outer = () => inner + 1;');
  assert.equal(await session.value("import { outer } from './outer'; outer()"), 2);
  beside("inner.ts", "export const inner = 100;");
  assert.equal(await session.value("import { outer } from './outer'; outer()"), 101);
});

test("data that is changed is read anew", async () => {
  beside("changing.json", '{ "v": 1 }');
  assert.equal(await session.value("import { v } from './changing.json'; v"), 1);
  beside("changing.json", '{ "v": "other" }');
  assert.equal(await session.value("import { v } from './changing.json'; v.toUpperCase()"), "OTHER");
});

test("errors in a module of the reader's own name its file, until they are mended", async () => {
  for (const [text, code] of [
    ["export const broken = ;", 1109],
    ['export const broken: number = "s";', 2322],
  ] as const) {
    beside("broken.ts", text);
    const { diagnostics } = await session.run("import { broken } from './broken'");
    assert.deepEqual(
      diagnostics.map((found) => [found.code, found.fileName, found.start.line]),
      [[code, "broken.ts", 0]],
    );
  }
  beside("broken.ts", "export const broken = 8;");
  assert.equal(await session.value("import { broken } from './broken'; broken"), 8);
});
