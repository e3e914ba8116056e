import assert from "node:assert/strict";
import test from "node:test";
import { builtSite } from "./builtSite";
import { CELLS, ERRORS, linkTo } from "./lite";
import { noWebKit, WebKitPage } from "./webkit";

/** The site in WebKit. Clicks, pictures and releases are tried in the other browsers only. */

const site = builtSite();
const ASKED = '[...document.querySelectorAll("section.cell")].filter((cell) => !cell.closest("details"))';

test(
  "a reading page runs all of its cells and draws, twice, in WebKit",
  { timeout: 240_000, skip: noWebKit() },
  async (t) => {
    const page = await WebKitPage.open(t);
    // the second page is served by the service worker, which isolates it
    for (const [name, isolated] of [
      ["0-arrays-and-plots.html", false],
      ["5-backpropagation-training.html", true],
    ] as const) {
      await page.goto(site.address + name);
      assert.equal(await page.evaluate("crossOriginIsolated"), isolated);
      await page.evaluate(`document.querySelector('[data-do="run-all"]').click()`);
      await page.waitFor(`${ASKED}.every((cell) => ["done", "failed"].includes(cell.dataset.state))`);
      const failed = `${ASKED}.filter(({ dataset }) => dataset.state === "failed").map(({ innerText }) => innerText)`;
      assert.deepEqual(await page.evaluate(failed), []);
      assert.ok(((await page.evaluate('document.querySelectorAll(".outputs svg").length')) as number) > 0);
    }
  },
);

test(
  "JupyterLite opens a notebook by a link and runs all of its cells in WebKit",
  { timeout: 240_000, skip: noWebKit() },
  async (t) => {
    const page = await WebKitPage.open(t);
    await page.goto(site.address + linkTo("1-perceptrons.ipynb"));
    const kernel = "globalThis.jupyterapp?.shell?.currentWidget?.sessionContext?.session?.kernel";
    await page.waitFor(`${kernel}?.status === "idle"`);
    await page.evaluate('void jupyterapp.commands.execute("notebook:clear-all-cell-outputs")');
    await page.evaluate('void jupyterapp.commands.execute("notebook:run-all-cells")');
    await page.waitFor(
      `${CELLS}.every(({ model }) => model.executionState === "idle" && model.executionCount !== null)`,
    );
    assert.deepEqual(await page.evaluate(ERRORS), []);
  },
);
