import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { launch, skipReason } from "./browsers";
import { courseNotebooks } from "../../tools/notebook";
import { root } from "../../tools/root";
import { answering, ended, environment, freePort } from "./lab";

/** `npm run lab`'s script, its state in a folder of its own; gives the address that it says it can be opened at. */
async function lab(t: TestContext): Promise<string> {
  mkdirSync(join(root, ".setup"), { recursive: true });
  const home = mkdtempSync(join(root, ".setup", "browser-"));
  const port = await freePort();
  const token = randomBytes(16).toString("hex");
  const args = [
    "--no-browser",
    `--port=${port}`,
    "--ServerApp.port_retries=0",
    `--IdentityProvider.token=${token}`,
    "--expose-app-in-browser",
  ];
  const command = ["--require", "ts-node/register/transpile-only", join(root, "scripts", "lab.ts"), ...args];
  const server = spawn(process.execPath, command, {
    cwd: root,
    env: environment(home),
    stdio: ["ignore", "ignore", "pipe"],
  });
  t.after(async () => {
    await ended(server);
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  });
  let log = "";
  server.stderr.on("data", (chunk: Buffer) => (log += chunk.toString()));
  await answering(server, `http://127.0.0.1:${port}/api/status?token=${token}`);
  const path = /http:\/\/127\.0\.0\.1:\d+(\/\S+)\?token=/.exec(log)?.[1];
  return `http://127.0.0.1:${port}${path}?token=${token}`;
}

test(
  "npm run lab opens the contents page as a page, its links open notebooks, and cells indent by 2",
  { timeout: 240_000, skip: skipReason("Chromium") },
  async (t) => {
    const address = await lab(t);
    assert.match(address, /\/lab\/tree\/notebooks\/README\.md\?/);
    const browser = await launch("Chromium");
    t.after(() => browser.close());
    const page = await browser.newPage();
    page.setDefaultTimeout(120_000);
    await page.goto(address);
    await page.getByRole("heading", { name: "The notebooks" }).waitFor();
    assert.equal(await page.locator(".jp-FileEditor").count(), 0, "no Markdown source is open");
    await page.getByRole("link", { name: "Arrays and plots", exact: true }).click();
    await page.waitForFunction("window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 0");
    const opened = await page.evaluate("window.jupyterapp.shell.currentWidget.context.path");
    assert.equal(opened, `notebooks/${courseNotebooks()[0]}`);
    assert.equal(await typed(page, "if (true) {\nx"), "if (true) {\n  x");
    // what the library's sources say is inside the root, so that a link in a traceback can open it
    await page.evaluate(
      `window.jupyterapp.commands.execute("docmanager:open", { path: "lib/src/np/dot.ts" }).then(() => true)`,
    );
    await page.locator(".jp-FileEditor").waitFor();
  },
);

/** Types into a new cell below the first one, and gives what stands there then. */
async function typed(page: Page, text: string): Promise<string> {
  await page.evaluate("window.jupyterapp.shell.currentWidget.context.ready.then(() => true)");
  await page.evaluate("window.jupyterapp.commands.execute('notebook:insert-cell-below').then(() => true)");
  await page.locator(".jp-Notebook .jp-Cell.jp-mod-active .cm-content").click();
  await page.keyboard.type(text);
  return (await page.evaluate(
    "window.jupyterapp.shell.currentWidget.content.activeCell.model.sharedModel.getSource()",
  )) as string;
}
