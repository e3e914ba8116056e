import assert from "node:assert/strict";
import test, { before } from "node:test";
import { codePoints, completeReply, inspectReply } from "../../../kernel/src/compile";
import { Session } from "./session";

/** Completion and documentation at a cursor, which `|` stands for. Jupyter counts code points. */

const session = new Session();
before(async () => {
  await session.value(`
    const point = { alpha: 1, beta: "b" };
    /**
     * Adds.
     * @param a first
     */
    function adder(a: number, b: number) { return a + b; }
    let __hidden = { zeta: 1 }, $dollar = { eps: 1 }; const promise = Promise.resolve({ gamma: 1 });
    const maybe: { delta: number } | undefined = undefined;
    class Kls { method() { return 1; } static st = 2; } enum En { One, Two } namespace Nm { export const inner = 1; }
    type Ty = { key: 1 };
    const kinds: "left" | "right" = "left"; function pick(k: "left" | "right") {}`);
  assert.equal((await session.run("let before = 1; throw 1; let lost = 5;")).thrown, 1);
});

interface Completion {
  matches: string[];
  cursor_start: number;
  cursor_end: number;
}

function split(marked: string): { code: string; cursor: number } {
  const offset = marked.indexOf("|");
  const code = marked.slice(0, offset) + marked.slice(offset + 1);
  return { code, cursor: codePoints(code, offset) };
}

// Each: the code, its best match, and what the match replaces.
const COMPLETED: [string, string | undefined, string][] = [
  ["point.al|", "alpha", "al"],
  ["'😀'; point.al|", "alpha", "al"],
  ["const s = '👨‍👩‍👧 é 𝒳'; point.|", "alpha", ""],
  ["'é́' + point.be|", "beta", "be"],
  ["poi|", "point", "poi"],
  ["po|int.alpha", "point", "point"],
  ["point.al|pha", "alpha", "alpha"],
  ["(await promise).ga|", "gamma", "ga"],
  ["maybe?.de|", "delta", "de"],
  ["new Kls().me|", "method", "me"],
  ["Kls.s|", "st", "s"],
  ["En.|", "One", ""],
  ["Nm.in|", "inner", "in"],
  ["let q: Ty|", "Ty", "Ty"],
  ["pick('le|", "left", "le"],
  ['pick("|', "left", ""],
  ["pick('|')", "left", ""],
  ["'😀'; pick('ri|", "right", "ri"],
  ["point['al|", "alpha", "al"],
  ['point["|"]', "alpha", ""],
  ["$dol|", "$dollar", "$dol"],
  ["__hid|", "__hidden", "__hid"],
  ["__hidden.|", "zeta", ""],
  ["lost|", undefined, "lost"],
  ["befor|", "before", "befor"],
  ["import { jo| } from 'path'", "join", "jo"],
  ["import { join } from 'path/p|", "posix", "p"],
  ["const { al| } = point", "alpha", "al"],
  ["adder(poi|", "point", "poi"],
  ["`${point.|}`", "alpha", ""],
  ["`${point.al|", "alpha", "al"],
  ["// poi|", undefined, "poi"],
  ["'point.|'", undefined, ""],
  ["point.\n  al|", "alpha", "al"],
  ["for (const x of poi|", "point", "poi"],
  ["x.|", undefined, ""],
  ["console.lo|", "log", "lo"],
  ["function f(p: typeof point) { p.|", "alpha", ""],
  ["if (true) { point.a|", "alpha", "a"],
  ["point.é|", undefined, "é"],
  ["變|", undefined, "變"],
  ["[1].fla|.map", "flat", "fla"],
  ["type X = Ty['|", "key", ""],
  ["1;\r\npoint.al|", "alpha", "al"],
  ["export const t = poi|", "point", "poi"],
];
for (const [marked, match, replaced] of COMPLETED) {
  test(`completing ${JSON.stringify(marked)} gives ${match}`, () => {
    const { code, cursor } = split(marked);
    const { matches, cursor_start, cursor_end } = completeReply(session.compiler, code, cursor) as Completion;
    assert.deepEqual([matches[0], [...code].slice(cursor_start, cursor_end).join("")], [match, replaced]);
  });
}

const ADDER = "function adder(a: number, b: number): number\n\nAdds.\n\nParameter: a first";
const DOCUMENTED: [string, string | undefined][] = [
  ["adder|", ADDER],
  ["add|er", ADDER],
  ["adder(|", ADDER],
  ["adder(1, |", ADDER],
  ["adder(1, 2|", ADDER],
  ["adder (|", ADDER],
  ["adder\n(|", ADDER],
  ["adder(adder(|", ADDER],
  ["`${adder|}`", ADDER],
  ["(x: any) => adder(|", ADDER],
  ["'😀'; adder|", ADDER],
  ["'é́ 👨‍👩‍👧'; adder(|", ADDER],
  ["adder(1)|", undefined],
  ["adder(point.alpha|", "(property) alpha: number"],
  ["point.al|pha", "(property) alpha: number"],
  ["nothing|", undefined],
  ["point.nope|", undefined],
  ["lost|", undefined],
  ["'adder|'", undefined],
  ["// adder|", undefined],
  ["|", undefined],
  ["123|", undefined],
  ["return|", undefined],
  ["new Kls(|", "constructor Kls(): Kls"],
  ["Kls|", "class Kls"],
  ["En.One|", "(enum member) En.One = 0"],
  ["Nm|", "namespace Nm"],
  ["__hidden|", "let __hidden: {\n    zeta: number;\n}"],
  ["(await promise).gam|ma", "(property) gamma: number"],
  ["maybe?.del|ta", "(property) delta: number"],
  ["let z: Ty|", "type Ty = {\n    key: 1;\n}"],
  ["pick('le|", 'function pick(k: "left" | "right"): void'],
  ["function own(a: number) {} own|", "function own(a: number): void"],
];
for (const [marked, documented] of DOCUMENTED) {
  test(`documentation at ${JSON.stringify(marked)} is ${documented === undefined ? "not found" : "found"}`, () => {
    const { code, cursor } = split(marked);
    const { found, data } = inspectReply(session.compiler, code, cursor) as {
      found: boolean;
      data: Record<string, string>;
    };
    assert.deepEqual([found, data["text/plain"]], [documented !== undefined, documented]);
  });
}
