import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { promisify, inspect } from "node:util";
import { displayMetadata, jupyterDisplay } from "../../lib/src/display/index";
import { cases } from "./cases";
import { drawn, pictureDigests } from "./digests";
import { sceneOf } from "./scene";

const snapshots = join(__dirname, "specs");

test("Every specification compiles without a warning and draws something", async () => {
  for (const [name, plot] of Object.entries(cases)) {
    const scene = await sceneOf(plot());
    assert.deepEqual(scene.warnings, [], name);
    const marks = ["line", "rect", "symbol", "image", "rule", "text"].flatMap((type) => scene.items(type));
    assert.ok(marks.length > 0, name);
    for (const { x, y } of marks)
      assert.ok(Number.isFinite(x ?? 0) && Number.isFinite(y ?? 0), `${name}: a mark at ${x}, ${y}`);
  }
});

const ACCEPT =
  "if this is what you want, accept it: UPDATE_SPECS=1 npm test -- plots/bundle, and review the diff by git";

for (const [name, plot] of Object.entries(cases)) {
  test(`The specification of ${name} is the one that was reviewed`, () => {
    const path = join(snapshots, `${name}.json`);
    const made = inspectable({ ...plot().spec, config: "theme.ts" });
    if (process.env.UPDATE_SPECS) {
      mkdirSync(snapshots, { recursive: true });
      writeFileSync(path, `${made}\n`);
    }
    const reviewed = existsSync(path) ? readFileSync(path, "utf8").trim() : "";
    assertReviewed(made, reviewed, `test/plots/specs/${name}.json`);
  });
}

/** The message shows what differs, and how to accept it. */
function assertReviewed(made: string, reviewed: string, file: string): void {
  try {
    assert.equal(made, reviewed);
  } catch (error) {
    assert.fail(`${(error as Error).message}\n${file} differs: ${ACCEPT}`);
  }
}

test("A specification that differs says what differs and how to accept it", () => {
  const differs = () => assertReviewed('{"title": "epoch"}', '{"title": "epochs"}', "test/plots/specs/x.json");
  assert.throws(
    differs,
    /epoch"}[^]*epochs"}[^]*\ntest\/plots\/specs\/x\.json differs: .*UPDATE_SPECS=1 npm test -- plots\/bundle/,
  );
});

test("The static pictures have the same bytes in another process and another order", async () => {
  const script = join(__dirname, "digests.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [
    "--require",
    "ts-node/register/transpile-only",
    script,
  ]);
  assert.deepEqual(await pictureDigests([...drawn].reverse()), JSON.parse(stdout));
});

test("A bundle holds the chart, the picture with its size and sentence, and the sentence", async () => {
  const plot = cases.accuracy();
  const bundle = await plot[jupyterDisplay]();
  assert.deepEqual(Object.keys(bundle).sort(), ["application/vnd.vegalite.v5+json", "image/png", "text/plain"]);
  assert.equal(bundle["text/plain"], plot.description);
  const png = Buffer.from(bundle["image/png"] as string, "base64");
  const { "image/png": picture } = (
    bundle as Record<symbol, Record<string, { alt: string; width: number; height: number }>>
  )[displayMetadata];
  // twice the size at which it is shown; width and height stand at bytes 16 and 20 of a PNG
  assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [2 * picture.width, 2 * picture.height]);
  assert.equal(picture.alt, plot.description);
});

test("A chart's menu saves it under its own name, and offers nothing that would send it away", async () => {
  for (const [plot, name] of [
    [cases.loss(), "loss"],
    [cases.learningRates(), "learning-rates"],
  ] as const) {
    const wanted = { downloadFileName: name, actions: { export: true, source: false, compiled: false, editor: false } };
    for (const bundle of [await plot[jupyterDisplay](), plot.interactiveBundle()]) {
      const metadata = (bundle as Record<symbol, Record<string, { embed_options: unknown }>>)[displayMetadata];
      assert.deepEqual(metadata["application/vnd.vegalite.v5+json"].embed_options, wanted);
    }
  }
});

test("A plot prints as its sentence", () => {
  assert.equal(
    inspect(cases.loss()),
    "Line plot of loss against iteration, 4 points: from 2.3 to 1.1; its mean of 2 around from 2.3 to 1.5.",
  );
});

/** One line for what is short, so that a diff shows what changed. */
function inspectable(value: object): string {
  return JSON.stringify(value, null, 1).replace(/\[[^[\]{}]*\]/g, (list) => list.replace(/\s+/g, " "));
}
