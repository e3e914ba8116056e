import assert from "node:assert/strict";
import test from "node:test";
import type { Execution, KernelClient } from "../../tools/kernelClient";
import { root } from "../../tools/root";
import { shareKernel } from "./workplace";
import path from "node:path";

let kernel: KernelClient;
shareKernel((started) => (kernel = started), path.join(root, "notebooks"));

const bundle = ({ outputs }: Execution) =>
  outputs.find(([type]) => type === "execute_result")?.[1].data as Record<string, string> | undefined;
const plain = async (code: string) => bundle(await kernel.execute(code))?.["text/plain"];

for (const [code, shown] of [
  ["1 + 1", "2"],
  ["'text'", "'text'"],
  ["null", "null"],
  ["[1, 2, 3]", "[ 1, 2, 3 ]"],
  ["({ a: { b: 1 } })", "{ a: { b: 1 } }"],
  ["new Float64Array(2)", "Float64Array(2) [ 0, 0 ]"],
  ["() => 1", "[Function (anonymous)]"],
  ["class Named {}; Named", "[class Named]"],
  ["undefined", undefined],
  ["const declared = 1;", undefined],
  ["if (true) 5;", undefined],
] as const) {
  test(`the result of ${code} is ${shown ?? "none"}`, async () => assert.equal(await plain(code), shown));
}

test("execution counts go up by one, in result and answer alike", async () => {
  const first = await kernel.execute("1");
  const second = await kernel.execute("2");
  const counts = [first, second].map(({ reply, outputs }) => [reply.execution_count, outputs[0][1].execution_count]);
  const [[count]] = counts as number[][];
  assert.deepEqual(counts, [
    [count, count],
    [count + 1, count + 1],
  ]);
});

test("a value that offers a MIME bundle is shown by it, at once or later", async () => {
  const code = (word: string) =>
    `({ ${word} [Symbol.for("Jupyter.display")]() { return { "text/plain": "P", "text/html": "<b>H</b>" }; } })`;
  for (const word of ["", "async"])
    assert.deepEqual(bundle(await kernel.execute(code(word))), { "text/plain": "P", "text/html": "<b>H</b>" });
});

test("the size of a picture, which the bundle carries under a symbol, becomes the result's metadata", async () => {
  const metadata = '[Symbol.for("Jupyter.metadata")]: { "image/png": { width: 3 } }';
  const code = `({ [Symbol.for("Jupyter.display")]: () => ({ "text/plain": "P", ${metadata} }) })`;
  const { outputs } = await kernel.execute(code);
  const result = outputs.find(([type]) => type === "execute_result")?.[1];
  assert.deepEqual([result?.data, result?.metadata], [{ "text/plain": "P" }, { "image/png": { width: 3 } }]);
});

test("an error in that method is the cell's error", async () => {
  const { reply } = await kernel.execute(
    '({ [Symbol.for("Jupyter.display")]() { throw new TypeError("no picture"); } })',
  );
  assert.deepEqual([reply.ename, reply.evalue], ["TypeError", "no picture"]);
});

test("the library's arrays come from the checkout, typed and shown by their own bundle", async () => {
  assert.equal(await plain('import { np } from "dlfs";\nnp.zeros([2])'), "array([0., 0.])");
  const { reply } = await kernel.execute('np.zeros("two")');
  assert.match(String(reply.ename), /^TS/);
});

test("an import can be declared again and a variable can change its type", async () => {
  await kernel.execute('import { sep } from "path";\nlet same = 1;');
  assert.equal(await plain('import { sep } from "node:path";\nlet same = sep.length + "";\nsame'), "'1'");
});

test("a cell that runs silently publishes nothing, counts nothing and leaves no history", async () => {
  const { reply: before } = await kernel.execute("0");
  const { reply, outputs } = await kernel.execute('console.log("unseen"); 5', { silent: true });
  assert.deepEqual([reply.status, reply.execution_count, outputs], ["ok", before.execution_count, []]);
  const { history } = await kernel.request("history_request", {
    hist_access_type: "search",
    pattern: "*unseen*",
    raw: true,
    output: false,
  });
  assert.deepEqual(history, []);
});

test("history gives inputs, and outputs where asked, by tail, range and pattern", async () => {
  const { reply } = await kernel.execute("40 + 2");
  await kernel.execute("'after'");
  const line = reply.execution_count as number;
  const ask = async (content: object) =>
    (await kernel.request("history_request", { raw: true, output: false, ...content })).history;
  assert.deepEqual(await ask({ hist_access_type: "tail", n: 2 }), [
    [1, line, "40 + 2"],
    [1, line + 1, "'after'"],
  ]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: 0, start: line, stop: line + 1, output: true }), [
    [1, line, ["40 + 2", "42"]],
  ]);
  assert.deepEqual(await ask({ hist_access_type: "search", pattern: "40 + ?" }), [[1, line, "40 + 2"]]);
  assert.deepEqual(await ask({ hist_access_type: "range", session: 7, start: 0, stop: 9 }), []);
});

test("a comm that is opened is closed again, since there is no target", async () => {
  assert.deepEqual(await kernel.request("comm_info_request", { target_name: "jupyter.widget" }), {
    status: "ok",
    comms: {},
  });
});

test("completion and inspection know the library", async () => {
  await kernel.execute('import { np } from "dlfs";');
  const { matches } = await kernel.request("complete_request", { code: "np.zer", cursor_pos: 6 });
  assert.ok((matches as string[]).includes("zeros"));
  const { found, data } = await kernel.request("inspect_request", { code: "np.zeros", cursor_pos: 5, detail_level: 0 });
  assert.equal(found, true);
  assert.match((data as Record<string, string>)["text/plain"], /zeros/);
});

test("a top-level variable of an earlier cell costs at most 5 times a local one", async (context) => {
  await kernel.execute("let total = 0;");
  const loop = (name: string) =>
    `let start = performance.now(); for (let i = 0; i < 1e7; i++) ${name} += i; return performance.now() - start;`;
  const code = `
    function local() { let sum = 0; ${loop("sum")} }
    function top() { ${loop("total")} }
    const best = (run: () => number) => Math.min(...Array.from({ length: 5 }, run));
    [best(local), best(top)].join()`;
  const [ofLocal, ofTop] = (await plain(code))!.slice(1, -1).split(",").map(Number);
  context.diagnostic(`10,000,000 additions: local ${ofLocal.toFixed(1)} ms, top-level ${ofTop.toFixed(1)} ms`);
  assert.equal(await plain("total"), `${5 * ((1e7 * (1e7 - 1)) / 2)}`);
  // Stock tslab is some 400 times slower: 40 leaves a loaded machine room and still tells the two apart.
  assert.ok(ofTop < 40 * ofLocal, `local ${ofLocal} ms, top-level ${ofTop} ms`);
});

test("variables of earlier cells can be shorthand properties", async () => {
  await kernel.execute("let rate = 0.1;\nlet steps = 3;");
  assert.equal(await plain("const local = 1;\n({ rate, steps, local })"), "{ rate: 0.1, steps: 3, local: 1 }");
  assert.equal(await plain("({ rate } = { rate: 7 });\nrate"), "7");
});
