import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import test from "node:test";
import { jupyterDisplay } from "../../lib/src/display/index";
import { plots } from "../../lib/src/index";
import { recordDisplays } from "../display/recorder";

const library = path.resolve(__dirname, "../../lib/src/index.ts");

test("show() sends the same bundle as a last expression; outside a notebook it prints the sentence", async (t) => {
  const plot = plots.loss([3, 2, 1]);
  const [message] = await recordDisplays(() => plot.show());
  assert.equal(JSON.stringify(message.data), JSON.stringify(await plot[jupyterDisplay]()));
  const log = t.mock.method(console, "log", () => {});
  await plot.show();
  assert.deepEqual(
    log.mock.calls.map(({ arguments: words }) => words),
    [["Line plot of loss against iteration, 3 points: from 3 to 1."]],
  );
});

test("Drawing leaves the specification as it was", async () => {
  const plot = plots.accuracy({ trainAccuracy: [0.1, 0.8], testAccuracy: [0.1, 0.7] });
  const before = structuredClone(plot.spec);
  await plot[jupyterDisplay]();
  assert.deepEqual(plot.spec, before);
});

test("Vega and the picture renderer are loaded by the first picture, not by the library", () => {
  const script = `
    const { plots } = require(${JSON.stringify(library)});
    const files = () => Object.keys(require.cache).map((file) => file.split(/[\\\\/]/));
    const loaded = () => ["vega", "vega-lite", "resvg-js"].filter((name) => files().some((parts) => parts.includes(name)));
    const plot = plots.loss([1]);
    const before = loaded();
    plot[Symbol.for("Jupyter.display")]().then(() => console.log(JSON.stringify([before, loaded()])));`;
  const { stdout } = spawnSync(process.execPath, ["--require", "ts-node/register/transpile-only", "-e", script], {
    encoding: "utf8",
  });
  assert.deepEqual(JSON.parse(stdout), [[], ["vega", "vega-lite", "resvg-js"]]);
});
