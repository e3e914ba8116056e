import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { Subscriber } from "zeromq";
import { streamText, type KernelClient } from "../../tools/kernelClient";
import { address } from "../../kernel/src/channels/wire";
import { shareKernel } from "./workplace";

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

const lines = (count: number) => Array.from({ length: count }, (_, i) => `line ${i}\n`).join("");

for (const count of [20_000, 1_000_000]) {
  test(`a cell's ${count} lines all arrive, in order`, async (context) => {
    const started = performance.now();
    const execution = await kernel.execute(`for (let i = 0; i < ${count}; i++) console.log("line", i);`);
    context.diagnostic(
      `${count} lines in ${((performance.now() - started) / 1000).toFixed(2)} s, ${execution.outputs.length} messages`,
    );
    assert.equal(execution.reply.status, "ok");
    assert.ok(streamText(execution, "stdout") === lines(count), "the text differs from what was printed");
  });
}

test("3,000 displays all arrive, in order", async () => {
  const { reply, outputs } = await kernel.execute(
    'import { display } from "tslab";\nfor (let i = 0; i < 3000; i++) display.text(`${i}`);',
  );
  assert.equal(reply.status, "ok");
  assert.deepEqual(
    outputs.map(([type, content]) => [type, (content.data as Record<string, string>)["text/plain"]]),
    Array.from({ length: 3000 }, (_, i) => ["display_data", `${i}`]),
  );
});

test("50 MB on stderr all arrive", async () => {
  const code =
    'const piece = "é".repeat(499) + "\\n";\n' +
    "for (let i = 0; i < 50_000; i++) process.stderr.write(piece);\n" +
    "piece.length";
  const execution = await kernel.execute(code);
  assert.ok(
    streamText(execution, "stderr") === ("é".repeat(499) + "\n").repeat(50_000),
    "the text differs from what was printed",
  );
});

test("stdout, stderr and displays keep the order in which a cell made them", async () => {
  const { outputs } = await kernel.execute(`
    import { display } from "tslab";
    for (let i = 0; i < 300; i++) { console.log("o", i); console.error("e", i); display.text("d" + i); }`);
  const seen = outputs.map(([, content]) => content.text ?? (content.data as Record<string, string>)["text/plain"]);
  assert.deepEqual(seen, Array.from({ length: 300 }, (_, i) => [`o ${i}\n`, `e ${i}\n`, `d${i}`]).flat());
});

test("what a cell prints is there before the cell goes on to hold the thread", async () => {
  let shown = "",
    tooLate = false;
  const late = setTimeout(() => {
    tooLate = true;
    void kernel.interrupt();
  }, 5000);
  await kernel.execute(
    'for (let line = 0; line < 20; line++) console.log(line);\nconsole.log("end");\nwhile (true) {}',
    {},
    (type, content) => {
      if (type === "stream") shown += String(content.text);
      if (shown.endsWith("end\n") && !tooLate) void kernel.interrupt();
    },
  );
  clearTimeout(late);
  assert.equal(shown, Array.from({ length: 20 }, (_, line) => `${line}\n`).join("") + "end\n");
  assert.ok(!tooLate, "it came with the end of the cell only");
});

test("text between displays stays between them", async () => {
  const { outputs } = await kernel.execute(
    'display.text("one"); console.log("a"); console.log("b"); display.text("two"); console.log("c");',
  );
  const seen = outputs.map(
    ([, content]) => content.text ?? `[${(content.data as Record<string, string>)["text/plain"]}]`,
  );
  assert.equal(seen.join(""), "[one]a\nb\n[two]c\n");
});

test("a character that is split over two writes arrives whole", async () => {
  const execution = await kernel.execute(
    'const bytes = Buffer.from("日本"); process.stdout.write(bytes.subarray(0, 4)); ' +
      "void process.stdout.write(bytes.subarray(4));",
  );
  assert.equal(streamText(execution, "stdout"), "日本");
});

test("the callback of a write is called", async () => {
  const execution = await kernel.execute(
    'await new Promise<void>((done) => process.stdout.write("x", () => done())); console.log("called");',
  );
  assert.equal(streamText(execution, "stdout"), "xcalled\n");
});

const PRINTS = path.join(mkdtempSync(path.join(tmpdir(), "kernel-prints-")), "prints.js");
writeFileSync(PRINTS, 'console.log("out"); console.error("err");');
after(() => rmSync(path.dirname(PRINTS), { recursive: true, force: true }));

const CHILDREN: [string, string][] = [
  ["execSync", 'execSync("echo out; echo err >&2", { stdio: "inherit" })'],
  ["execFileSync", 'execFileSync("sh", ["-c", "echo out; echo err >&2"], { stdio: "inherit" })'],
  ["spawnSync", 'spawnSync("echo out; echo err >&2", { shell: true, stdio: ["ignore", "inherit", 2] })'],
  [
    "spawn",
    "await new Promise((done) => " +
      'spawn("sh", ["-c", "echo out; echo err >&2"], { stdio: "inherit" }).on("close", done))',
  ],
  ["fork", `await new Promise((done) => fork(${JSON.stringify(PRINTS)}).on("close", done))`],
];

for (const [name, call] of CHILDREN) {
  test(
    `what a process prints that inherits the kernel's output by ${name} is shown in the cell`,
    { skip: process.platform === "win32" && "needs sh" },
    async () => {
      const execution = await kernel.execute(
        `import { execFileSync, execSync, fork, spawn, spawnSync } from "child_process";\n${call};`,
      );
      assert.deepEqual([streamText(execution, "stdout"), streamText(execution, "stderr")], ["out\n", "err\n"]);
    },
  );
}

test(
  "a process that inherits the kernel's output and fails shows what it has printed",
  { skip: process.platform === "win32" && "needs sh" },
  async () => {
    const execution = await kernel.execute('execSync("echo out; exit 3", { stdio: "inherit" })');
    assert.deepEqual([streamText(execution, "stdout"), execution.reply.status], ["out\n", "error"]);
  },
);

test("console.group, table and dir print as Node prints them", async () => {
  const code =
    'console.group("G"); console.log("a\\nb %d", 3); ' +
    "console.dir({ x: 1 }); console.groupEnd(); console.table([{ a: 1 }]); console.log();";
  const execution = await kernel.execute(code);
  const table = ["┌─────────┬───┐", "│ (index) │ a │", "├─────────┼───┤", "│    0    │ 1 │", "└─────────┴───┘"];
  const printed = streamText(execution, "stdout").split("\n");
  assert.deepEqual(printed.slice(0, 4), ["G", "  a", "  b 3", "  { x: 1 }"]);
  assert.equal(printed.slice(4, -2).length, table.length);
});

test("console.dir and console.table print an array of the library as console.log does", async () => {
  const code =
    'import { np } from "dlfs"; const square = np.array([[1, 2], [3, 4]]); console.dir(square); ' +
    "console.table(square); console.dir([square].length, { depth: 0 });";
  assert.equal(streamText(await kernel.execute(code), "stdout"), `${"[[1. 2.]\n [3. 4.]]\n".repeat(2)}1\n`);
});

test("a display is updated in place under its id", async () => {
  const { outputs } = await kernel.execute(
    'import { newDisplay } from "tslab"; const place = newDisplay(); place.text("1"); place.html("<b>2</b>");',
  );
  assert.deepEqual(
    outputs.map(([type]) => type),
    ["display_data", "update_display_data"],
  );
  const ids = outputs.map(([, content]) => (content.transient as { display_id: string }).display_id);
  assert.ok(ids[0] && ids[0] === ids[1], `ids: ${ids}`);
});

test("a display without a MIME type or without content is refused, and no empty one is shown", async () => {
  for (const [code, told] of [
    ['(display as any).raw({ "text/html": "<b>b</b>" })', "display: [object Object] in place of a MIME type"],
    ['display.raw("text/html", undefined)', "display: no content for text/html"],
    ["display.html(undefined)", "display: no content for text/html"],
  ]) {
    const { reply, outputs } = await kernel.execute(`import { display } from "tslab"; ${code}`);
    assert.deepEqual(
      [reply.ename, reply.evalue, outputs.map(([type]) => type)],
      ["TypeError", `${told}: wanted a MIME type and its content, such as "text/html" and "<b>1</b>"`, ["error"]],
    );
  }
});

test("a library shows through the function under Symbol.for('Jupyter.publish')", async () => {
  const { outputs } = await kernel.execute(`
    const publish = (globalThis as any)[Symbol.for("Jupyter.publish")];
    for (const [i, text] of ["1", "2"].entries())
      publish({ data: { "text/plain": text }, metadata: {}, transient: { display_id: "mine" } }, i > 0);`);
  assert.deepEqual(
    outputs.map(([type, content]) => [type, content.data]),
    [
      ["display_data", { "text/plain": "1" }],
      ["update_display_data", { "text/plain": "2" }],
    ],
  );
});

test("a cell that prints without end waits for a slow reader, can be stopped, and loses nothing", async (context) => {
  const slow = await reachedSubscriber();
  const running = kernel.execute("let count = 0;\nfor (;;) console.log(`${count++} ${'x'.repeat(1000)}`);");
  setTimeout(() => void kernel.interrupt().catch(() => {}), 4000);
  setTimeout(() => slow.close(), 6000);
  const execution = await running;
  assert.equal(execution.reply.ename, "KeyboardInterrupt");
  const printed = streamText(execution, "stdout").split("\n");
  context.diagnostic(`${printed.length} lines before the interrupt, ${await memory("rss")} MiB resident afterwards`);
  assert.ok(
    printed.slice(0, -1).every((line, i) => line.startsWith(`${i} x`)),
    "a line is missing or out of order",
  );
  assert.ok(printed.length * 1000 < 2 ** 30, "the cell did not wait");
  assert.ok((await memory("rss")) < 1500);
});

test("a client that does not read holds no other: it loses messages, the others get all of them", async () => {
  const slow = await reachedSubscriber();
  const execution = await kernel.execute(
    'import { display } from "tslab";\nfor (let i = 0; i < 20_000; i++) display.text(`${i}`);',
  );
  slow.close();
  const shown = execution.outputs.map(([, content]) => Number((content.data as Record<string, string>)["text/plain"]));
  assert.deepEqual(
    shown,
    Array.from({ length: 20_000 }, (_, i) => i),
  );
});

/**
 * A client of the kernel's output that has got one message and reads no more. A subscription does not work at once, so
 * one request is not enough: what the kernel says of it may be said before.
 */
async function reachedSubscriber(): Promise<Subscriber> {
  const slow = new Subscriber({ receiveHighWaterMark: 1, linger: 0 });
  slow.subscribe();
  slow.connect(address(kernel.connection, kernel.connection.iopub_port));
  const reached = slow.receive().then(() => true);
  do await kernel.request("kernel_info_request");
  while (!(await Promise.race([reached, new Promise((next) => setImmediate(next, false))])));
  return slow;
}

async function memory(kind: "rss"): Promise<number> {
  const { outputs } = await kernel.execute(`Math.round(process.memoryUsage().${kind} / 2 ** 20)`);
  return Number((outputs[0][1].data as Record<string, string>)["text/plain"]);
}
