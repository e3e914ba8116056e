import assert from "node:assert/strict";
import test from "node:test";
import { streamText, type Execution, type KernelClient } from "../../tools/kernelClient";
import { shareKernel } from "./workplace";

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

/** Runs a cell and presses the stop button as soon as it has printed something. */
function interrupted(code: string): Promise<Execution> {
  let pressed = false;
  return kernel.execute(code, {}, (type) => {
    if (type === "stream" && !pressed) void kernel.interrupt();
    pressed ||= type === "stream";
  });
}

const plain = async (code: string) => {
  const { outputs } = await kernel.execute(code);
  return (outputs.find(([type]) => type === "execute_result")?.[1].data as Record<string, string> | undefined)?.[
    "text/plain"
  ];
};

// (func (export "run") (loop (br 0)))
const ENDLESS_WASM = "AGFzbQEAAAABBAFgAAADAgEABwcBA3J1bgAACgkBBwADQAwACws=";

const START = 'console.log("started");';

const LOOPS: [string, string][] = [
  ["a loop", `${START} while (true) steps++;`],
  ["a loop that catches everything", `${START} while (true) { try { while (true) steps++; } catch {} }`],
  ["a loop after an await", `await new Promise((done) => setTimeout(done, 1)); ${START} while (true) steps++;`],
  [
    "a loop in a timer's callback",
    `setTimeout(() => { ${START} while (true) steps++; }, 1); await new Promise(() => {});`,
  ],
  ["a loop in an immediate", `setImmediate(() => { ${START} while (true) steps++; }); await new Promise(() => {});`],
  [
    "a loop of microtasks",
    `${START} steps++; const spin = async (): Promise<never> => { for (;;) await null; }; await spin();`,
  ],
  ["an await that never ends", `${START} steps++; await new Promise(() => {});`],
  [
    "an endless WebAssembly call",
    `${START} steps++; const { Instance, Module } = (globalThis as any).WebAssembly; ` +
      `new Instance(new Module(Buffer.from("${ENDLESS_WASM}", "base64"))).exports.run();`,
  ],
  ["an endless display method", `({ [Symbol.for("Jupyter.display")]() { ${START} while (true) steps++; } })`],
  ["a catastrophic regular expression", `${START} steps++; /^(a+)+$/.test("a".repeat(60) + "b");`],
];

for (const [what, code] of LOOPS) {
  test(`${what} is interrupted, and the variables are alive afterwards`, async () => {
    await kernel.execute("let steps = 0;\nlet kept = ['kept'];");
    const { reply } = await interrupted(code);
    assert.deepEqual([reply.status, reply.ename], ["error", "KeyboardInterrupt"]);
    assert.equal(await plain("kept[0]"), "'kept'");
    assert.equal(await plain("typeof steps"), "'number'");
  });
}

for (const before of [0, 1, 2]) {
  test(`immediates around one that is interrupted run, ${before} before it, but for cleared ones`, async () => {
    await kernel.execute("let ran: string[] = [];");
    const { reply } = await interrupted(`
      for (let i = 0; i < ${before}; i++) setImmediate(() => ran.push("before"));
      setImmediate(() => { ${START} while (true); });
      setImmediate((name: string) => ran.push(name), "first");
      clearImmediate(setImmediate(() => ran.push("cleared")));
      setImmediate(() => ran.push("second"));
      await new Promise(() => {});`);
    assert.equal(reply.ename, "KeyboardInterrupt");
    assert.equal(await plain("ran.join()"), `'${[...Array(before).fill("before"), "first", "second"].join()}'`);
  });
}

test("work that listens for SIGINT ends by itself: the cell ends normally, with its outputs", async () => {
  const execution = await interrupted(`
    const controller = new AbortController();
    process.once("SIGINT", () => controller.abort());
    console.log("training");
    let iterations = 0;
    while (!controller.signal.aborted) { iterations++; await new Promise((done) => setImmediate(done)); }
    console.log("stopped", iterations > 0);
    "result"`);
  assert.equal(execution.reply.status, "ok");
  assert.equal(streamText(execution, "stdout"), "training\nstopped true\n");
  assert.equal(execution.outputs.at(-1)![0], "execute_result");
});

test("work that listens for SIGINT but does not end within a second is ended", async () => {
  const started = performance.now();
  const { reply } = await interrupted(
    'process.once("SIGINT", () => {}); console.log("x"); await new Promise(() => {});',
  );
  assert.equal(reply.ename, "KeyboardInterrupt");
  assert.ok(performance.now() - started > 900, "it had no second to end by itself");
});

test("cells queued behind an interrupted one are aborted", async () => {
  const first = interrupted('console.log("x"); while (true) {}');
  const second = await kernel.execute("1");
  assert.deepEqual([(await first).reply.ename, second.reply.status], ["KeyboardInterrupt", "aborted"]);
});

test("an interrupt while nothing runs is answered and harms nothing", async () => {
  assert.deepEqual(await kernel.interrupt(), { status: "ok" });
  assert.equal(await plain("1 + 1"), "2");
});

const noSignals = process.platform === "win32" && "Windows has no SIGINT";

/**
 * Runs a cell and sends SIGINT, when it prints its first text, to the process that Jupyter knows; `all`: to the
 * kernel's too.
 */
async function signalled(code: string, all = false): Promise<Execution> {
  const own = Number(await plain("process.pid"));
  let sent = false;
  return kernel.execute(code, {}, (type) => {
    if (type !== "stream" || sent) return;
    sent = true;
    for (const pid of all ? [own, kernel.pid] : [kernel.pid]) process.kill(pid, "SIGINT");
  });
}

for (const [what, code] of LOOPS) {
  test(`${what} is interrupted by a signal as by the stop button`, { skip: noSignals }, async () => {
    await kernel.execute("let steps = 0;");
    assert.equal((await signalled(code)).reply.ename, "KeyboardInterrupt");
    assert.equal(await plain("2 + 2"), "4");
  });
}

for (const [what, all] of [
  ["by the launcher alone", false],
  ["by a terminal, which sends it to both processes", true],
] as const) {
  test(
    `a listener for SIGINT hears once of a signal that comes ${what}, and has its second`,
    { skip: noSignals },
    async () => {
      const code = `
      let heard = 0;
      const listened = new Promise<void>((done) => process.on("SIGINT", () => { heard++; setTimeout(done, 200); }));
      console.log("x");
      await listened;
      process.removeAllListeners("SIGINT");
      heard`;
      const { outputs } = await signalled(code, all);
      assert.equal((outputs.at(-1)![1].data as Record<string, string> | undefined)?.["text/plain"], "1");
    },
  );
}

test("a signal while a cell is compiled ends it before it runs", { skip: noSignals }, async () => {
  const lines = Array.from({ length: 800 }, (_, i) => `const line${i} = Math.max(${i}, 2) * 3;`);
  const cell = await kernel.execute(
    `console.log("ran");\n${lines.join("\n")}`,
    {},
    undefined,
    () => void process.kill(kernel.pid, "SIGINT"),
  );
  assert.deepEqual([cell.reply.ename, streamText(cell, "stdout")], ["KeyboardInterrupt", ""]);
});

test(
  "a signal is served when nothing runs, and one to the kernel's own process when its thread is free",
  { skip: noSignals },
  async () => {
    await new Promise<void>((heard) => {
      const listen = 'void process.once("SIGINT", () => console.log("heard"));';
      void kernel.execute(listen, {}, () => heard()).then(() => process.kill(kernel.pid, "SIGINT"));
    });
    // At once: the interrupt by the first signal may not be over yet, but this is another cell's.
    const { reply } = await kernel.execute('process.kill(process.pid, "SIGINT"); await new Promise(() => {});');
    assert.equal(reply.ename, "KeyboardInterrupt");
    assert.equal(await plain("2 + 2"), "4");
  },
);

test("after all these interrupts the kernel is idle", async () => {
  // V8 may compile and collect garbage in the background of one second: a loop that never rests fills each of them.
  const seconds: number[] = [];
  for (let second = 0; second < 3; second++) {
    await kernel.execute(
      "const before = process.cpuUsage(); await new Promise((done) => setTimeout(done, 1000)); " +
        "const used = process.cpuUsage(before);",
    );
    seconds.push(Number(await plain("Math.round((used.user + used.system) / 1000)")));
  }
  assert.ok(Math.min(...seconds) < 700, `${seconds.join(", ")} ms of processor time in idle seconds`);
});
