import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import type { KernelClient } from "../../tools/kernelClient";
import { root } from "../../tools/root";
import { shareKernel } from "./workplace";

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

interface Failure {
  ename: string;
  evalue: string;
  text: string;
  cell: string;
}

/** Runs a cell that must fail and gives its error, the same in message and answer. */
async function failing(code: string): Promise<Failure> {
  const { reply, outputs } = await kernel.execute(code);
  const errors = outputs.filter(([type]) => type === "error");
  assert.equal(reply.status, "error");
  assert.equal(errors.length, 1);
  const [[, { ename, evalue, traceback }]] = errors;
  assert.deepEqual(
    { ename, evalue, traceback },
    { ename: reply.ename, evalue: reply.evalue, traceback: reply.traceback },
  );
  return { ename, evalue, text: (traceback as string[]).join("\n"), cell: `In[${reply.execution_count}]` } as Failure;
}

const value = async (code: string) => {
  const { reply, outputs } = await kernel.execute(code);
  assert.equal(reply.status, "ok", JSON.stringify(reply));
  const result = outputs.find(([type]) => type === "execute_result");
  return (result?.[1].data as Record<string, string> | undefined)?.["text/plain"];
};

test("a thrown Error names cell, line and column of the TypeScript source, and nothing of the machinery", async () => {
  const { ename, evalue, text, cell } = await failing(
    [
      "interface Shape {",
      "  sides: number;",
      "}",
      "function fail(shape: Shape): never {",
      "  throw new RangeError(`sides: ${shape.sides}`);",
      "}",
      "",
      "fail({ sides: 2 });",
    ].join("\n"),
  );
  assert.deepEqual([ename, evalue], ["RangeError", "sides: 2"]);
  assert.equal(
    text,
    [
      "RangeError: sides: 2",
      `    at fail (${cell}:5:9)`,
      "    5 |   throw new RangeError(`sides: ${shape.sides}`);",
      "      |         ~~~",
      `    at ${cell}:8:1`,
    ].join("\n"),
  );
});

test("a function of an earlier cell is named with that cell", async () => {
  const { text, cell } = await failing("\n\nfail({ sides: 1 });");
  assert.match(text, /at .*fail \(In\[1\]:5:9\)/);
  assert.ok(text.includes(`at ${cell}:3:1`), text);
});

test("what a cell prints of an error's stack is in terms of the source too", async () => {
  assert.equal(await value('type Unused = string;\nnew Error("here").stack!.split("\\n").length'), "2");
});

test("a compile error gives code, line and a marker under each place", async () => {
  const { ename, evalue, text, cell } = await failing('const fine = 1;\nconst wrong: number = "text";\nnotThere;');
  assert.equal(ename, "TS2322");
  assert.ok(
    evalue.includes("Type 'string' is not assignable to type 'number'.") && evalue.includes(`${cell}:2:7`),
    evalue,
  );
  assert.ok(text.includes(['    2 | const wrong: number = "text";', "      |       ~~~~~"].join("\n")), text);
  assert.ok(text.includes("TS2304: Cannot find name 'notThere'.") && text.includes(`${cell}:3:1`), text);
});

test("a frame in the library names its TypeScript source and the line that threw", async () => {
  const { text } = await failing('import { np } from "dlfs";\nnp.dot(np.zeros([2, 3]), np.zeros([2, 3]));');
  const [, file, line] = /at .*?([^\s(]*dot\.ts):(\d+):\d+/.exec(text) ?? [];
  assert.equal(file, path.join(root, "lib", "src", "np", "dot.ts"), text);
  assert.match(readFileSync(file, "utf8").split("\n")[Number(line) - 1], /throw new RangeError|Error\(/);
  assert.doesNotMatch(text, /\/dist\//);
});

test("the cause of an error is told", async () => {
  const { text } = await failing('throw new Error("outer", { cause: new TypeError("inner") });');
  assert.match(text, /^Error: outer\n[^]*\[cause\]: TypeError: inner/);
});

test("the members of an AggregateError are told", async () => {
  const { text } = await failing('throw new AggregateError([new Error("first"), new TypeError("second")], "both");');
  assert.match(text, /AggregateError: both[^]*Error: first[^]*TypeError: second/);
});

for (const [code, shown] of [
  ["'text'", "'text'"],
  ["undefined", "undefined"],
  ["{ code: 3 }", "{ code: 3 }"],
  ["null", "null"],
]) {
  test(`throwing ${code} is an error that shows the value`, async () => {
    const { ename, evalue } = await failing(`throw ${code};`);
    assert.deepEqual([ename, evalue], ["Thrown", shown]);
  });
}

test("an error class of one's own keeps its name", async () => {
  const { ename } = await failing(
    'class ShapeError extends Error { override name = "ShapeError"; }\nthrow new ShapeError("no");',
  );
  assert.equal(ename, "ShapeError");
});

test("an error after an await is the cell's", async () => {
  const { evalue, text, cell } = await failing(
    'await new Promise((done) => setImmediate(done));\nthrow new Error("late");',
  );
  assert.equal(evalue, "late");
  assert.ok(text.includes(`${cell}:2:7`), text);
});

test("a rejection that nobody handles ends the cell, even one that awaits nothing", async () => {
  assert.equal((await failing('void Promise.reject(new Error("floating"));')).evalue, "floating");
  assert.equal(
    (await failing('void Promise.reject(new Error("floating"));\nawait new Promise(() => {});')).evalue,
    "floating",
  );
});

test("an error from a timer ends the cell that waits for it", async () => {
  const { evalue, text } = await failing(
    'setTimeout(() => { throw new Error("in timer"); }, 1);\nawait new Promise(() => {});',
  );
  assert.equal(evalue, "in timer");
  assert.ok(!text.includes("node:internal"), text);
});

test("an error from a timer of an earlier cell is printed in the cell that runs, and does not end it", async () => {
  await kernel.execute(
    "let fired = () => {};\n" +
      "const firing = new Promise<void>((done) => { fired = done; });\n" +
      'setTimeout(() => { setImmediate(fired); throw new Error("stray"); }, 200);',
  );
  const { reply, outputs } = await kernel.execute("await firing;");
  assert.equal(reply.status, "ok");
  assert.ok(
    outputs.some(
      ([type, { name, text }]) =>
        type === "stream" && name === "stderr" && String(text).includes("Uncaught Error: stray"),
    ),
  );
  assert.match(kernel.log, /uncaught Error: stray/);
});

test("a module that is missing is an error of the cell", async () => {
  const { ename, evalue } = await failing('import { nothing } from "no-such-package";');
  assert.equal(ename, "TS2307");
  assert.match(evalue, /no-such-package/);
});

test("endless recursion is a RangeError and the kernel lives on", async () => {
  assert.equal((await failing("const deep = (n: number): number => deep(n + 1) + 1;\ndeep(0);")).ename, "RangeError");
  assert.equal(await value("1 + 1"), "2");
});

test("what a cell declared before its error stays, what came after is said to be lost", async () => {
  const { text } = await failing(
    "const early = 1;\n" +
      "class Early {}\n" +
      "interface Kind { early: number }\n" +
      'if (early) throw new Error("half-way");\n' +
      "const late = 2;",
  );
  assert.match(text, /Not declared, because the cell ended before: late$/);
  assert.equal(
    await value("const kind: Kind = { early: early };\n[kind.early, new Early() instanceof Early]"),
    "[ 1, true ]",
  );
  assert.equal((await failing("late")).ename, "TS2304");
});

test("a name that the failed cell did not reach keeps its earlier value and type", async () => {
  await kernel.execute('let again = "old";\nlet other = "old";');
  const { text } = await failing(
    'let again: number = JSON.parse("1");\nif (again) throw new Error("stop");\nlet other: number = 2;',
  );
  assert.match(text, /Unchanged, because the cell ended before: other$/);
  assert.equal(await value("[again.toFixed(1), other.toUpperCase()]"), "[ '1.0', 'OLD' ]");
});

test("cells queued behind one that fails are aborted, later ones run", async () => {
  const [first, second, third] = await Promise.all([
    kernel.execute('throw new Error("first")'),
    kernel.execute('console.log("not to be seen")'),
    kernel.execute("0"),
  ]);
  assert.deepEqual(
    [first, second, third].map(({ reply }) => reply.status),
    ["error", "aborted", "aborted"],
  );
  assert.deepEqual(second.outputs, []);
  assert.equal(await value("'runs'"), "'runs'");
});

test("with stop_on_error off the queued cells run", async () => {
  const [first, second] = await Promise.all([kernel.execute("throw 1", { stop_on_error: false }), kernel.execute("0")]);
  assert.deepEqual([first.reply.status, second.reply.status], ["error", "ok"]);
});
