import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import test, { type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { buildSite } from "../../browser/build/site";
import { state } from "../../tools/root";
import { BROWSERS, openPage, skipReason, type BrowserName } from "./browsers";
import { requestsElsewhere, serve, type Served } from "./served";

/** The site, built and served for the tests of a file, if a browser is there. */
export interface BuiltSite {
  readonly folder: string;
  readonly address: string;
  /** Opens an empty page; `strangers` are its requests to other hosts, of which there may be none. */
  open(t: TestContext, name: BrowserName): Promise<{ page: Page; strangers: string[] }>;
}

export function builtSite(): BuiltSite {
  let served: Served | undefined;
  let scratch: string | undefined;
  test.before(async () => {
    if (BROWSERS.every((name) => skipReason(name))) return;
    mkdirSync(state, { recursive: true });
    scratch = mkdtempSync(join(state, "site-"));
    await buildSite(join(scratch, "site"));
    served = await serve(join(scratch, "site"));
  });
  test.after(async () => {
    await served?.stop();
    if (scratch) rmSync(scratch, { recursive: true, force: true });
  });
  return {
    get folder() {
      return join(scratch!, "site");
    },
    get address() {
      return served!.address;
    },
    async open(t, name) {
      const page = await openPage(t, name);
      return { page, strangers: requestsElsewhere(page, served!.address) };
    },
  };
}
