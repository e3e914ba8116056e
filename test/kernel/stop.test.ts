import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { streamText, type Execution, type KernelClient } from "../../tools/kernelClient";
import { shareKernel } from "./workplace";

/** The stop button at any moment: it ends the cell's code, and never the kernel's own. */

const folder = mkdtempSync(path.join(tmpdir(), "kernel-stop-"));
after(() => rmSync(folder, { recursive: true, force: true }));

let kernel: KernelClient;
shareKernel((started) => (kernel = started), folder);

/** Runs a cell and presses the stop button so often when its first text comes. */
async function interrupted(code: string, count = 1): Promise<Execution> {
  let presses: Promise<unknown>[] | undefined;
  const execution = await kernel.execute(code, {}, (type) => {
    if (type === "stream") presses ??= press(count);
  });
  await Promise.all(presses ?? []);
  return execution;
}

/** To be awaited before the next cell, which a press that comes late would end. */
function press(count: number): Promise<unknown>[] {
  return Array.from({ length: count }, () => kernel.interrupt());
}

async function plain(code: string): Promise<unknown> {
  const { outputs, reply } = await kernel.execute(code);
  const [, content] = outputs.find(([type]) => type === "execute_result") ?? [];
  return (content?.data as Record<string, unknown> | undefined)?.["text/plain"] ?? reply.evalue;
}

// Long to compile, quick to run.
const LONG = Array.from(
  { length: 600 },
  (_, i) => `const long${i} = [${i}, "a"].map((x) => ({ x, y: { z: x } })).filter((o) => o.x).length;`,
).join("\n");

for (const presses of [1, 2]) {
  test(`${presses} presses while a cell is compiled end it before it runs`, async () => {
    let pressed: Promise<unknown>[] = [];
    const begun = () => void (pressed = press(presses));
    const cell = await kernel.execute(`console.log("ran");\n${LONG}`, {}, undefined, begun);
    await Promise.all(pressed);
    assert.deepEqual([cell.reply.ename, streamText(cell, "stdout")], ["KeyboardInterrupt", ""]);
    assert.equal(await plain("1 + 1"), "2");
  });
}

test("a press while the kernel completes harms nothing", async () => {
  const completion = kernel.request("complete_request", { code: `${LONG}\nMath.hyp`, cursor_pos: LONG.length + 9 });
  await Promise.all([kernel.interrupt(), kernel.interrupt()]);
  assert.equal((await completion).status, "ok");
  assert.equal(await plain("1 + 1"), "2");
});

test("presses between the cells of a queue leave none of them unanswered", async () => {
  const presses: Promise<unknown>[] = [];
  const cells = Array.from({ length: 100 }, (_, i) =>
    kernel.execute(`${i}`, { stop_on_error: false }, () => void presses.push(kernel.interrupt())),
  );
  for (const { reply } of await Promise.all(cells))
    assert.ok(reply.status === "ok" || reply.ename === "KeyboardInterrupt", JSON.stringify(reply));
  await Promise.all(presses); // a press that comes later would end the next cell
  assert.equal(await plain("1 + 1"), "2");
});

const DEAF: [string, string][] = [
  ["a loop behind a listener for SIGINT", 'process.once("SIGINT", () => {}); console.log("x"); for (;;) {}'],
  [
    "a loop that has asked for the cell's signal",
    '(globalThis as any)[Symbol.for("Jupyter.cell")]().signal; console.log("x"); for (;;) {}',
  ],
  [
    "a listener for SIGINT that never returns",
    'process.once("SIGINT", () => { for (;;) {} }); console.log("x"); await new Promise(() => {});',
  ],
  [
    "a callback of process.nextTick that calls itself",
    'console.log("x"); const tick = () => process.nextTick(tick); tick(); await new Promise(() => {});',
  ],
  [
    "a getter that never returns, of a value that is shown",
    'console.log("x"); ({ get [Symbol.for("Jupyter.display")]() { for (;;) {} } })',
  ],
  [
    "an inspection that never returns",
    'console.log("x"); console.log({ [Symbol.for("nodejs.util.inspect.custom")]() { for (;;) {} } })',
  ],
  [
    "a result that is never there",
    'console.log("x"); ({ [Symbol.for("Jupyter.display")]: () => new Promise(() => {}) })',
  ],
  [
    "a loop in the callback of a file",
    'require("fs").readFile("/dev/null", () => { console.log("x"); for (;;) {} }); await new Promise(() => {});',
  ],
  ["a wait for another thread", 'console.log("x"); Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'],
];

for (const [what, code] of DEAF) {
  test(`${what} is ended`, async () => {
    assert.equal((await interrupted(code)).reply.ename, "KeyboardInterrupt");
    assert.equal(await plain('process.removeAllListeners("SIGINT"); 1 + 1'), "2");
  });
}

test("a cell that looks at its state sees the press though it never gives the thread away", async () => {
  const code =
    'const state = (globalThis as any)[Symbol.for("Jupyter.cell")]();\n' +
    'console.log("x");\n' +
    "let looks = 0;\n" +
    "while (!state.interrupted) looks++;\n" +
    'console.log("seen", state.signal.aborted);';
  assert.equal(streamText(await interrupted(code), "stdout"), "x\nseen true\n");
  assert.equal(await plain('(globalThis as any)[Symbol.for("Jupyter.cell")]().interrupted'), "false");
});

test("a cell that has asked for its signal may end by itself", async () => {
  const code =
    'const { signal } = (globalThis as any)[Symbol.for("Jupyter.cell")]();\n' +
    'console.log("x");\n' +
    'await new Promise((done) => signal.addEventListener("abort", done));\n' +
    '"by itself"';
  const { reply, outputs } = await interrupted(code);
  assert.deepEqual([reply.status, outputs.at(-1)?.[0]], ["ok", "execute_result"]);
});

test("what an earlier cell has left running learns of a press too", async () => {
  await kernel.execute(
    "let heard = false;\n" +
      '(globalThis as any)[Symbol.for("Jupyter.cell")]().signal.addEventListener("abort", () => (heard = true));',
  );
  await interrupted('console.log("x"); for (;;) {}');
  assert.equal(await plain("heard"), "true");
});

test("a module whose loading is interrupted is loaded anew, with those that took from it, and no others", async () => {
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text);
  write(
    "first.js",
    'exports.whole = require("./whole"); exports.second = require("./second");\n' +
      'if (!globalThis.go) { console.log("x"); for (;;); }\n' +
      'exports.late = "late";',
  );
  write("second.js", 'const first = require("./first"); exports.late = () => first.late;');
  write("whole.js", "globalThis.times = (globalThis.times ?? 0) + 1;");
  assert.equal((await interrupted('require("./first");')).reply.ename, "KeyboardInterrupt");
  assert.equal(
    await plain(
      "Object.assign(globalThis, { go: true });\n" +
        'const first = require("./first");\n' +
        "[first.late, first.second.late(), (globalThis as any).times]",
    ),
    "[ 'late', 'late', 1 ]",
  );
});

for (const file of ["np/dot.js", "plots/index.js", "index.js"]) {
  test(`an import of dlfs that is interrupted when ${file} has run can be repeated`, async () => {
    const fresh =
      "for (const file of Object.keys(require.cache)) if (/lib.dist/.test(file)) delete require.cache[file];";
    const holding = `
      import Module from "node:module";
      const loaders = (Module as any)._extensions, load = loaders[".js"];
      let holds = true;
      loaders[".js"] = (module: unknown, name: string) => {
        load(module, name);
        if (!holds || !name.endsWith(${JSON.stringify(path.join("lib", "dist", file))})) return;
        holds = false;
        console.log("x");
        for (;;) {}
      };`;
    await kernel.execute(`${fresh}\n${holding}`);
    assert.equal((await interrupted('import * as dlfs from "dlfs"; dlfs.np')).reply.ename, "KeyboardInterrupt");
    const again = 'import { np, plots } from "dlfs"; [np.sum(np.ones([2, 3])), typeof plots.learningRates]';
    assert.equal(await plain(again), "[ 6, 'function' ]");
    await kernel.execute('loaders[".js"] = load;');
  });
}

test(
  "a process that a cell waits for is interrupted as by a terminal",
  { skip: process.platform === "win32" && "Windows has no SIGINT" },
  async () => {
    const { reply } = await interrupted(
      'console.log("x"); require("child_process").execSync("sleep 1000; sleep 1000");',
    );
    assert.equal(reply.ename, "KeyboardInterrupt");
  },
);

const WAITS: [string, string][] = [
  ["setTimeout", "await new Promise((done) => setTimeout(done, 5))"],
  ["setImmediate", "await new Promise((done) => setImmediate(done))"],
  ["timers/promises", 'await require("timers/promises").setTimeout(5)'],
  [
    "an interval",
    "await new Promise<void>((done) => { const timer = setInterval(() => { clearInterval(timer); done(); }, 5); })",
  ],
];

for (const [what, wait] of WAITS) {
  test(`an asynchronous loop that waits by ${what} ends with the interrupt`, async () => {
    await kernel.execute("let rounds = 0;");
    const { reply } = await interrupted(`console.log("x"); for (;;) { ${wait}; rounds++; }`);
    assert.equal(reply.ename, "KeyboardInterrupt");
    // The loop would go on while this waits as it does.
    const later = `const before = rounds;\nfor (let turn = 0; turn < 20; turn++) { ${wait}; }\nrounds - before`;
    await kernel.execute(later);
    assert.equal(await plain(later), "0");
  });
}
