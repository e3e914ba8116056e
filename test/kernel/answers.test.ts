import assert from "node:assert/strict";
import test from "node:test";
import { streamText, type KernelClient } from "../../tools/kernelClient";
import { shareKernel } from "./workplace";

/** Each request is answered, whatever a value or an error does when it is looked at, with text that is whole. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

async function plain(code: string): Promise<unknown> {
  const { outputs } = await kernel.execute(code);
  return outputs
    .map(([, content]) => (content.data as Record<string, unknown> | undefined)?.["text/plain"] ?? content.text)
    .at(-1);
}

const ERRORS: [string, string, string][] = [
  [
    "an error whose name is a symbol",
    'const named = new Error("m"); (named as any).name = Symbol("s"); throw named;',
    "Symbol(s)",
  ],
  [
    "an error whose message throws",
    'throw Object.defineProperty(new Error("m"), "message", { get() { throw 1; } });',
    "Error",
  ],
  [
    "an error whose name throws",
    'throw Object.defineProperty(new Error("m"), "name", { get() { throw 1; } });',
    "Error",
  ],
  [
    "an error whose stack throws",
    'throw Object.defineProperty(new Error("m"), "stack", { get() { throw 1; } });',
    "Error",
  ],
  [
    "an error whose message cannot be text",
    'const odd = new Error("m"); (odd as any).message = { toString() { throw 1; } }; throw odd;',
    "Error",
  ],
  ["an error whose cause is itself", 'const circle = new Error("m"); circle.cause = circle; throw circle;', "Error"],
  [
    "a proxy whose every trap throws",
    'const trap = () => { throw new Error("trap"); }; ' +
      "throw new Proxy({}, { get: trap, has: trap, getPrototypeOf: trap, ownKeys: trap });",
    "Thrown",
  ],
  ["a value whose inspection throws", 'throw { [Symbol.for("nodejs.util.inspect.custom")]() { throw 1; } };', "Thrown"],
  ["an object without a prototype", "throw Object.create(null);", "Thrown"],
];

for (const [what, code, ename] of ERRORS) {
  test(`${what} is answered when it is thrown, in a cell and in a promise that nobody handles`, async () => {
    const { reply, outputs } = await kernel.execute(code);
    assert.deepEqual([reply.status, reply.ename, outputs.map(([type]) => type)], ["error", ename, ["error"]]);
    assert.equal((await kernel.execute(`void (async () => { ${code} })();`)).reply.status, "error");
    assert.equal(await plain("1 + 1"), "2");
  });
}

const display = (body: string): string => `({ [Symbol.for("Jupyter.display")]() { ${body} } })`;

const RESULTS: [string, string, string][] = [
  ["a bundle with a BigInt", display('return { "application/json": { a: 1n } };'), "TypeError"],
  [
    "a bundle that holds itself",
    display('const all: any = { "application/json": {} }; all["application/json"].all = all; return all;'),
    "TypeError",
  ],
  [
    "a bundle whose toJSON throws",
    display('return { "application/json": { toJSON() { throw new RangeError("no"); } } };'),
    "RangeError",
  ],
  [
    "a bundle whose getter throws",
    display('return { get "text/plain"() { throw new RangeError("no"); } };'),
    "RangeError",
  ],
  ["a display method that throws", display('throw new RangeError("no");'), "RangeError"],
  ["a display method whose promise rejects", display('return Promise.reject(new RangeError("no"));'), "RangeError"],
  ["a result of which `then` throws", display('return { get then() { throw new RangeError("no"); } };'), "RangeError"],
  [
    "a value whose inspection throws",
    '({ [Symbol.for("nodejs.util.inspect.custom")]() { throw new RangeError("no"); } })',
    "RangeError",
  ],
  [
    "a display that JSON cannot hold",
    'import { display } from "tslab"; (display as any).raw("application/json", 1n);',
    "TypeError",
  ],
];

for (const [what, code, ename] of RESULTS) {
  test(`${what} is its cell's error`, async () => {
    const { reply, outputs } = await kernel.execute(code);
    assert.deepEqual([reply.ename, outputs.map(([type]) => type)], [ename, ["error"]]);
    assert.equal(await plain("1 + 1"), "2");
  });
}

test("a bundle that looks like a promise is shown", async () => {
  assert.equal(await plain(display('return { "text/plain": "shown", then: undefined };')), "shown");
});

test("requests of any kind are answered, with contents that lack what they need", async () => {
  for (const type of ["complete", "inspect", "is_complete", "history", "comm_info", "kernel_info"]) {
    const reply = await kernel.request(`${type}_request`, {});
    assert.ok(
      reply.status === "ok" || reply.status === "error" || type === "is_complete",
      `${type}: ${JSON.stringify(reply)}`,
    );
  }
});

const HALVES: [string, string, string][] = [
  ["text", 'console.log("a\\ud83d");', "a\ufffd\n"],
  [
    "a bundle, its keys and what is in it",
    display('return { "text/plain": "c\\ud83d", "application/json": { "\\ud83d": ["\\udc00"] } };'),
    "c\ufffd",
  ],
];

for (const [what, code, text] of HALVES) {
  test(`half a character in ${what} leaves the kernel as U+FFFD`, async () => {
    const { outputs } = await kernel.execute(code);
    const [[, content]] = outputs;
    assert.equal(content.text ?? (content.data as Record<string, unknown>)["text/plain"], text);
    assert.ok(!/\\ud[89a-f]/.test(JSON.stringify(outputs)), JSON.stringify(outputs));
  });
}

test("half a character in an error leaves the kernel as U+FFFD, and text that only looks like one stays", async () => {
  const { reply } = await kernel.execute('throw new Error("d\\ud83d \\\\ud83d");');
  assert.equal(reply.evalue, "d\ufffd \\ud83d");
});

test("the halves of a character that are written one after the other arrive as one", async () => {
  const code = 'for (let i = 0; i < 300; i++) { process.stdout.write("\\ud83d"); process.stdout.write("\\ude00"); }';
  assert.equal(streamText(await kernel.execute(code), "stdout"), "😀".repeat(300));
});

test("errors say their name once, whatever toString they have, and console.trace says what it was given", async () => {
  const equal = await kernel.execute('import assert from "assert"; assert.equal(1, 2);');
  assert.match(String((equal.reply.traceback as string[])[0]), /^AssertionError \[ERR_ASSERTION\]: /);
  assert.match(
    String(await plain('class Own extends Error { override toString() { return "own"; } }\nnew Own("m").stack')),
    /^'Error: m\\n/,
  );
  assert.match(
    streamText(await kernel.execute('console.trace("tr %d", 3);'), "stderr"),
    /^Trace: tr 3\n {4}at In\[\d+\]:1:9\n$/,
  );
  assert.match(
    String(await plain('const like: any = { name: "N", message: "M" }; Error.captureStackTrace(like); like.stack')),
    /^'N: M\\n/,
  );
});

test("user expressions are answered, each by itself", async () => {
  const user_expressions = { sum: "1 + 1", wrong: 'throw new RangeError("no")', nothing: "undefined" };
  const { reply } = await kernel.execute("0", { user_expressions });
  const { sum, wrong, nothing } = reply.user_expressions as Record<string, Record<string, unknown>>;
  assert.deepEqual(sum, { status: "ok", data: { "text/plain": "2" }, metadata: {} });
  assert.deepEqual([reply.status, wrong.status, wrong.ename, nothing.status], ["ok", "error", "RangeError", "ok"]);
});

test("console.clear clears the cell's output", async () => {
  const { outputs } = await kernel.execute('console.log("a"); console.clear(); console.log("b");');
  assert.deepEqual(
    outputs.map(([type, { wait, text }]) => [type, wait ?? text]),
    [
      ["stream", "a\n"],
      ["clear_output", false],
      ["stream", "b\n"],
    ],
  );
});

test("a cell that removes all listeners of process does not take the kernel's with them", async () => {
  const remove =
    'process.removeAllListeners(); process.removeAllListeners("uncaughtException");\n' +
    'for (const event of ["uncaughtException", "unhandledRejection"])\n' +
    "  for (const listener of process.listeners(event as any)) process.off(event, listener as any);";
  await kernel.execute(remove);
  assert.equal(
    (await kernel.execute('void Promise.reject(new Error("floating")); await new Promise(() => {});')).reply.evalue,
    "floating",
  );
  assert.equal(
    (await kernel.execute('setTimeout(() => { throw new Error("timer"); }); await new Promise(() => {});')).reply
      .evalue,
    "timer",
  );
});

test("a search of the history takes any pattern", async () => {
  await kernel.execute("const [first] = [1];");
  const found = async (pattern: string) =>
    (await kernel.request("history_request", { hist_access_type: "search", pattern })).history as unknown[];
  assert.deepEqual(
    (await Promise.all(["[", "*[", "const [[]first] = [z-a]*", "const [[]fi?st[]] = *"].map(found))).map(
      ({ length }) => length,
    ),
    [0, 0, 0, 1],
  );
});

test("cells ask the reader for a line of text, in front ends that allow it", async () => {
  kernel.answerInput = (prompt) => `answer to ${prompt}`;
  const options = { allow_stdin: true };
  const asked = await kernel.execute('prompt("name?")', options);
  assert.equal((asked.outputs[0][1].data as Record<string, string>)["text/plain"], "'answer to name?'");
  const ask =
    'import { createInterface } from "readline/promises";\n' +
    "const lines = createInterface({ input: process.stdin, output: process.stdout });\n" +
    'console.log(await lines.question("one? "), await lines.question("two? "));\n' +
    "lines.close();";
  for (let time = 0; time < 2; time++)
    assert.equal(streamText(await kernel.execute(ask, options), "stdout"), "one? two? answer to  answer to \n");
  assert.match(
    String((await kernel.execute('prompt("name?")')).reply.evalue),
    /^prompt: the front end allows no input/,
  );
});

test("a question that is not answered can be interrupted", async () => {
  kernel.answerInput = () => void kernel.interrupt() as undefined;
  assert.equal((await kernel.execute('prompt("name?")', { allow_stdin: true })).reply.ename, "KeyboardInterrupt");
  assert.equal(await plain("1 + 1"), "2");
});
