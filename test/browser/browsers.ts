import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";
import type { TestContext } from "node:test";
import { chromium, firefox, type Browser, type BrowserContextOptions, type Page } from "playwright-core";

/** The browsers that the tests use, as they are installed on this machine. */
export const BROWSERS = ["Chromium", "Firefox"] as const;
export type BrowserName = (typeof BROWSERS)[number];

const COMMANDS: Record<BrowserName, readonly string[]> = {
  Chromium: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
  Firefox: ["firefox", "firefox-esr"],
};

/** The path of the first program with one of these names; undefined if the PATH has none. */
export function findProgram(names: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(delimiter);
  return folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isProgram);
}

export const findBrowser = (name: BrowserName): string | undefined => findProgram(COMMANDS[name]);

/**
 * Why tests of this browser are skipped; false if they can run. If DLFS_BROWSERS is "all", a missing browser fails
 * them.
 */
export function skipReason(name: BrowserName): string | false {
  return process.env.DLFS_BROWSERS !== "all" && isMissing(name);
}

function isMissing(name: BrowserName): string | false {
  return findBrowser(name) === undefined && `no ${COMMANDS[name].join(", ")} is on the PATH`;
}

/** @throws Error when the browser is not on the PATH, or does not start */
export function launch(name: BrowserName): Promise<Browser> {
  const executablePath = findBrowser(name);
  if (executablePath === undefined) throw new Error(`launch: ${name}: ${String(isMissing(name))}`);
  return name === "Chromium"
    ? chromium.launch({ executablePath, args: chromiumArguments() })
    : // the channel makes playwright speak WebDriver BiDi, which every Firefox understands
      firefox.launch({ executablePath, channel: "moz-firefox" });
}

/** An empty page in a browser that ends with the test; the page's context can have others beside it. */
export async function openPage(t: TestContext, name: BrowserName, options?: BrowserContextOptions): Promise<Page> {
  const browser = await launch(name);
  t.after(() => browser.close());
  const page = await (await browser.newContext(options)).newPage();
  page.setDefaultTimeout(90_000);
  return page;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

function chromiumArguments(): string[] {
  const quiet = [
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ];
  return process.getuid?.() === 0 ? ["--no-sandbox", ...quiet] : quiet;
}
