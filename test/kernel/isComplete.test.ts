import assert from "node:assert/strict";
import test from "node:test";
import ts from "typescript";
import { isComplete } from "../../kernel/src/compile";

const CODES: Record<string, string[]> = {
  complete: [
    "",
    "1 + 1",
    "function f() {\n  return 1;\n}",
    "// comment",
    "do { f() } while (x)",
    "{ a: 1 }",
    "a\n  .b",
    "`a\n${b}`",
    "label: f()",
  ],
  incomplete: [
    "function f() {",
    "if (true) {",
    "[1, 2,",
    "f(",
    "`open",
    "const s = `a ${x",
    "const s = `a ${x} b\n",
    "let y:",
    "type A =",
    "/* comment",
    "const x =",
    "const x = // more",
    "f( // more\n",
    "const",
    "export",
    "import { a } from",
    "if (a) b(); else",
    "try { a() }",
    "a ? b :",
    "a &&",
    "a.",
    "() =>",
    "@decorator",
    "interface A {",
    "let x: Array<",
    "'a\\\n",
    "for (const x of y)",
  ],
  invalid: ["}", ")", "a b", "const x = 'open", "f(]", "[1, 2)", "let x = 3 3", "if (true) { } }", "a = /open", "\\"],
};

for (const [status, codes] of Object.entries(CODES)) {
  for (const code of codes) {
    test(`${JSON.stringify(code)} is ${status}`, () => assert.equal(isComplete(ts, code).status, status));
  }
}

test("the next line is indented as the last, and more behind an opening bracket", () => {
  assert.deepEqual(
    ["f({", "f({\n  a: [", "  if (a)", "`a"].map((code) => isComplete(ts, code).indent),
    ["  ", "    ", "  ", ""],
  );
});
