import assert from "node:assert/strict";
import test from "node:test";
import { CellCompiler, cellOptions } from "../../kernel/src/compile";
import { libraryReader, loadCompiler } from "../../kernel/src/start/loadCompiler";

/** How the compiling of a long cell is ended early. */

const { compiler, files } = loadCompiler();
const options = cellOptions(compiler, libraryReader(compiler));
let questions = 0;
let patience = Infinity;
const cells = new CellCompiler(compiler, options, files, undefined, () => ++questions > patience);

function compileWith(most: number, source: string): ReturnType<CellCompiler["compile"]> {
  questions = 0;
  patience = most;
  return cells.compile(source);
}

// Statements without a function, at which TypeScript itself would ask.
const LINES = Array.from({ length: 800 }, (_, i) => `const value${i} = Math.max(${i}, 2) * 3;`);
const LONG = LINES.join("\n");

test("a long cell without functions asks all the time whether it is to end", () => {
  assert.deepEqual(compileWith(Infinity, LONG).diagnostics, []);
  assert.ok(questions > 40, `${questions} questions`);
});

for (const most of [0, 1, 5, 30, 41]) {
  test(`a cell that is cancelled after ${most} questions ends there, and the next one is compiled in full`, () => {
    assert.throws(() => compileWith(most, `${LONG}\nvalue799;`), compiler.OperationCanceledException);
    assert.equal(questions, most + 1);
    const wrong = compileWith(Infinity, 'const text: number = "a";');
    assert.deepEqual(
      wrong.diagnostics.map(({ code }) => code),
      [2322],
    );
    assert.match(compileWith(Infinity, `${LONG}\nvalue799;`).output!, /value799/);
  });
}

test("what is wrong in a long cell is told once, wherever it stands", () => {
  const lines = LINES.slice();
  for (const at of [0, 19, 20, 21, 777, 799]) lines[at] = `const value${at}: string = ${at};`;
  const { diagnostics } = compileWith(Infinity, lines.join("\n"));
  assert.deepEqual(
    diagnostics.map(({ code, start }) => [code, start.line]),
    [0, 19, 20, 21, 777, 799].map((line) => [2322, line]),
  );
});
