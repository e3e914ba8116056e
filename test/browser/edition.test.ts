import assert from "node:assert/strict";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { buildKernel, gzipped } from "../../browser/build/kernel";
import { compareExpected } from "../../tools/expected";
import { courseNotebooks, joined, readNotebook, type Notebook, type Output } from "../../tools/notebook";
import { root, state } from "../../tools/root";
import { BROWSERS, launch, skipReason, type BrowserName } from "./browsers";
import { requestsElsewhere, serve, type Served } from "./served";

/** The kernel of the browser edition in its worker, without JupyterLite. */

/** A page with a kernel; `ask` sends a request and gives the reply and what was published. */
interface Kernel {
  ask(type: string, content: Record<string, unknown>): Promise<Answer>;
  run(code: string): Promise<Answer>;
  page: Page;
  /** Requests to other hosts, of which there may be none. */
  strangers: string[];
}
interface Answer {
  reply: Record<string, unknown>;
  published: [type: string, content: Record<string, unknown>][];
}

const PAGE = `<!doctype html><link rel="icon" href="data:,"><title>kernel</title>
<script type="module">globalThis.edition = await import("./edition.page.js");</script>`;

let built: { folder: string; served: Served } | undefined;

test.before(async () => {
  if (BROWSERS.every((name) => skipReason(name))) return;
  mkdirSync(state, { recursive: true });
  const folder = mkdtempSync(join(state, "edition-"));
  await buildKernel(folder);
  copyFileSync(join(__dirname, "edition.page.mjs"), join(folder, "edition.page.js"));
  writeFileSync(join(folder, "index.html"), PAGE);
  built = { folder, served: await serve(folder) };
});

test.after(async () => {
  await built?.served.stop();
  if (built) rmSync(built.folder, { recursive: true, force: true });
});

async function startKernel(t: TestContext, name: BrowserName, pictures = false): Promise<Kernel> {
  const browser = await launch(name);
  t.after(() => browser.close());
  const page = await browser.newPage();
  const strangers = requestsElsewhere(page, built!.served.address);
  await openPage(page, pictures);
  const ask = (type: string, content: Record<string, unknown>) =>
    page.evaluate(`edition.ask(${JSON.stringify(type)}, ${JSON.stringify(content)})`) as Promise<Answer>;
  return {
    page,
    strangers,
    ask,
    run: (code) => ask("execute", { code, silent: false, store_history: true, stop_on_error: true }),
  };
}

async function openPage(page: Page, pictures: boolean): Promise<void> {
  await page.goto(`${built!.served.address}index.html`);
  await page.waitForFunction("globalThis.edition");
  await restart(page, pictures);
}

async function restart(page: Page, pictures: boolean): Promise<void> {
  await page.evaluate(`edition.start(${pictures})`);
}

/** Runs all cells and gives the notebook with their outputs, as nbclient would have written it. */
async function execute(kernel: Kernel, name: string): Promise<Notebook> {
  const notebook = readNotebook(join(root, "notebooks", name));
  for (const cell of notebook.cells.filter(({ cell_type }) => cell_type === "code")) {
    const { reply, published } = await kernel.run(joined(cell.source));
    cell.outputs = outputsOf(published);
    cell.execution_count = reply.execution_count as number;
  }
  return notebook;
}

function outputsOf(published: Answer["published"]): Output[] {
  const outputs: Output[] = [];
  const displayed = new Map<string, Output>();
  for (const [type, content] of published) {
    const last = outputs.at(-1);
    const { name, text, data, transient } = content as Partial<Output> & { transient?: { display_id?: string } };
    const id = transient?.display_id ?? "";
    if (type === "stream" && last?.output_type === "stream" && last.name === name) {
      last.text = joined(last.text) + joined(text);
    } else if (type === "update_display_data") {
      Object.assign(displayed.get(id)!, { data: sorted(data) });
    } else {
      const output = { ...content, data: sorted(data), output_type: type } as Output;
      outputs.push(output);
      if (id) displayed.set(id, output);
    }
  }
  return outputs;
}

/** nbformat writes the keys of objects in their order. */
function sorted<T>(value: T): T {
  if (Array.isArray(value)) return value.map(sorted) as T;
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, one]) => [key, sorted(one as unknown)])) as T;
}

for (const name of BROWSERS) {
  const pictures = name === "Chromium";
  const what = pictures ? "texts, charts and pictures" : "texts and charts";
  test(`every cell gives what it gives in Node: ${what} in ${name}`, { skip: skipReason(name) }, async (t) => {
    const kernel = await startKernel(t, name, pictures);
    for (const file of courseNotebooks()) {
      await restart(kernel.page, pictures);
      const executed = await execute(kernel, file);
      const ignored = pictures ? undefined : "image/png";
      assert.deepEqual(compareExpected("digits", file, executed, ignored), [], file);
    }
    assert.deepEqual(kernel.strangers, []);
  });

  test(`an error names cell and line, and the kernel goes on, in ${name}`, { skip: skipReason(name) }, async (t) => {
    const { run } = await startKernel(t, name);
    await run('import { np } from "dlfs";\nfunction add(x: number[]) {\n  return np.add(x, [1, 2, 3]);\n}');
    const { published, reply } = await run("const a = 1;\nconsole.log(a); add([1, 2]);");
    assert.equal(reply.status, "error");
    const [printed, [type, error]] = published;
    assert.deepEqual(printed, ["stream", { name: "stdout", text: "1\n" }]);
    assert.equal(type, "error");
    const lines = (error.traceback as string[]).join("\n");
    assert.match(lines, /^RangeError: add: \(2,\) and \(3,\): wanted /);
    assert.match(lines, /at add \(In\[1\]:3:13\)/);
    assert.match(lines, / {4}3 \| {3}return np\.add\(x, \[1, 2, 3\]\);/);
    assert.match(lines, /In\[2\]:2:17/);
    assert.doesNotMatch(lines, /http:/);
    const first = await run("add([1]); throw new Error('first line')");
    assert.match((first.published[0][1].traceback as string[]).join("\n"), /In\[3\]:1:17/);
    const refused = await run("const text: string = a;");
    assert.match(String(refused.published[0][1].evalue), /Type 'number' is not assignable to type 'string'/);
    const late = await run(
      "setTimeout(() => { throw new Error('late') }, 0); await new Promise((go) => setTimeout(go, 1000));",
    );
    assert.equal(late.published[0][1].evalue, "late");
    const rejected = await run(
      "void Promise.reject(new Error('lost')); await new Promise((go) => setTimeout(go, 1000));",
    );
    assert.equal(rejected.published[0][1].evalue, "lost");
    assert.deepEqual((await run("a + 1")).published[0][1].data, { "text/plain": "2" });
  });

  test(
    `the stop button ends what waits, and the worker of what never waits, in ${name}`,
    { skip: skipReason(name) },
    async (t) => {
      const { run, page } = await startKernel(t, name);
      const press = () => page.evaluate("edition.kernel.interrupt()");
      const restarts = () => page.evaluate("edition.restarts") as Promise<string[]>;
      const waits = run(
        'import { saveWeights } from "dlfs";\nawait saveWeights("begun.npz", {});\nawait new Promise(() => {});',
      );
      await page.waitForFunction("edition.saved.size > 0");
      await press();
      assert.equal((await waits).published[0][1].ename, "KeyboardInterrupt");
      assert.deepEqual(await restarts(), []);
      const turns = run('await saveWeights("loop.npz", {});\nlet i = 0; while (true) i++;');
      await page.waitForFunction("edition.saved.size > 1");
      const behind = run("i");
      await press();
      assert.equal((await turns).published.at(-1)![1].ename, "KernelRestarted");
      assert.equal((await behind).reply.status, "error");
      assert.equal((await restarts()).length, 1);
      assert.deepEqual((await run("6 * 7")).published[0][1].data, { "text/plain": "42" });
    },
  );

  test(
    `a training hears the stop button and keeps what it has learnt, in ${name}`,
    { skip: skipReason(name) },
    async (t) => {
      const { run, page } = await startKernel(t, name);
      await run(
        'import { interruptSignal, loadMnist, loadWeights, saveWeights, train, TwoLayerNet } from "dlfs";\n' +
          "const mnist = await loadMnist();\nconst network = new TwoLayerNet(784, 50, 10);",
      );
      const training = run(
        "const onEvaluate = () => void saveWeights('seen.npz', network.params);\n" +
          "const history = await train(network, mnist, { iterations: 1e6, signal: interruptSignal(), onEvaluate });\nhistory.stopped",
      );
      await page.waitForFunction("edition.saved.has('/notebooks/seen.npz')", undefined, { timeout: 60_000 });
      await page.evaluate("edition.kernel.interrupt()");
      assert.deepEqual((await training).published.at(-1)![1].data, { "text/plain": "true" });
      const again = await run("Object.keys((await loadWeights('seen.npz')).params).join()");
      assert.deepEqual(again.published[0][1].data, { "text/plain": "'W1,b1,W2,b2'" });
    },
  );

  test(
    `completion, documentation and imports that are not there, in ${name}`,
    { skip: skipReason(name) },
    async (t) => {
      const { ask, run } = await startKernel(t, name);
      await run('import { np } from "dlfs";');
      const { reply } = await ask("complete", { code: "np.arr", cursor_pos: 6 });
      assert.ok((reply.matches as string[]).includes("array"), String(reply.matches));
      const shown = await ask("inspect", { code: "np.linspace(0, 1)", cursor_pos: 6, detail_level: 0 });
      assert.match(JSON.stringify(shown.reply.data), /linspace.*endpoint/);
      const missing = await run('import lodash from "lodash"; lodash');
      assert.match(String(missing.published[0][1].evalue), /lodash.*dlfs/s);
    },
  );
}

test("what is fetched before the first text is at most 1.5 MB", { skip: skipReason("Chromium") }, async (t) => {
  const sizes = new Map<string, number>();
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const page = await browser.newPage();
  page.on("requestfinished", (request) => {
    const name = new URL(request.url()).pathname.split("/").at(-1)!;
    if (readdirSync(built!.folder).includes(name)) sizes.set(name, gzipped(join(built!.folder, name)));
  });
  await openPage(page, false);
  assert.ok([...sizes.keys()].includes("types.json"), [...sizes.keys()].join());
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  t.diagnostic(`${total} bytes: ${[...sizes].map(([name, size]) => `${name} ${size}`).join(", ")}`);
  assert.ok(total <= 1_500_000, `${total} bytes`);
});
