import assert from "node:assert/strict";
import test from "node:test";
import type { Locator, Page } from "playwright-core";
import { gzipped } from "../../browser/build/kernel";
import { languages } from "../../tools/edition";
import { BROWSERS, openPage, skipReason } from "./browsers";
import { builtSite } from "./builtSite";
import { CONTENT, ERRORS, firstCode, linkTo, OUTPUTS, ready, runAll, save, writeFirst } from "./lite";
import { serve } from "./served";

/** The site, as a reader uses it: JupyterLite with the committed notebooks, opened by a link. */

const site = builtSite();

const LIMIT = 5_000_000; // bytes until the kernel is ready, as servers send them

async function openNotebook(page: Page, name: string): Promise<void> {
  await page.goto(site.address + "index.html");
  await page.locator(`a[href*="${name}"]`).click();
  await ready(page);
}

for (const name of BROWSERS) {
  test(
    `a link of the landing page opens a notebook, and all of its cells run, in ${name}`,
    { timeout: 180_000, skip: skipReason(name) },
    async (t) => {
      const { page, strangers } = await site.open(t, name);
      await openNotebook(page, "1-perceptrons.ipynb");
      const texts = `[...document.querySelectorAll(".jp-OutputArea-output pre")].map(({ textContent }) => textContent)`;
      await page.locator(".jp-OutputArea-output pre").first().waitFor();
      const recorded = (await page.evaluate(texts)) as string[];
      assert.ok(recorded.includes("0 AND 0 = 0\n1 AND 0 = 0\n0 AND 1 = 0\n1 AND 1 = 1\n"), recorded.join("|"));
      await runAll(page);
      assert.deepEqual(await page.evaluate(ERRORS), []);
      const charts = `${OUTPUTS}.flat().filter(({ data }) => data?.["application/vnd.vegalite.v5+json"]).length`;
      assert.equal(await page.evaluate(charts), 6);
      assert.deepEqual(strangers, []);
    },
  );
}

test(
  "JupyterLite opens a notebook of each language, and its link to the contents leads to the site's first page",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page } = await site.open(t, "Chromium");
    for (const folder of [undefined, ...languages()]) {
      const name = [...(folder === undefined ? [] : [folder]), "0-arrays-and-plots.ipynb"].join("/");
      await page.goto(site.address + linkTo(name));
      await ready(page);
      const [opened] = await Promise.all([
        page.context().waitForEvent("page"),
        page.locator('.jp-MarkdownOutput a[href*="README.md"]').first().click(),
      ]);
      await opened.waitForURL(`${site.address}${folder === undefined ? "" : `${folder}/`}index.html`);
      await opened.close();
    }
  },
);

test(
  "JupyterLite's stop button ends a cell that waits, and starts the kernel again for one that never waits",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const { page } = await site.open(t, "Chromium");
    await openNotebook(page, "0-arrays-and-plots.ipynb");
    const first = `JSON.stringify(${OUTPUTS}[0])`;
    const run = () => page.evaluate('void jupyterapp.commands.execute("notebook:run-cell")');
    const stop = () => page.evaluate('jupyterapp.commands.execute("kernelmenu:interrupt")');
    await writeFirst(page, 'console.log("waits"); await new Promise(() => {});');
    await run();
    await page.waitForFunction(`${first}.includes('"waits')`);
    await stop();
    await page.waitForFunction(`${first}.includes("KeyboardInterrupt")`);
    await writeFirst(page, 'console.log("turns"); await 0;\nwhile (true);');
    await run();
    await page.waitForFunction(`${first}.includes('"turns')`);
    await stop();
    await page.waitForFunction(`${first}.includes("All variables are lost")`);
    await ready(page);
    await writeFirst(page, "6 * 7");
    await run();
    await page.waitForFunction(`${first}.includes('"42"')`);
  },
);

for (const name of BROWSERS) {
  test(
    `errors, completion, documentation, restart, and edits after a reload, in ${name}`,
    { timeout: 180_000, skip: skipReason(name) },
    async (t) => {
      const { page } = await site.open(t, name);
      await openNotebook(page, "0-arrays-and-plots.ipynb");
      const first = `JSON.stringify(${OUTPUTS}[0])`;
      const run = async (code: string, output: string) => {
        await writeFirst(page, code);
        await page.evaluate('void jupyterapp.commands.execute("notebook:run-cell")');
        await page.waitForFunction(`${first}.includes(${JSON.stringify(output)})`);
      };
      /** Puts the cursor behind this code and asks for help there, again as long as none is shown. */
      const ask = async (code: string, command: string, shown: Locator) => {
        await writeFirst(page, code);
        const isShown = () =>
          shown.waitFor({ timeout: 5000 }).then(
            () => true,
            () => false,
          );
        do {
          await page.evaluate(`${CONTENT}.mode = "edit", ${CONTENT}.activeCell.editor.focus(),
            ${CONTENT}.activeCell.editor.setCursorPosition({ line: 0, column: ${code.length} }),
            void jupyterapp.commands.execute("${command}")`);
        } while (!(await isShown()));
        await page.keyboard.press("Escape");
      };

      await run('import { np } from "dlfs";\nconst kept = 6;\nconsole.log("imported");', "imported");
      await run("const wrong = 1;\nnp.zeros(-1);", "In[2]:2");
      await run("const text: number = 'a text';", "not assignable to type 'number'");

      await ask("np.zer", "completer:invoke-notebook", page.locator(".jp-Completer", { hasText: "zerosLike" }));
      await ask("np.zeros(", "tooltip:launch-notebook", page.locator(".jp-Tooltip", { hasText: "Zeros, as np.zeros" }));

      await page.evaluate("jupyterapp.shell.currentWidget.sessionContext.session.kernel.restart()");
      await ready(page);
      await run("typeof kept", "Cannot find name 'kept'");

      await run("kept = 7; // the reader's own", "kept");
      await save(page);
      await page.reload();
      await ready(page);
      assert.equal(await firstCode(page), "kept = 7; // the reader's own");
    },
  );
}

test(
  "JupyterLite fetches at most 5 MB until its kernel is ready",
  { timeout: 180_000, skip: skipReason("Chromium") },
  async (t) => {
    const served = await serve(site.folder);
    t.after(() => served.stop());
    // the service worker would fetch what other notebooks need
    const page = await openPage(t, "Chromium", { serviceWorkers: "block" });
    await page.goto(served.address + linkTo("1-perceptrons.ipynb"));
    await ready(page);
    const bytes = [...served.sent].reduce((sum, file) => sum + gzipped(file), 0);
    t.diagnostic(`${served.sent.size} files: ${bytes} bytes`);
    assert.ok(bytes <= LIMIT, `${bytes} bytes`);
  },
);
