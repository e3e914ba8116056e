import assert from "node:assert/strict";
import test from "node:test";
import type { KernelClient } from "../../tools/kernelClient";
import { shareKernel } from "./workplace";

/** Output belongs to the cell whose code makes it, also when that cell has ended and another one runs. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

const LATE: [string, string][] = [
  ["an asynchronous function", 'const late = async () => { await go; console.log("late"); done(); };\nvoid late();'],
  ["a timer", 'void go.then(() => setTimeout(() => { console.log("late"); done(); }, 1));'],
  ["an immediate", 'void go.then(() => setImmediate(() => { console.log("late"); done(); }));'],
  ["process.nextTick", 'void go.then(() => process.nextTick(() => { console.log("late"); done(); }));'],
  [
    "a worker thread",
    'import { Worker } from "worker_threads";\n' +
      "const worker = new Worker(\"let port = require('worker_threads').parentPort; \" +\n" +
      "  \"port.once('message', () => console.log('late'))\", { eval: true });\n" +
      'void go.then(() => worker.on("exit", () => done()).postMessage("print"));',
  ],
  ["a display", 'import { display } from "tslab";\nvoid go.then(() => { display.text("late"); done(); });'],
];

for (const [what, code] of LATE) {
  test(`what ${what} puts out after the end of its cell goes to that cell`, async () => {
    await kernel.execute(
      "let begin = () => {}, done = () => {};\n" +
        "const go = new Promise<void>((resolve) => (begin = resolve)),\n" +
        "  end = new Promise<void>((resolve) => (done = resolve));",
    );
    const heard: unknown[] = [];
    const first = await kernel.execute(code, {}, (_, content) =>
      heard.push(content.text ?? (content.data as Record<string, unknown>)["text/plain"]),
    );
    const second = await kernel.execute('begin(); await end; console.log("mine");');
    assert.deepEqual(
      [first.reply.status, second.reply.status, heard.join("")],
      ["ok", "ok", what === "a display" ? "late" : "late\n"],
    );
    assert.deepEqual(
      second.outputs.map(([, content]) => content.text),
      ["mine\n"],
    );
  });
}

test("the lines of a worker thread arrive in order, all before its exit", async () => {
  const { outputs } = await kernel.execute(`
    import { Worker as Thread } from "worker_threads";
    const thread = new Thread("for (let i = 0; i < 2000; i++) console.log(i); console.error('last')", { eval: true });
    await new Promise((ended) => thread.on("exit", ended));
    console.log("end");`);
  const text = (name: string) =>
    outputs.map(([, content]) => (content.name === name ? String(content.text) : "")).join("");
  assert.equal(text("stdout"), `${Array.from({ length: 2000 }, (_, i) => `${i}\n`).join("")}end\n`);
  assert.equal(text("stderr"), "last\n");
});
