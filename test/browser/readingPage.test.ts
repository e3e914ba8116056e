import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import test from "node:test";
import { Resvg } from "@resvg/resvg-js";
import type { Page } from "playwright-core";
import { gzipped } from "../../browser/build/kernel";
import { languages, nameOfLanguage, notebooksFolder } from "../../tools/edition";
import { courseNotebooks, headOf, readNotebook } from "../../tools/notebook";
import { BROWSERS, openPage, skipReason } from "./browsers";
import { builtSite } from "./builtSite";

/** The reading pages, as a reader uses them. */

const site = builtSite();
const PAGE = "1-perceptrons.html";
const LIMIT = 700_000; // bytes of a page with its charts, as servers send it

/** A picture of a 7, drawn by the library's own rasterizer. */
const SEVEN =
  new Resvg(`<svg xmlns="http://www.w3.org/2000/svg" width="200" height="280"><rect width="200" height="280" fill="white"/>
<path d="M 45 60 L 150 56 L 95 225" fill="none" stroke="black" stroke-width="16" stroke-linecap="round"/></svg>`)
    .render()
    .asPng();

const finished = 'section.cell:not([data-state="running"]):not([data-state="waiting"])';

/** Writes code into a cell, whose editor opens by a click. */
async function write(page: Page, cell: string, code: string): Promise<void> {
  await page.locator(`#${cell} .input :is(pre.code, .cm-content)`).click();
  const editor = page.locator(`#${cell} .cm-content`);
  await editor.press("Control+a");
  await page.keyboard.insertText(code);
}

const outputOf = (cell: string): string => `#${cell} .outputs`;

for (const name of BROWSERS) {
  test(
    `a reading page draws its charts, runs cells and keeps changes, in ${name}`,
    { timeout: 180_000, skip: skipReason(name) },
    async (t) => {
      const { page, strangers } = await site.open(t, name);
      const troubles: string[] = [];
      page.on("pageerror", ({ message }) => troubles.push(message));
      await page.goto(site.address + PAGE);
      await page.locator("figure.chart").first().scrollIntoViewIfNeeded();
      await page.locator("figure.chart svg").first().waitFor();
      const cell = (await page.locator("section.cell").nth(1).getAttribute("id"))!;

      await page.locator(`#${cell} [data-do="run-above"]`).click();
      await page.locator(`#${cell}[data-state="done"]`).waitFor();

      await write(page, cell, "const answer: number = 6 * 7;\nconsole.log({ answer });");
      await page.keyboard.press("Shift+Enter");
      await page.locator(outputOf(cell), { hasText: "{ answer: 42 }" }).waitFor();

      await write(page, cell, 'throw new RangeError("too far");');
      await page.keyboard.press("Control+Enter");
      await page.locator(`${outputOf(cell)} pre.error`, { hasText: "RangeError: too far" }).waitFor();

      await page.reload();
      await page.locator(`#${cell} pre.code`, { hasText: "too far" }).waitFor();
      await page.locator(`#${cell} .edited`, { hasText: "Changed by you" }).waitFor();
      await page.locator(`#${cell} .edited button`, { hasText: "Restore the original" }).click();
      await page.locator(`#${cell} .edited button`, { hasText: "Restore my change" }).click();
      await page.locator(`#${cell} .cm-content`, { hasText: "too far" }).waitFor();
      assert.deepEqual([strangers, troubles], [[], []]);
    },
  );
}

test(
  "the stop button ends a training; a cell that never waits costs the variables, and the page offers the cells above",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page } = await site.open(t, "Chromium");
    await page.goto(site.address + PAGE);
    const cell = (await page.locator("section.cell").nth(1).getAttribute("id"))!;
    await write(page, cell, 'console.log("waits"); await new Promise(() => {});');
    await page.keyboard.press("Control+Enter");
    await page.locator(outputOf(cell), { hasText: "waits" }).waitFor();
    await page.locator('[role="toolbar"] [data-do="stop"]').click();
    await page.locator(outputOf(cell), { hasText: "KeyboardInterrupt" }).waitFor();
    await write(page, cell, 'console.log("turns"); await 0;\nwhile (true);');
    await page.keyboard.press("Control+Enter");
    await page.locator(outputOf(cell), { hasText: "turns" }).waitFor();
    await page.locator('[role="toolbar"] [data-do="stop"]').click();
    await page.locator(outputOf(cell), { hasText: "All variables are lost" }).waitFor();
    await write(page, cell, "console.log(typeof np.sum);");
    await page.locator(`${outputOf(cell)} button`, { hasText: "Run the cells above" }).click();
    await page.locator('section.cell[data-state="done"]').first().waitFor();
    await page.locator(`#${cell} [data-do="run"]`).click();
    await page.locator(outputOf(cell), { hasText: "function" }).waitFor();
  },
);

test(
  "a changed cell, and one that has not run because of an error above it, say so",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page } = await site.open(t, "Chromium");
    await page.goto(site.address + PAGE);
    const ids = await page.locator("section.cell").evaluateAll((found) => found.slice(0, 4).map(({ id }) => id));
    const [, changed, , target] = ids;
    const status = page.locator("#status");
    await page.locator(`#${target} [data-do="run-above"]`).click();
    await page.locator(`#${target}[data-state="done"]`).waitFor();

    await write(page, changed, "const text: number = 'a text';");
    await page.locator(`#${changed}[data-stale]`, { hasText: "has changed since this output was made" }).waitFor();
    await page.locator(`#${target} [data-do="run-above"]`).click();
    await page.locator(`#${target}[data-stale]`, { hasText: "has not run, because a cell above it failed" }).waitFor();
    assert.match((await status.textContent())!, /^Error in cell 2 of \d+$/);
    assert.equal(await status.locator("a").getAttribute("href"), `#${changed}`);

    await write(page, changed, "console.log('right again');");
    await page.locator(`#${target} [data-do="run-above"]`).click();
    await page.locator(`#${target}[data-state="done"]:not([data-stale])`).waitFor();
    await page.locator(`#${changed} .edited button`, { hasText: "Restore the original" }).click();
    await page.reload(); // the reader's own text is kept beside the original
    await page.locator(`#${changed} .edited button`, { hasText: "Restore my change" }).click();
    await page.locator(`#${changed} .cm-content`, { hasText: "right again" }).waitFor();
  },
);

test(
  "every cell of a page runs without an error, on a phone's width without a page that is wider than it",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page } = await site.open(t, "Chromium");
    await page.setViewportSize({ width: 390, height: 844 });
    for (const folder of ["zh/", "ja/", ""]) {
      for (const name of ["index.html", ...courseNotebooks().map((notebook) => notebook.replace(".ipynb", ".html"))]) {
        await page.goto(site.address + folder + name);
        assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390, folder + name);
      }
    }
    await page.locator('[role="toolbar"] [data-do="run-all"]').click();
    const open = `[...document.querySelectorAll("section.cell")].filter((cell) => !cell.closest("details"))`;
    await page.waitForFunction(`${open}.every((cell) => ["done", "failed"].includes(cell.dataset.state))`);
    assert.equal(await page.locator(finished).count(), await page.locator("section.cell").count());
    assert.equal(await page.locator('section.cell[data-state="failed"]').count(), 0);
    assert.equal(await page.evaluate("document.documentElement.scrollWidth"), 390);
  },
);

const skipped = skipReason("Chromium");

for (const name of BROWSERS) {
  test(
    `a reader's own picture of a digit is read, in ${name}`,
    { timeout: 180_000, skip: skipReason(name) },
    async (t) => {
      const { page } = await site.open(t, name);
      await page.goto(site.address + "3-mnist-inference.html");
      const panel = page.locator('[data-files="picture"]');
      await panel.locator("summary").click();
      const choose = (name: string, mimeType: string, buffer: Buffer) =>
        panel.locator("input").setInputFiles({ name, mimeType, buffer });
      await choose("notes.txt", "text/plain", Buffer.from("7"));
      await panel.getByText("Not taken: notes.txt: wanted PNG, JPEG, GIF, and SVG.").waitFor();
      await choose("seven.png", "image/png", SEVEN);
      await panel.getByText("Kept in this browser: seven.png.").waitFor();
      await panel.getByText("Use seven.png in the cell below").click();
      await page.locator('#own-digit [data-do="run-above"]').click();
      await page.locator('#own-digit[data-state="done"]').waitFor();
      assert.match(await page.locator(outputOf("own-digit")).innerText(), /^read as 7:/);
      await panel.locator("button", { hasText: "Remove" }).click();
      await panel.getByText("Removed.").waitFor();
    },
  );
}

test(
  "a page tells how far the fetch of the digits is, with the service worker and without",
  { skip: skipped },
  async (t) => {
    // without: the kernel's worker counts what has come
    const page = await openPage(t, "Chromium", { serviceWorkers: "block" });
    await page.goto(site.address + "3-mnist-inference.html");
    await page.evaluate(`globalThis.told = new Set(), globalThis.line = document.querySelector("#status"),
    new MutationObserver(() => told.add(line.textContent)).observe(line, { childList: true })`);
    await page.locator('#load-mnist [data-do="run-above"]').click();
    await page.locator('#load-mnist[data-state="done"]').waitFor();
    const told = ((await page.evaluate("[...told]")) as string[]).join("; ");
    assert.match(told, /Fetching data: \d\.\d of 1\.6 MB/);

    // with: the service worker counts, and the kernel's worker hears of it
    const { page: served } = await site.open(t, "Chromium");
    await served.goto(site.address + "index.html");
    await served.evaluate("navigator.serviceWorker.ready");
    await served.reload();
    const last = await served.evaluate(`new Promise((resolve) => {
    globalThis.channel = new BroadcastChannel("dlfs-fetches");
    channel.onmessage = ({ data }) => data.bytes === data.of && resolve(data);
    void fetch("kernel/digits.bin");
  })`);
    const { size } = statSync(join(site.folder, "kernel", "digits.bin"));
    assert.deepEqual(last, { path: "/below/kernel/digits.bin", bytes: size, of: size });
  },
);

test("a reading page with its charts is small enough", { skip: skipped }, (t) => {
  const scripts = readdirSync(join(site.folder, "page")).filter((file) => !file.startsWith("editor"));
  const shared = scripts.reduce((sum, file) => sum + gzipped(join(site.folder, "page", file)), 0);
  for (const name of courseNotebooks()) {
    const size = gzipped(join(site.folder, name.replace(".ipynb", ".html"))) + shared;
    t.diagnostic(`${name}: ${size} bytes`);
    assert.ok(size <= LIMIT, `${name}: ${size} bytes`);
  }
});

test("the first page names each notebook by its title, with the page to which it leads", { skip: skipped }, () => {
  const html = readFileSync(join(site.folder, "index.html"), "utf8");
  const titles = [...html.matchAll(/<li><a href="([^"]*)">([^<]*)</g)].map(([, ...found]) => found);
  assert.deepEqual(titles, [
    ["0-arrays-and-plots.html", "0. Arrays and plots"],
    ["1-perceptrons.html", "1. Perceptrons"],
    ["2-loss-and-gradient.html", "2. Loss and gradient"],
    ["3-mnist-inference.html", "3. MNIST inference"],
    ["4-numerical-training.html", "4. Numerical training"],
    ["5-backpropagation-training.html", "5. Backpropagation training"],
  ]);
});

for (const [language, tag] of [
  ["ja", "ja"],
  ["zh", "zh-Hans"],
]) {
  test(
    `the pages in ${language} speak that language, and the first page remembers the choice`,
    { timeout: 180_000, skip: skipped },
    async (t) => {
      const { page, strangers } = await site.open(t, "Chromium");
      const isThere = (path: string) => page.waitForURL(site.address + path);
      await page.goto(`${site.address}index.html`);
      await page.getByRole("link", { name: nameOfLanguage(language) }).click();
      await isThere(`${language}/index.html`);
      const { title } = headOf(readNotebook(join(notebooksFolder(language), PAGE.replace(".html", ".ipynb"))));
      await page.getByRole("link", { name: title }).click();
      await isThere(`${language}/${PAGE}`);
      assert.equal(await page.evaluate("document.documentElement.lang"), tag);
      assert.equal(await page.locator("h1").textContent(), title);

      const cell = (await page.locator("section.cell").nth(1).getAttribute("id"))!;
      await page.locator(`#${cell} [data-do="run-above"]`).click();
      await page.locator(`#${cell}[data-state="done"]`).waitFor();
      await write(page, cell, 'throw new RangeError("too far");');
      await page.keyboard.press("Control+Enter");
      await page.locator(`${outputOf(cell)} pre.error[lang="en"]`, { hasText: "RangeError: too far" }).waitFor();
      // what the page itself says is not in English: only names are in Latin letters
      const said = await page.locator("header, footer, .buttons, .edited, .note, summary").allInnerTexts();
      const latin = said.join(" ").match(/[A-Za-z]{2,}/g) ?? [];
      const names = ["JupyterLite", "Tab", "Enter", "Escape", "Shift", "MNIST", "MB"];
      assert.deepEqual(
        [...new Set(latin)].filter((word) => !names.includes(word)),
        [],
      );

      await page.goto(`${site.address}index.html`);
      await isThere(`${language}/index.html`);
      await page.getByRole("link", { name: "English" }).click();
      await isThere("index.html");
      await page.reload();
      await isThere("index.html");
      assert.deepEqual(strangers, []);
    },
  );
}

test("every link and file that a page names is in the site", { skip: skipped }, () => {
  const folders = ["", ...languages()];
  const pages = folders.flatMap((folder) =>
    readdirSync(join(site.folder, folder)).flatMap((file) => (file.endsWith(".html") ? [join(folder, file)] : [])),
  );
  assert.equal(pages.length, folders.length * (courseNotebooks().length + 1) + 2);
  for (const page of pages) {
    const html = readFileSync(join(site.folder, page), "utf8");
    for (const [, target] of html.matchAll(/ (?:href|src)="([^"]*)"/g)) {
      if (/^https?:/.test(target)) continue;
      const [path, fragment] = decodeURI(target).split("#");
      const file = path === "" ? page : join(dirname(page), path.split("?")[0]);
      assert.ok(existsSync(join(site.folder, file)), `${page}: ${target}`);
      if (fragment) assert.match(readFileSync(join(site.folder, file), "utf8"), new RegExp(`id="${fragment}"`));
    }
  }
});
