import assert from "node:assert/strict";
import test from "node:test";
import { compileError } from "../../../kernel/src/cells";
import { quoteLine } from "../../../kernel/src/cells";
import { Session } from "./session";

/** Errors stand where the reader wrote them, whatever stands before. */

const session = new Session();

const PLACES: [string, number, number][] = [
  ["let a = 1;\n\n  nope;", 2, 2],
  ["let a = 1;\r\n\r\n\tnope;", 2, 1],
  ["const s = '😀'; nope;", 0, 16],
  ["\ufeffnope", 0, 1],
  ["/* 😀\n */ nope", 1, 4],
  ["'\u2028';\nnope", 2, 0],
  ["a: 1\rnope", 1, 0],
  [`const long = "${"x".repeat(100_000)}"; nope`, 0, 100_017],
  ["`\n\n${nope}`", 2, 2],
  ["#!/usr/bin/env node\nnope", 1, 0],
  ["class A {\n  [nope]() {}\n}", 1, 3],
];
for (const [cell, line, character] of PLACES) {
  test(`nope in ${JSON.stringify(cell.slice(0, 40))} is line ${line}, character ${character}`, async () => {
    const { diagnostics } = await session.run(cell);
    assert.deepEqual(
      diagnostics.map(({ code, start }) => [code, start.line, start.character]),
      [[2304, line, character]],
    );
  });
}

const OPEN: [string, number][] = [
  ["f(", 1135],
  ["`abc", 1160],
  ["function (", 1003],
  ["class", 1005],
  ["if (", 1109],
  ["if (a) {", 1005],
  ["let x =", 1109],
  ["[1, 2", 1005],
  ["/* open", 1010],
  ["import { a } from", 1109],
  ["async () => {", 1005],
];
for (const [cell, code] of OPEN) {
  test(`${JSON.stringify(cell)} has one complaint, of its end, and none of what the kernel adds`, async () => {
    const { diagnostics } = await session.run(cell);
    assert.deepEqual(
      [diagnostics.map((found) => found.code), diagnostics[0].end.offset <= cell.length],
      [[code], true],
    );
    assert.ok(!/export/.test(diagnostics[0].messageText), diagnostics[0].messageText);
  });
}

for (const [cell, line] of [
  ["<div>a</div>", 0],
  ["const el = <b/>;", 0],
  ["function A() { return (\n <p title='a'>{1}</p>\n); }", 1],
  ["const f = <>text</>;", 0],
] as const) {
  test(`${JSON.stringify(cell)} is said to be JSX`, async () => {
    const { diagnostics } = await session.run(cell);
    assert.deepEqual(
      diagnostics.map(({ code, start, messageText }) => [code, start.line, messageText.slice(0, 4)]),
      [[17004, line, "JSX:"]],
    );
  });
}

test("what only looks like JSX is TypeScript", async () => {
  assert.deepEqual(
    await session.value("const same = <T,>(a: T) => a; const a = 1, b = 2, c = 3; [same(1), <number>a, a < b, b > c]"),
    [1, 1, true, false],
  );
});

test("of many complaints the first ten are shown and the others counted", async () => {
  const cell = Array.from({ length: 25 }, (_, i) => `nope${i};`).join("\n");
  const { diagnostics } = await session.run(cell);
  const { ename, traceback } = compileError("In[1]", cell, diagnostics);
  assert.deepEqual(
    [ename, traceback.filter((line) => line.startsWith("TS")).length, traceback.at(-1)],
    ["TS2304", 10, "and 15 more"],
  );
});

test("a complaint quotes its line without the end of the line", async () => {
  for (const end of ["\n", "\r\n", "\r", "\u2028"]) {
    const cell = `1;${end}  nope;${end}2;`;
    const { traceback } = compileError("In[1]", cell, (await session.run(cell)).diagnostics);
    assert.deepEqual(
      traceback.slice(1),
      ["    at In[1]:2:3", "    2 |   nope;", "      |   ~~~~"],
      JSON.stringify(end),
    );
  }
});

test("a very long line is quoted around the place", () => {
  const text = `${"x".repeat(5000)}HERE${"y".repeat(5000)}`;
  const [quoted, marker] = quoteLine(text, 3, 5000, 5004);
  assert.ok(quoted.length < 200, quoted);
  assert.equal(quoted.slice(marker.indexOf("~"), marker.lastIndexOf("~") + 1), "HERE");
  assert.deepEqual(
    [quoteLine("short", 1, 0, 5)[0], quoteLine("z".repeat(9000), 1, 0, 9000)[1].length < 200],
    ["    1 | short", true],
  );
});
