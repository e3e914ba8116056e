import assert from "node:assert/strict";
import test from "node:test";
import { Session } from "./session";

/** Variables live on from cell to cell: functions of earlier cells see what later ones assign and declare. */

const expectValue = (title: string, cells: string[], expected: unknown, session = () => new Session()): void =>
  void test(title, async () => assert.deepEqual(await session().value(...cells), expected));

// For rows that declare all that they use: a session of its own costs each a tenth of a second.
const shared = new Session();
const sharedSession = (): Session => shared;

const FUNCTION = "function f(n: number): any { return n; }\nfunction caller() { return f(4); }";

// What a later cell declares is what the caller of the first one then calls.
const DECLARED_AGAIN: [string, string, unknown][] = [
  ["a function", "function f(n: number) { return -n; }", -4],
  ["a function that calls itself", "function f(n: number): number { return n < 2 ? 1 : n * f(n - 1); }", 24],
  ["a constant with an arrow function", "const f = (n: number) => `arrow ${n}`;", "arrow 4"],
  ["a variable by let", "let f = function (n: number) { return [n]; };", [4]],
  ["a variable by var", "var f = (n: number) => n + 0.5;", 4.5],
  ["a pattern", "const { f } = { f: (n: number) => n * 100 };", 400],
  ["a pattern by var inside of a block", "{ var [f] = [(n: number) => n * 1000]; }", 4000],
  ["an exported function", "export function f(n: number) { return n + 2; }", 6],
  ["an exported default function", "export default function f(n: number) { return n + 3; }", 7],
  [
    "overloads",
    "function f(n: number): number;\nfunction f(n: string): string;\nfunction f(n: any) { return n + 1; }",
    5,
  ],
];
for (const [what, cell, expected] of DECLARED_AGAIN) {
  expectValue(
    `a function that is declared again as ${what} is what earlier callers call`,
    [FUNCTION, cell, "caller()"],
    expected,
    sharedSession,
  );
}
expectValue(
  "a generator in place of a function",
  [FUNCTION, "function* f(n: number) { yield n; yield n + 1; }", "[...caller()]"],
  [4, 5],
);
expectValue(
  "an async function in place of a function",
  [FUNCTION, "async function f(n: number) { return n; }", "await caller()"],
  4,
);

const VALUES: [string, string[], unknown][] = [
  [
    "let, var and const in turn, with other types",
    [
      "let a: any = 1; const seen = () => a;",
      "a = 2;",
      "let first = seen(); const a = 'x';",
      "var a: any = [seen()]; [first, seen()]",
    ],
    [2, ["x"]],
  ],
  [
    "a class that is declared again is the one that an earlier function makes",
    ["class A { old = 1; } const make = () => new A();", "class A { fresh = 2; }", "({ ...make() })"],
    { fresh: 2 },
  ],
  [
    "a subclass keeps the base that it was made with",
    ["class A { old = 1; }\nclass B extends A {}", "class A { fresh = 2; }", "({ ...new B() })"],
    { old: 1 },
  ],
  [
    "statics and private members",
    [
      "class A { static count = 0; #p = 1; static has(x: A) { return #p in x; } constructor() { A.count++; } }",
      "new A(); [A.count, A.has(new A()), A.count]",
    ],
    [1, true, 2],
  ],
  [
    "a class uses itself in its static parts",
    [
      "class S { static self = S; static { S.self.x = 1; } static y = (() => S.x)(); static x: number; }",
      "[S.self === S, S.y]",
    ],
    [true, 1],
  ],
  [
    "patterns with defaults, rests and computed keys",
    [
      "const { a = 1, b: { c = 2, ...d } = { e: 5 } as any, ['k' + 1]: k = 7, ...rest } = { z: 1 } as any; " +
        "const [p, , q = 4, ...r] = [1, 2, undefined, 5, 6];",
      "[a, c, d, k, rest, p, q, r]",
    ],
    [1, 2, { e: 5 }, 7, { z: 1 }, 1, 4, [5, 6]],
  ],
  [
    "closures of a loop by let are apart, those by var share",
    [
      "const fs: (() => number)[] = []; for (let i = 0; i < 2; i++) fs.push(() => i); " +
        "for (var j = 0; j < 2; j++) fs.push(() => j);",
      "j = 9; fs.map((f) => f())",
    ],
    [0, 1, 9, 9],
  ],
  [
    "a timer and a promise assign after the end of their cell",
    [
      "let n = 0, m = 0; const done = " +
        "new Promise<void>((resolve) => setTimeout(() => { n = 5; resolve(); }, 1)); " +
        "void done.then(() => (m = n + 1));",
      "await done; await 0; [n, m]",
    ],
    [5, 6],
  ],
  [
    "enums, also constant ones and after a new declaration",
    [
      "enum Color { Red, Green = 5, Blue } const enum Width { Wide = 'w' }",
      "let was: unknown[] = [Color.Blue, Color[5], Width.Wide];",
      "enum Color { Other }",
      "[...was, Color.Other, Color[5]]",
    ],
    [6, "Green", "w", 0, undefined],
  ],
  [
    "a namespace exports functions, classes, enums and namespaces",
    [
      "namespace N { export let v = 1; export function inc() { return ++v; } " +
        "export namespace Deep { export const d = v; } export enum E { A } export class K { k = 2; } }",
      "[N.inc(), N.v, N.Deep.d, N.E.A, new N.K().k]",
    ],
    [2, 2, 1, 0, 2],
  ],
  [
    "an alias of a namespace of an earlier cell",
    [
      "namespace A.B { export const x = 1; export type T = 2; }",
      "import D = A.B; import T = A.B.T; namespace Inner { export import Z = A.B; export const y = Z.x; } " +
        "const t: T = 2;",
      "[D.x, Inner.y, Inner.Z.x, t]",
    ],
    [1, 1, 1, 2],
  ],
  [
    "functions and classes with a namespace of their name",
    [
      "function f() { return f.extra; } namespace f { export const extra = 3; } class C { static a = 1; } " +
        "namespace C { export const b = 2; }",
      "[f(), C.a + C.b]",
    ],
    [3, 3],
  ],
  [
    "an interface is merged within a cell and replaced by a later one",
    [
      "interface P { x: number } interface P { y: number } const p: P = { x: 1, y: 2 };",
      "interface P { z: number } const q: P = { z: 3 }; [p.x, p.y, q.z]",
    ],
    [1, 2, 3],
  ],
  [
    "generic functions and instantiations of them",
    [
      "function id<T>(x: T): T { return x; }",
      "const ofNumber = id<number>;",
      "[id('a').length, ofNumber(4).toFixed(1)]",
    ],
    [1, "4.0"],
  ],
  [
    "a type and a value may share a name",
    ["let t = { a: 1 };", "type t = string;", "const u: t = 'x'; [t.a, u]"],
    [1, "x"],
  ],
  [
    "names that `declare` gives a type are the global ones",
    [
      "Object.assign(globalThis, { ofThisTest: 7 }); declare const ofThisTest: number;",
      "const twice = () => 2 * ofThisTest;",
      "Object.assign(globalThis, { ofThisTest: 8 }); twice()",
    ],
    16,
  ],
  [
    "`declare` of a variable of an earlier cell gives it another type",
    ["let v: unknown = 'abc';", "declare let v: string; v.length"],
    3,
  ],
  [
    "`declare global` holds in later cells",
    [
      "declare global { interface Array<T> { lastOf(): T } }\n" +
        "Array.prototype.lastOf = function () { return this[this.length - 1]; };",
      "[1, 2].lastOf()",
    ],
    2,
  ],
  [
    "`declare module` holds in later cells",
    [
      "declare module 'node:fs' { interface OfThisTest { a: number } }",
      "import type { OfThisTest } from 'node:fs'; const o: OfThisTest = { a: 1 }; o.a",
    ],
    1,
  ],
  [
    "names that begin with underscores",
    [
      "let _a = 1, __b = 2, ___c = 3, __proto__ = 4; const sum = () => _a + __b + ___c + __proto__;",
      "__b = 20; __proto__ = 40; [sum(), { __b, ___c }]",
    ],
    [64, { __b: 20, ___c: 3 }],
  ],
  [
    "names of every object",
    [
      "let constructor = 1, toString = 2, then = 3, hasOwnProperty = 4, valueOf = 5, name = 6, length = 7;",
      "[constructor, toString, then, hasOwnProperty, valueOf, name, length]",
    ],
    [1, 2, 3, 4, 5, 6, 7],
  ],
  [
    "words that are names in places",
    [
      "let async = 1, of = 2, type = 3, get = 4, set = 5, as = 6, from = 7, declare = 8, module = 9;",
      "for (of of [20]); async = of; [async, of, type, get, set, as, from, declare]",
    ],
    [20, 20, 3, 4, 5, 6, 7, 8],
  ],
  [
    "names in other writings, and escaped",
    [
      "let 変数 = 1, ñ = 2, $ = 3, $$ = 4, \\u0061bc = 5; function 関数() { return 変数; }",
      "変数 = 9; [関数(), ñ, $, $$, abc, a\\u0062c]",
    ],
    [9, 2, 3, 4, 5, 5],
  ],
  [
    "names of the form in which cells write their variables",
    [
      "let x = 6; let cell$x = 1; function f(cell$x: number) { return x + cell$x; } " +
        "function g(cell1$x: number) { return x + cell1$x; }",
      "[f(10), g(100), cell$x]",
    ],
    [16, 106, 1],
  ],
  ["`var` without a value leaves what the same cell has given it", ["var x = 1; var x: number; x"], 1],
  [
    "`var` without a value has none at first, whatever an earlier cell gave it",
    ["var x = 1;", "var x: number; x"],
    undefined,
  ],
  [
    "`var` with the variable itself goes on from the earlier value",
    ["var x: number = 1;", "var x: number = (x || 5) + 1; x"],
    2,
  ],
  [
    "a loop with one statement that declares",
    ["for (var i = 0; i < 3; i++) var f = () => i;\nif (i) var g = () => i; else var h = 1;", "[f(), g()]"],
    [3, 3],
  ],
  [
    "a labelled loop with a pattern by var",
    ["outer: for (var [a, b] = [0, 3]; a < b; a++) { for (;;) continue outer; }", "[a, b]"],
    [3, 3],
  ],
  [
    "a loop over pairs by var",
    [
      "for (var [k, v] of Object.entries({ a: 1, b: 2 })) {}\nif (true) { var { p, ...q } = { p: 1, r: 2 }; }",
      "[k, v.toFixed(), p, q.r]",
    ],
    ["b", "2", 1, 2],
  ],
  [
    "a cell without exports of its own may export",
    [
      "let x = 3; export { x };",
      "export { x as y }; export default x; export {};",
      "export let e = 1, { g, h: [i] } = { g: 2, h: [4] }; export const fn = () => g, C = class {};",
      "export abstract class A { m() { return x; } } export enum E { B = 5 } export interface I { a: 1 }",
      "const own: I = { a: 1 }; [x, e, g, i, fn(), fn.name, C.name, new (class extends A {})().m(), E.B, own.a]",
    ],
    [3, 1, 2, 4, 2, "fn", "C", 3, 5, 1],
  ],
  [
    "functions and classes without a name may be exported",
    ["export default function () {}", "export default class {}", "export default () => 1;", "1"],
    1,
  ],
];
for (const [title, cells, expected] of VALUES) expectValue(title, cells, expected, sharedSession);
expectValue("names of the library", ["let Array = 5; const process = { pid: 1 };", "[Array + 1, process.pid]"], [6, 1]);

const ASSIGNMENTS: [string, unknown][] = [
  ["x += 2", 3],
  ["x ??= 9", 1],
  ["x ||= 9", 1],
  ["x &&= 9", 9],
  ["x++", 2],
  ["--x", 0],
  ["x **= 2", 1],
  ["x <<= 3", 8],
  ["[x] = [5]", 5],
  ["[, x = 6] = [1]", 6],
  ["({ x } = { x: 7 })", 7],
  ["({ a: x = 8 } = {} as any)", 8],
  ["({ x = 9 } = {} as any)", 9],
  ["({ ...x } = { a: 1 })", { a: 1 }],
  ["[...x] = [1, 2]", [1, 2]],
  ["for (x of [1, 2]);", 2],
  ["for (x in { q: 1 });", "q"],
  ["for ({ x } of [{ x: 44 }]);", 44],
  ["for ([x] of [[45]]);", 45],
  ["for (x = 0; x < 3; x++);", 3],
  ["try { throw 5; } catch (e) { x = e; }", 5],
  ["((y = (x = 11)) => y)()", 11],
  ["(x) = 4", 4],
  ["(x as any) = 5", 5],
  ["x! += 1", 2],
  ["for ((x as any) of [9]);", 9],
  ["([(x as any)] = [10])", 10],
  ["x = x++ + ++x", 4],
  ["class K { static { x = 12; } }", 12],
  ["void (async () => { x = 13; })()", 13],
  ["for await (x of [Promise.resolve(14)]);", 14],
  ["x = (x = 2, x + 1)", 3],
  ["[x, x] = [1, 2]", 2],
  ["`${x = 15}`", 15],
  ["switch (x) { case 1: x = 16; }", 16],
];
for (const [assignment, expected] of ASSIGNMENTS) {
  expectValue(
    `${assignment} is seen by a function of an earlier cell`,
    ["let x: any = 1; const seen = () => x;", assignment, "seen()"],
    expected,
    sharedSession,
  );
}

const SHADOWS: [string, unknown][] = [
  ["((s: number) => s)(5)", 5],
  ["{ let s = 3; s; } s", 1],
  ["let c: any; try { throw 4; } catch (s) { c = s; } [c, s]", [4, 1]],
  ["(function s() { return typeof s; })()", "function"],
  ["(class s { static n() { return typeof s; } }).n()", "function"],
  ["s: for (;;) { break s; } s", 1],
  ["({ s })", { s: 1 }],
  ["({ s: 2, t: s })", { s: 2, t: 1 }],
  ["({ s() { return s; } }).s()", 1],
  ["({ get s() { return s; } }).s", 1],
  ["new (class { s = s; m() { return s + this.s; } })().m()", 2],
  ["((s: any) => ({ s }))(8)", { s: 8 }],
  ["(({ s = 2 }: any) => s)({})", 2],
  ["[1, 2].map((s) => s * 2)", [2, 4]],
  ["(() => { s = 5; var s = 9; return s; })() + s", 10],
  ["switch (s) { case s: { let s = 7; } } s", 1],
  ["enum E { s = 4, t = s } E.t", 4],
  ["namespace N { export const s = 7; export const t = s; } N.t", 7],
  ["({ ['s' + s]: s })", { s1: 1 }],
  ["(() => { function s() { return 3; } return s(); })()", 3],
  ["(<s,>(x: s) => x)(s)", 1],
];
for (const [cell, expected] of SHADOWS)
  expectValue(`what ${cell} names s`, ["let s = 1;", cell], expected, sharedSession);

const CALLS = [
  "who()",
  "(who)()",
  "(who as any)()",
  "who!()",
  "who?.()",
  "(who satisfies any)()",
  "who``",
  "(who)``",
  "(<any>who)()",
  "((who))()",
];
for (const call of CALLS) {
  expectValue(
    `${call} has no this`,
    ["function who(this: any, ..._: any[]): any { return this === undefined ? 'none' : this; }", call],
    "none",
    sharedSession,
  );
}
expectValue(
  "a cell has no this, and is strict",
  ["[this, (function (this: any) { return this; })()]"],
  [undefined, undefined],
);

const THROWING: [string, string, string][] = [
  ["let", "early(); let late = 1; function early() { return late; }", "late"],
  ["const", "const r = early(); const late = 1; function early() { return late; }", "late"],
  ["a class", "early(); function early() { return new Late(); } class Late {}", "Late"],
];
for (const [what, cell, name] of THROWING) {
  test(`reading ${what} before its declaration throws and speaks of the reader's name`, async () => {
    const { thrown } = await new Session().run(cell);
    assert.deepEqual(
      [(thrown as Error).name, (thrown as Error).message],
      ["ReferenceError", `Cannot access '${name}' before initialization`],
    );
  });
}
expectValue(
  "`var`, and `let` without a value, are undefined before they have one",
  ["const was = (() => late)(); var late = 1; let empty; [was, empty, late]"],
  [undefined, undefined, 1],
);

const REFUSED: [string, string[], number][] = [
  ["an assignment to a constant of an earlier cell", ["const c = 1;", "c = 2"], 2588],
  ["an increment of one", ["const c = 1;", "c++"], 2588],
  ["an assignment to an import", ["import { sep } from 'path';", "sep = '' as any"], 2632],
  ["a use before the declaration", ["console.log(late); let late = 1;"], 2448],
  ["an unknown name", ["nope"], 2304],
  ["typeof an unknown name", ["typeof nope"], 2304],
  ["two declarations of one name in a cell", ["let a = 1; let a = 2;"], 2451],
  ["let await", ["let await = 1;"], 1262],
  ["let yield", ["let yield = 1;"], 1214],
  ["let eval", ["let eval = 1;"], 1215],
  ["the arguments of a cell", ["arguments"], 2304],
  ["the reserved name exports", ["let exports = 1;"], 2441],
];
for (const [what, cells, code] of REFUSED) {
  test(`${what} is refused by TypeScript`, async () => {
    const session = new Session();
    await session.value(...cells.slice(0, -1));
    assert.equal((await session.codes(cells.at(-1)!))[0], code);
  });
}

const HALF_WAY: [string, string, string, unknown][] = [
  ["assignments", "a = 10; throw 1; a = 11;", "[a, b]", [10, 2]],
  ["declarations", "let c = 3; throw 1;", "c", 3],
  ["functions, also those after it", "throw 1; function late() { return 4; }", "late()", 4],
  ["classes", "class Kept { k = 5; } throw 1;", "new Kept().k", 5],
  ["variables without a value", "let none: number | undefined; throw 1;", "none", undefined],
  ["variables that are undefined", "let none = undefined; throw 1;", "none", undefined],
  ["imports", "import { sep } from 'path'; throw 1;", "sep", "/"],
  ["enums and types", "enum E { A = 6 } type T = 'a'; throw 1;", "const t: T = 'a'; [E.A, t]", [6, "a"]],
  ["what a name was before, when the cell did not reach it", "throw 1; let b = 'other';", "b.toFixed()", "2"],
  ["a number that is not one, assigned again", "let nan = NaN; throw 1;", "nan", NaN],
];
for (const [what, cell, later, expected] of HALF_WAY) {
  test(`a cell that throws keeps ${what}`, async () => {
    const session = new Session();
    await session.value("let a = 1, b = 2;");
    assert.equal((await session.run(cell)).thrown, 1);
    assert.deepEqual(await session.value(later), expected);
  });
}
for (const cell of [
  "throw 1; var lost = 1;",
  "throw 1; let lost = 1;",
  "const { lost, other } = { lost: 1, get other() { throw 1; } };",
]) {
  test(`after ${cell} the name is unknown`, async () => {
    const session = new Session();
    assert.equal((await session.run(cell)).thrown, 1);
    assert.deepEqual(await session.codes("lost"), [2304]);
  });
}
