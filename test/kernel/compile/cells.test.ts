import assert from "node:assert/strict";
import test from "node:test";
import { Session } from "./session";

/** Forms of cells: await, using, last expressions, decorators, and what later cells know of the types. */

const session = new Session();

const AWAITS: [string, unknown][] = [
  ["await (1 + 1)", 2],
  ["await [1, 2]", [1, 2]],
  ["await\n 3", 3],
  ["`${await 4}`", "4"],
  ["const a = async (x = 1) => await x; await a()", 1],
  ["(await import('path')).sep", "/"],
  ["let sum = 0; for await (const x of [Promise.resolve(1), 2]) sum += x; sum", 3],
  ["label: for await (const z of [1]) { continue label; } 5", 5],
  ["class A { [await 'm']() { return 2; } } Object.getOwnPropertyNames(A.prototype)", ["constructor", "m"]],
  ["class B extends (await Promise.resolve(Array)) {} new B().length", 0],
  ["({ [await 'k']: 1 })", { k: 1 }],
  ["const { d = await 5 } = {} as any; d", 5],
  ["let c = 0; if (await true) c = 1; c", 1],
  ["await Promise.all([1, 2].map(async (x) => await x * 2))", [2, 4]],
  ["const await1 = 3; await1", 3],
  ["try { await Promise.reject(6); } catch (e) { console.log(e); } finally { await 1; } 7", 7],
];
for (const [cell, expected] of AWAITS)
  test(`${cell} awaits`, async () => assert.deepEqual(await session.value(cell), expected));

const REFUSED: [string, number][] = [
  ["function f() { await 1; }", 1308],
  ["const f = (x = await 1) => x;", 1308],
  ["class A { static { await 1; } }", 18037],
  ["class A { static x = await 1; }", 1308],
  ["enum E { A = await 1 }", 1308],
  ["namespace N { export const a = await 1; }", 1308],
  ["await", 1109],
  ["yield 1", 1163],
  ["return 5", 1108],
  ["import.meta.url", 1343],
  ["new.target", 17013],
  ["super.x", 2660],
  ["class P { m(@dec x: number) {} }", 1206],
];
for (const [cell, code] of REFUSED)
  test(`${cell} is refused`, async () => assert.equal((await session.codes(cell))[0], code));

const file = (name: string): string => `{ name: "${name}", [Symbol.dispose]() { console.log("close ${name}"); } }`;
const USINGS: [string, string[]][] = [
  [`using a = ${file("a")}; using b = ${file("b")}; console.log("body");`, ["body", "close b", "close a"]],
  [`{ using c = ${file("c")}; console.log("in"); } console.log("after");`, ["in", "close c", "after"]],
  [`for (using d of [${file("d")}]) console.log("round");`, ["round", "close d"]],
  [
    'await using e = { async [Symbol.asyncDispose]() { await 1; console.log("close e"); } }; console.log("body");',
    ["body", "close e"],
  ],
  [`function f() { using g = ${file("g")}; return g.name; } console.log(f());`, ["close g", "g"]],
  ["using none = null, nothing = undefined; console.log(none, nothing);", ["null undefined"]],
];
for (const [cell, printed] of USINGS)
  test(`${cell} prints ${printed.join()}`, async () => assert.deepEqual((await session.run(cell)).printed, printed));

test("what is used by using is closed when the cell throws, and what it declared stays", async () => {
  const { thrown, printed } = await session.run(
    `let kept = 1; using h = ${file("h")}; kept = 2; throw new Error("body");`,
  );
  assert.deepEqual([(thrown as Error).message, printed, await session.value("kept")], ["body", ["close h"], 2]);
});

test("a cell with using declares functions, classes, enums, namespaces and imports for later cells", async () => {
  const cell =
    `using i = ${file("i")}; import { sep } from "path"; enum U { A } namespace N { export const q = 1; } ` +
    "class W { x = 1; } function f() { return i.name; } const { e } = { e: 2 }, g = () => e; export const out = sep;";
  assert.deepEqual(await session.value(cell, "[sep, U.A, N.q, new W().x, f(), e, g(), out, i.name]"), [
    "/",
    0,
    1,
    1,
    "i",
    2,
    2,
    "/",
    "i",
  ]);
});

const RESULTS: [string, unknown][] = [
  ["5 // comment", 5],
  ["5 /* comment */", 5],
  ["5;", 5],
  ["5;;", 5],
  ["5;\n;\n", 5],
  ["let q = 0; q = 7", 7],
  ["void 0", undefined],
  ["({})", {}],
  ["{ a: 1 }", undefined],
  ["true ? 'y' : 'n'", "y"],
  ["'use strict'", "use strict"],
  ["'use strict'; 4", 4],
  ["`t${1}`", "t1"],
  ["null", null],
  ["class X {}", undefined],
  ["if (true) 5", undefined],
  ["// only", undefined],
  ["", undefined],
  [" \n ", undefined],
  ["a: 5", undefined],
  ["let z", undefined],
  ["export default 5", 5],
  ["export {}", undefined],
  ["type T = 1", undefined],
  ["await 6", 6],
  ["5\nexport {}", 5],
  ["5; function after() {}", undefined],
  ["typeof 1", "number"],
  ["10n", 10n],
  ["#!/usr/bin/env node\n5", 5],
  ["debugger; 3", 3],
  ["1 as number", 1],
  ["<number>2", 2],
  ["3!", 3],
  ["4 satisfies number", 4],
  ["Math.random(), 8", 8],
  ["x: for (;;) { break x; }", undefined],
  ["\ufeff9", 9],
  ["const many = 1, other = 2; many + other", 3],
];
for (const [cell, expected] of RESULTS)
  test(`${JSON.stringify(cell)} gives ${String(expected)}`, async () =>
    assert.deepEqual(await session.value(cell), expected));

test("a last expression that is a function is not called", async () => {
  for (const cell of ["() => 1", "(function () { return 1; })", "async () => {}"])
    assert.equal(typeof (await session.value(cell)), "function");
});

test("decorators are the standard's: for classes, fields, methods, accessors and static members", async () => {
  const decorators = `
    const dec = (_: unknown, { kind, name }: ClassDecoratorContext) => console.log(kind, name);
    const field = (_: unknown, __: ClassFieldDecoratorContext) => (v: number) => v * 10;
    const method = (m: any, _: ClassMethodDecoratorContext) => function (this: any) { return m.call(this) + 1; } as any;
    const acc = (_: unknown, __: ClassAccessorDecoratorContext) => ({ init: (x: number) => x + 5 }) as any;`;
  await session.value(decorators);
  const { printed, value } = await session.run(
    "@dec class D { @field f = 1; @method m() { return this.f; } @acc accessor a = 2; static me = D; " +
      "@field static s = 3; }\n" +
      "[new D().m(), new D().a, D.me === D, D.s]",
  );
  assert.deepEqual([printed, value, await session.value("new D().m()")], [["class D"], [11, 7, true, 30], 11]);
});

test("types that later cells cannot name are any there, and the others stay what they are", async () => {
  const cell = `
    const make = () => { const key: unique symbol = Symbol(); return { x: 1, [key]: 2 }; };
    const made = make(); const anonymous = class { private p = 1; q = 2; };
    class Foo { a = 1; #h = 2; private i = 3; } interface Bar { b: 1 } type Al = Bar;
    enum En { A } namespace Nm { export const z = 1; export type Ty = 2; }
    const fine = 3; if (fine) { var hidden = new Foo(), unnamed = make(); }`;
  const use =
    "const f: Foo = new Foo(), b: Bar = { b: 1 }, al: Al = b, t: Nm.Ty = 2; " +
    "[f.a, al.b, t, fine.toFixed(), En.A, made.x, hidden.a, unnamed.x, new anonymous().q]";
  assert.deepEqual(await session.value(cell, use), [1, 1, 2, "3", 0, 1, 1, 1, 2]);
  for (const wrong of ["f.nope", "fine.nope", "hidden.nope"])
    assert.deepEqual(await session.codes(wrong), [2339], wrong);
});

const TYPES: [string[], unknown][] = [
  [
    [
      "interface Shape { area(): number } abstract class Base implements Shape { abstract area(): number; " +
        "get twice() { return this.area() * 2; } }",
      "class Sq extends Base { constructor(private s: number) { super(); } override area() { return this.s ** 2; } }",
      "const s: Shape[] = [new Sq(3)]; [s[0].area(), new Sq(2).twice]",
    ],
    [9, 8],
  ],
  [
    [
      "function isText(v: unknown): asserts v is string { if (typeof v !== 'string') throw v; }",
      "let un: unknown = 'a'; isText(un); un.length",
    ],
    1,
  ],
  [
    [
      "const mixin = <T extends new (...a: any[]) => object>(B: T) => class extends B { q = 2; };",
      "class M extends mixin(Object) {} new M().q.toFixed()",
    ],
    "2",
  ],
  [["function local() { class In { v = 1; } return new In(); }", "local().v.toFixed()"], "1"],
  [["const tuple = [1, 'a'] as const; const [t1, ...tr] = tuple;", "tr[0].length + t1.toFixed()"], "11"],
  [["const sym = Symbol('a'); const keyed = { [sym]: 1 } as const;", "keyed[sym].toFixed()"], "1"],
  [
    [
      "type Rec<T> = { v: T; next?: Rec<T> }; let r: Rec<number> = { v: 1 };",
      "let r2: typeof r = { v: 2, next: r }; r2.next!.v.toFixed()",
    ],
    "1",
  ],
];
for (const [cells, expected] of TYPES)
  test(`later cells know the types of ${cells[0]}`, async () =>
    assert.deepEqual(await session.value(...cells), expected));
