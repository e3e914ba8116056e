import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { openPage, skipReason } from "./browsers";
import { builtSite } from "./builtSite";
import { CONTENT, firstCode, linkTo, ready, save, writeFirst } from "./lite";
import { serve, type Served } from "./served";

/** A reader's notebooks in JupyterLite after a release that changes the site's. */

const site = builtSite();
const EDITED = "0-arrays-and-plots.ipynb";
const ONLY_RUN = "1-perceptrons.ipynb";
const NEW_TITLE = "# The newer edition";
const MINE = "// the reader's own words";
const NOTIFICATION = ".Toastify__toast";

/** The site after a release in which the first cell of both notebooks is another one. */
function released(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), "dlfs-released-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(site.folder, folder, { recursive: true });
  const extension = join(folder, "lite/extensions/dlfs-kernel-extension/static/remoteEntry.js");
  let script = readFileSync(extension, "utf8");
  for (const name of [EDITED, ONLY_RUN]) {
    const file = join(folder, "lite/files/notebooks", name);
    const notebook = JSON.parse(readFileSync(file, "utf8")) as { cells: { cell_type: string; source: string }[] };
    notebook.cells[0].source = NEW_TITLE;
    writeFileSync(file, JSON.stringify(notebook));
    const text = JSON.stringify(notebook.cells.map((cell) => [cell.cell_type, cell.source]));
    const digest = createHash("sha256").update(text).digest("hex");
    const entry = new RegExp(`("notebooks/${name}":)"[0-9a-f]{64}"`);
    assert.match(script, entry);
    script = script.replace(entry, `$1"${digest}"`);
  }
  writeFileSync(extension, script);
  return folder;
}

const firstText = (page: Page): Promise<string> =>
  page.evaluate(`${CONTENT}.widgets[0].model.sharedModel.getSource()`) as Promise<string>;

async function open(page: Page, address: string): Promise<void> {
  await page.goto(address);
  await ready(page);
}

/** A page on a server of this test's own, on which the reader has changed a notebook and saved it. */
async function visitAndEdit(t: TestContext): Promise<{ page: Page; served: Served; before: string }> {
  const served = await serve(site.folder);
  t.after(() => served.stop());
  // without the service worker each page is of the edition that the server has
  const page = await openPage(t, "Chromium", { serviceWorkers: "block" });
  page.context().setDefaultTimeout(90_000); // for the pages that open, too
  await open(page, served.address + linkTo(EDITED));
  const before = await firstText(page);
  await writeFirst(page, MINE);
  await save(page);
  return { page, served, before };
}

test(
  "after a release a notebook without edits is the new one; an edited one stays, and the reader is told once",
  { timeout: 240_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page, served } = await visitAndEdit(t);
    await open(page, served.address + linkTo(ONLY_RUN));
    await page.evaluate('jupyterapp.commands.execute("notebook:clear-all-cell-outputs")');
    await save(page);

    served.folder = released(t);
    await open(page, served.address + linkTo(ONLY_RUN));
    assert.equal(await firstText(page), NEW_TITLE);
    const told = page.locator(NOTIFICATION, { hasText: `new edition of ${EDITED}` });
    await told.waitFor(); // also where another notebook is open
    await open(page, served.address + linkTo(EDITED));
    assert.equal(await firstCode(page), MINE);
    assert.notEqual(await firstText(page), NEW_TITLE);
    assert.equal(await told.count(), 0);
  },
);

test(
  "the reader compares both editions, opens the new one beside the own, and gets back to the original",
  { timeout: 240_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page, served, before } = await visitAndEdit(t);

    const popup = async (act: () => Promise<unknown>): Promise<Page> => {
      const opened = page.waitForEvent("popup");
      await act();
      return opened;
    };
    const original = await popup(() => page.evaluate('void jupyterapp.commands.execute("dlfs:open-original")'));
    await ready(original);
    assert.match(original.url(), /0-arrays-and-plots-original\.ipynb/);
    assert.equal(await firstText(original), before);
    assert.notEqual(await firstCode(original), MINE);

    served.folder = released(t);
    await open(page, served.address + linkTo(EDITED));
    const told = page.locator(NOTIFICATION, { hasText: `new edition of ${EDITED}` });
    await told.waitFor();
    const compared = await popup(() => told.getByText("Compare").click());
    await ready(compared);
    await compared.locator(".jp-RenderedMarkdown", { hasText: MINE }).waitFor();
    assert.equal(await firstCode(page), MINE);
  },
);
