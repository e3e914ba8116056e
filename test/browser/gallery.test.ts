import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import type { Browser, Page } from "playwright-core";
import { launch, skipReason } from "./browsers";
import { venvPython } from "../../tools/root";
import { startLab, type Lab } from "./lab";

/** A folder to look at what was drawn; nothing is written without it. */
const pictures = process.env.SCREENSHOTS;

/** Cells of the gallery that draw, and how many plots each. */
const expected: Record<string, number> = {
  live: 1,
  accuracy: 1,
  loss: 1,
  accuracies: 1,
  losses: 1,
  "long-loss": 1,
  digit: 1,
  digits: 1,
  misread: 1,
  "confusion-matrix": 1,
  weights: 1,
  tangent: 1,
  curves: 1,
  gaps: 1,
  "gradient-field": 1,
  "descent-path": 1,
  rates: 1,
  slider: 1,
  boundary: 1,
  scatter: 1,
  areas: 1,
  network: 1,
  shown: 2,
};

test("JupyterLab draws every plot of the gallery", { timeout: 480_000, skip: skipReason("Chromium") }, async (t) => {
  const browser = await launch("Chromium");
  t.after(() => browser.close());
  const lab = await startLab();
  t.after(() => lab.stop());
  copyFileSync(join(__dirname, "gallery.ipynb"), join(lab.folder, "gallery.ipynb"));
  const { page, errors } = await openNotebook(browser, lab, "gallery.ipynb");
  await t.test("run in the light theme", () => runAll(page));
  await t.test("each plot's menu saves it under a name of its own, and leads nowhere else", () => saves(page));
  await t.test("a slider moves the path", () => slides(page));
  await t.test("pointing at a digit changes its probabilities", () => points(page));
  await t.test("the saved notebook holds the kernel's pictures and their sentences", () => saved(lab));
  await look(page, "light");
  await t.test("the dark theme shows the same plots", () => darken(page));
  await t.test("no error was said in the browser's console", () => assert.deepEqual(errors, []));
  await page.close();
  await t.test("a trusted notebook shows them again without a run", (u) =>
    reopen(u, browser, lab, "gallery.ipynb", true),
  );
  strip(lab);
  await t.test("an untrusted notebook shows them too", (u) => reopen(u, browser, lab, "untrusted.ipynb", false));
  await t.test("the stop button ends a training, which keeps what it has learnt", (u) => stops(u, browser, lab));
  await t.test("nbconvert's page shows a picture for each, with JavaScript off", () => convert(browser, lab));
});

async function openNotebook(browser: Browser, lab: Lab, name: string): Promise<{ page: Page; errors: string[] }> {
  const page = await browser.newPage({ viewport: { width: 1280, height: 1000 } });
  page.setDefaultTimeout(120_000);
  const errors: string[] = [];
  page.on(
    "console",
    (message) => message.type() === "error" && errors.push(`${message.text()} ${message.location().url}`),
  );
  page.on("pageerror", (error) => errors.push(error.stack ?? error.message));
  await page.goto(lab.url(name));
  await page.waitForFunction("window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 0");
  await page.evaluate("window.jupyterapp.shell.currentWidget.context.ready.then(() => true)");
  return { page, errors };
}

async function runAll(page: Page): Promise<void> {
  await page.evaluate("window.jupyterapp.shell.currentWidget.context.sessionContext.ready.then(() => true)");
  await page.evaluate("window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => true)");
  const failures = await page.evaluate(
    "[...document.querySelectorAll('.jp-OutputArea-output[data-mime-type=\"application/vnd.jupyter.error\"]')].map((node) => node.innerText)",
  );
  assert.deepEqual(failures, []);
  await allDrawn(page);
  await page.evaluate("window.jupyterapp.commands.execute('docmanager:save').then(() => true)");
}

async function saves(page: Page): Promise<void> {
  const links = (await page.evaluate(
    "[...document.querySelectorAll('.vega-actions a')].map(({ text, download }) => `${text}: ${download}`)",
  )) as string[];
  assert.deepEqual(
    links.filter((link) => !/^Save as (SVG|PNG): [a-z-]+\.(svg|png)$/.test(link)),
    [],
  );
  for (const name of ["loss", "learning-rates", "training"])
    assert.ok(links.includes(`Save as PNG: ${name}.png`), links.join(", "));
}

/** Every canvas stands in its cell and holds more than one colour. */
async function allDrawn(page: Page): Promise<void> {
  const script = `Object.fromEntries(window.jupyterapp.shell.currentWidget.content.widgets.map((cell) => {
    const drawn = [...cell.node.querySelectorAll(".vega-embed canvas")].filter((canvas) => {
      const pixels = new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer);
      return new Set(pixels).size > 4;
    });
    return [cell.model.id, drawn.length];
  }).filter(([, count]) => count > 0))`;
  const want = JSON.stringify(sorted(expected));
  await page
    .waitForFunction(`JSON.stringify(Object.entries(${script}).sort()) === ${JSON.stringify(want)}`)
    .catch(() => {});
  assert.deepEqual(sorted((await page.evaluate(script)) as Record<string, number>), sorted(expected));
}

function sorted(counts: Record<string, number>): [string, number][] {
  return Object.entries(counts).sort(([a], [b]) => (a < b ? -1 : 1));
}

const canvasOf = (id: string): string =>
  `[...window.jupyterapp.shell.currentWidget.content.widgets].find((cell) => cell.model.id === "${id}").node.querySelector(".vega-embed canvas")`;

/** Whether the picture in a cell changes while something is done. */
async function changes(page: Page, id: string, act: () => Promise<unknown>): Promise<void> {
  const before = await page.evaluate(`${canvasOf(id)}.toDataURL()`);
  await act();
  await page.waitForFunction(`${canvasOf(id)}.toDataURL() !== ${JSON.stringify(before)}`);
}

async function slides(page: Page): Promise<void> {
  const slider = page.locator(".vega-bind input[type=range]");
  await changes(page, "slider", () =>
    slider.evaluate((input) => {
      (input as unknown as { value: string }).value = "0.9";
      input.dispatchEvent(new Event("input"));
    }),
  );
}

async function points(page: Page): Promise<void> {
  await page.evaluate(`${canvasOf("digits")}.scrollIntoView({ block: "center" })`);
  const box = (await page.evaluate(`(({ x, y }) => ({ x, y }))(${canvasOf("digits")}.getBoundingClientRect())`)) as {
    x: number;
    y: number;
  };
  await changes(page, "digits", async () => {
    await page.mouse.move(box.x + 100, box.y + 200);
    await page.mouse.move(box.x + 110, box.y + 160, { steps: 5 });
  });
}

async function darken(page: Page): Promise<void> {
  await page.evaluate(
    "window.jupyterapp.commands.execute('apputils:change-theme', { theme: 'JupyterLab Dark' }).then(() => true)",
  );
  await page.waitForFunction("document.body.dataset.jpThemeLight === 'false'");
  await allDrawn(page);
  await look(page, "dark");
}

async function reopen(t: TestContext, browser: Browser, lab: Lab, name: string, trusted: boolean): Promise<void> {
  const { page, errors } = await openNotebook(browser, lab, name);
  t.after(() => page.close());
  const trust = await page.evaluate(
    "window.jupyterapp.shell.currentWidget.content.widgets.filter((cell) => cell.model.type === 'code').map((cell) => cell.model.trusted)",
  );
  assert.deepEqual(new Set(trust as boolean[]), new Set([trusted]));
  await allDrawn(page);
  await look(page, trusted ? "trusted" : "untrusted");
  assert.deepEqual(errors, []);
}

interface SavedPlot {
  readonly data?: { readonly "image/png"?: string; readonly "text/plain"?: string | string[] };
  readonly metadata?: { readonly "image/png"?: { readonly alt: string; readonly width: number } };
}

/** JupyterLab adds a picture of its own to a chart that has none: ours carry their size and sentence. */
function saved(lab: Lab): void {
  const { cells } = JSON.parse(readFileSync(join(lab.folder, "gallery.ipynb"), "utf8")) as {
    cells: { id: string; outputs?: SavedPlot[] }[];
  };
  for (const { id, outputs = [] } of cells) {
    const plots = outputs.filter(({ data }) => data?.["image/png"] !== undefined);
    assert.equal(plots.length, expected[id] ?? 0, id);
    for (const { data, metadata } of plots) {
      const width = Buffer.from(data!["image/png"]!, "base64").readUInt32BE(16);
      assert.equal(metadata?.["image/png"]?.width, width / 2, id);
      assert.equal(metadata?.["image/png"]?.alt, [data!["text/plain"]].flat().join(""), id);
    }
  }
}

/** The saved notebook changed outside JupyterLab, as a clone of it is: the signature no longer fits. */
function strip(lab: Lab): void {
  const saved = readFileSync(join(lab.folder, "gallery.ipynb"), "utf8");
  writeFileSync(join(lab.folder, "untrusted.ipynb"), saved.replace("# Every plot", "# Every plot, from elsewhere"));
}

const longTraining = `import { interruptSignal, loadMnist, plots, train, TwoLayerNet } from "dlfs";
const view = plots.live();
const data = await loadMnist();
const history = await train(new TwoLayerNet(784, 10, 10), data, {
  iterations: 1e8, evaluateEvery: 1e8, onProgress: view.onProgress, onEvaluate: view.onEvaluate, signal: interruptSignal(),
});
console.log(history.stopped, history.trainLoss.length > 0);`;

async function stops(t: TestContext, browser: Browser, lab: Lab): Promise<void> {
  const gallery = JSON.parse(readFileSync(join(__dirname, "gallery.ipynb"), "utf8")) as object;
  // the picture in a cell of its own: on a busy machine it may take more than the second that an interrupted cell has
  const sources = [longTraining, "await view.finish();"];
  const cells = sources.map((source, i) => ({
    cell_type: "code",
    id: `stop-${i}`,
    metadata: {},
    execution_count: null,
    outputs: [],
    source,
  }));
  writeFileSync(join(lab.folder, "stop.ipynb"), JSON.stringify({ ...gallery, cells }));
  const { page, errors } = await openNotebook(browser, lab, "stop.ipynb");
  t.after(() => page.close());
  await page.evaluate("window.jupyterapp.shell.currentWidget.context.sessionContext.ready.then(() => true)");
  await page.evaluate(
    "void (window.finished = window.jupyterapp.commands.execute('notebook:run-all-cells').then(() => true))",
  );
  await page.waitForSelector(".vega-embed canvas");
  await page.evaluate("window.jupyterapp.commands.execute('notebook:interrupt-kernel').then(() => true)");
  await page.evaluate("window.finished");
  await page.waitForSelector("text=true true");
  assert.equal(await page.locator("[data-mime-type='application/vnd.jupyter.error']").count(), 0);
  assert.deepEqual(errors, []);
}

async function convert(browser: Browser, lab: Lab): Promise<void> {
  await promisify(execFile)(venvPython, ["-m", "nbconvert", "--to", "html", "gallery.ipynb"], {
    cwd: lab.folder,
    env: lab.env,
  });
  const page = await browser.newPage({ javaScriptEnabled: false, viewport: { width: 1000, height: 1000 } });
  await page.route(/^https?:/, (route) => route.abort());
  await page.goto(pathToFileURL(join(lab.folder, "gallery.html")).href);
  const images = await page.locator(".jp-OutputArea-output img").all();
  assert.equal(
    images.length,
    Object.values(expected).reduce((sum, count) => sum + count),
  );
  for (const image of images) {
    const { width, height } = (await image.boundingBox())!;
    assert.ok(width > 100 && height > 100, `${width} by ${height}`);
  }
  if (pictures !== undefined) await page.screenshot({ path: join(pictures, "nbconvert.png"), fullPage: true });
  await page.close();
}

/** Saves what the page shows, as high as the notebook is, in pieces. */
async function look(page: Page, name: string): Promise<void> {
  if (pictures === undefined) return;
  mkdirSync(pictures, { recursive: true });
  await page.setViewportSize({ width: 1280, height: 13_500 });
  for (let piece = 0; piece < 8; piece++) {
    const clip = { x: 250, y: piece * 1650, width: 1030, height: 1650 };
    await page.screenshot({ path: join(pictures, `${name}-${piece}.png`), clip });
  }
  await page.setViewportSize({ width: 1280, height: 1000 });
}
