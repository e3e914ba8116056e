import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { writeServiceWorker } from "../../browser/build/offline";
import { BROWSERS, openPage, skipReason, type BrowserName } from "./browsers";
import { builtSite } from "./builtSite";
import { ERRORS, linkTo, ready, runAll } from "./lite";
import { serve, type Served } from "./served";

/** The site without its server, and the site after a release. */

const site = builtSite();
/** What is said when all is kept, by a reading page and by JupyterLite. */
const KEPT = {
  pages: "All pages but JupyterLite can be used without a network now",
  lite: "All notebooks can be used without a network now",
};

/** A page of the site on a server of this test's own, which the test may stop. */
async function visit(t: TestContext, name: BrowserName): Promise<{ page: Page; served: Served }> {
  const served = await serve(site.folder);
  t.after(() => served.stop());
  return { page: await openPage(t, name), served };
}

/** The same, after a reading page has run a cell, and all of them are kept. */
async function visitAndKeep(t: TestContext, name: BrowserName): Promise<{ page: Page; served: Served }> {
  const { page, served } = await visit(t, name);
  await page.goto(served.address + "0-arrays-and-plots.html");
  await run(page, 0);
  await page.locator("#offline", { hasText: KEPT.pages }).waitFor();
  return { page, served };
}

const run = (page: Page, cell: number): Promise<void> =>
  page.locator("section.cell").nth(cell).locator('[data-do="run-above"]').click();

for (const name of BROWSERS) {
  test(
    `without the server a page that was never opened is shown, runs and draws, with threads, in ${name}`,
    { timeout: 180_000, skip: skipReason(name) },
    async (t) => {
      const { page, served } = await visitAndKeep(t, name);
      await served.stop();
      await page.goto(served.address + "3-mnist-inference.html");
      assert.equal(await page.evaluate("crossOriginIsolated"), true);
      await page.locator("figure.chart").first().scrollIntoViewIfNeeded();
      await page.locator("figure.chart svg").first().waitFor();
      await page.locator('[role="toolbar"] [data-do="run-all"]').click();
      const asked = '[...document.querySelectorAll("section.cell")].filter((cell) => !cell.closest("details"))';
      await page.waitForFunction(`${asked}.every((cell) => ["done", "failed"].includes(cell.dataset.state))`);
      assert.equal(await page.locator('section.cell[data-state="failed"]').count(), 0);
      assert.ok((await page.locator(".outputs svg").count()) > 0);
    },
  );
}

test(
  "without the server JupyterLite opens a notebook that was never opened, and all of its cells run",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page, served } = await visit(t, "Chromium");
    await page.goto(served.address + linkTo("0-arrays-and-plots.ipynb"));
    await page.getByText(KEPT.lite).waitFor();
    await served.stop();
    await page.goto(served.address + linkTo("1-perceptrons.ipynb"));
    await ready(page);
    assert.equal(await page.evaluate("crossOriginIsolated"), true);
    await runAll(page);
    assert.deepEqual(await page.evaluate(ERRORS), []);
    // JupyterLite opens a notebook from its file list at an address without a slash
    await page.goto(served.address + linkTo("2-loss-and-gradient.ipynb").replace("/index.html", ""));
    await ready(page);
  },
);

/** A release: the site with other words on a page and another worker for the kernel. */
async function release(t: TestContext, words: string): Promise<string> {
  const scratch = mkdtempSync(join(tmpdir(), "dlfs-release-"));
  t.after(() => rmSync(scratch, { recursive: true, force: true }));
  const folder = join(scratch, "site");
  cpSync(site.folder, folder, { recursive: true });
  const change = (name: string, from: RegExp, to: string): void => {
    const file = join(folder, name);
    const text = readFileSync(file, "utf8");
    assert.match(text, from);
    writeFileSync(file, text.replace(from, to));
  };
  const page = join(folder, "0-arrays-and-plots.html");
  const [, former] = /data-edition="([^"]*)"/.exec(readFileSync(page, "utf8"))!;
  change("0-arrays-and-plots.html", /<h1[^]*?<\/h1>/, `<h1>${words}</h1>`);
  change("kernel/worker.js", /^/, `/* ${words} */`);
  for (const name of ["0-arrays-and-plots.html", "1-perceptrons.html"]) change(name, new RegExp(former, "g"), words);
  await writeServiceWorker(folder, words, { kernel: words, page: words });
  return folder;
}

for (const name of BROWSERS) {
  test(
    `after a release a page is of one edition, the reader is told, and pages of the one before work on, in ${name}`,
    { timeout: 180_000, skip: skipReason(name) },
    async (t) => {
      const { page, served } = await visitAndKeep(t, name);
      const other = await page.context().newPage();
      await other.goto(served.address + "1-perceptrons.html");

      served.folder = await release(t, "the-second");
      await page.reload(); // the other page is open, so this one is of the first edition too
      await page.locator("#newer").waitFor();
      assert.doesNotMatch((await page.locator("h1").textContent())!, /the-second/);
      await page.locator("#newer button").click();
      await page.locator("h1", { hasText: "the-second" }).waitFor();
      await run(page, 0);
      await page.locator('section.cell[data-state="done"]').first().waitFor();

      await run(other, 0); // its kernel is the first edition's
      await other.locator('section.cell[data-state="done"]').first().waitFor();
      await other.close();

      served.folder = await release(t, "the-third");
      // No other page is open, so the page changes to the third edition by itself. The reader is told of it first if
      // the browser finds it after the page has loaded, or still counts the closed page.
      const third = page.locator("h1", { hasText: "the-third" });
      do {
        await page.goto(served.address + "0-arrays-and-plots.html");
        await third.or(page.locator("#newer")).first().waitFor();
      } while (!(await third.isVisible()));
    },
  );
}

test("an error of the host is not kept", { timeout: 180_000, skip: skipReason("Chromium") }, async (t) => {
  const { page, served } = await visit(t, "Chromium");
  await page.goto(served.address + "index.html");
  await page.evaluate("navigator.serviceWorker.ready");
  const { folder } = served;
  const ask = 'fetch("kernel/types.json").then(({ status }) => status)';
  served.folder = join(folder, "page"); // has no such file
  assert.equal(await page.evaluate(ask), 404);
  served.folder = folder;
  assert.equal(await page.evaluate(ask), 200);
  await served.stop();
  assert.equal(await page.evaluate(ask), 200);
});
