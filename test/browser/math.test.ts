import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { root } from "../../tools/root";
import { DIGESTS } from "../math/digests";
import { BROWSERS, launch, skipReason } from "./browsers";

/** lib/src/math and the points, as one script for a page, with the platform of browsers. */
async function script(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "test", "math", "digests.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "tested",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
  });
  return outputFiles[0].text;
}

for (const name of BROWSERS) {
  test(`exp and its like have the same bits in ${name} as in Node`, { skip: skipReason(name) }, async (t) => {
    const browser = await launch(name);
    t.after(() => browser.close());
    const page = await browser.newPage();
    await page.addScriptTag({ content: `globalThis[Symbol.for("dlfs.site")] = {}; ${await script()}` });
    const { version, digests } = (await page.evaluate(
      "({ version: navigator.userAgent, digests: tested.digests() })",
    )) as { version: string; digests: Record<string, string> };
    t.diagnostic(version);
    assert.deepEqual(digests, DIGESTS, version);
  });
}
