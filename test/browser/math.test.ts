import assert from "node:assert/strict";
import { join } from "node:path";
import test from "node:test";
import { build } from "esbuild";
import { chromium } from "playwright-core";
import { root } from "../../tools/root";
import { DIGESTS } from "../math/digests";
import { browserArguments, findChromium } from "./chromium";

const executablePath = findChromium();

/** lib/src/math and the points, as one script for a page, without a host. */
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
    plugins: [
      {
        name: "no host",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/node$/ }, () => ({ path: "host", namespace: "stub" }));
          const contents = "export const host = { assets: { buildId: () => '' } };";
          onLoad({ filter: /.*/, namespace: "stub" }, () => ({ contents }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

test(
  "exp and its like have the same bits in Chromium as in Node",
  { skip: executablePath === undefined && "no Chromium is on the PATH" },
  async (t) => {
    const browser = await chromium.launch({ executablePath, args: browserArguments() });
    t.after(() => browser.close());
    const page = await browser.newPage();
    await page.addScriptTag({ content: await script() });
    const { version, digests } = (await page.evaluate(
      "({ version: navigator.userAgent, digests: tested.digests() })",
    )) as { version: string; digests: Record<string, string> };
    assert.deepEqual(digests, DIGESTS, version);
  },
);
