import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import test from "node:test";
import { Pace, progress } from "../../lib/src/display/index";
import { finalLine, runningLine } from "../../lib/src/display/progress";
import { recordDisplays, type Message } from "./recorder";

const last = <T>(items: readonly T[]): T => items[items.length - 1];

test("The bar tells count, rate, remaining time and the latest loss", () => {
  const state = { label: "training", done: 4200, total: 10000, loss: 0.214748, seconds: 5 };
  assert.equal(
    runningLine(state),
    "training  42% ████████░░░░░░░░░░░░ 4200 of 10000, 840 a second, 7 s left, loss 0.2147",
  );
  assert.equal(
    runningLine({ ...state, seconds: 3000 }),
    "training  42% ████████░░░░░░░░░░░░ 4200 of 10000, 1.4 a second, 1 h 9 min left, loss 0.2147",
  );
  assert.equal(runningLine({ ...state, total: undefined, loss: undefined }), "training 4200, 840 a second");
});

test("The line that stays holds no duration", () => {
  const state = { label: "training", done: 10000, total: 10000, loss: 0.214748 };
  assert.equal(finalLine({ ...state, seconds: 3 }), "training: 10000 of 10000, loss 0.2147");
  assert.equal(finalLine({ ...state, seconds: 4711 }), "training: 10000 of 10000, loss 0.2147");
});

test("A bar of a number updates one place and leaves its final line", async () => {
  const messages = await recordDisplays(() => {
    const bar = progress(3, "steps");
    bar.update(1, 1);
    bar.onProgress({ iteration: 1, loss: 1 / 2 });
    bar.onProgress({ iteration: 2, loss: 1 / 3 });
    bar.finish();
  });
  assert.equal(new Set(messages.map(({ transient }) => transient.display_id)).size, 1);
  assert.match(
    String(messages[0].data["text/html"]),
    /^<label>steps <progress max="3" value="1"><\/progress> 1 of 3, .* a second, .* left, loss 1\.000<\/label>$/,
  );
  assert.deepEqual(last(messages).data, { "text/plain": "steps: 3 of 3, loss 0.3333" });
});

test("A bar that nobody finishes shows the last of all steps for good, once", async () => {
  const finals = (messages: Message[]) =>
    messages.filter(({ data }) => !("text/html" in data)).map(({ data }) => data["text/plain"]);
  const left = await recordDisplays(() => {
    const bar = progress(100, "steps");
    for (let i = 1; i <= 100; i++) bar.update(i, 1 / i);
  });
  assert.deepEqual(finals(left), ["steps: 100 of 100, loss 0.01000"]);
  assert.ok(!("text/html" in last(left).data));
  const finished = await recordDisplays(() => {
    const bar = progress(100, "steps");
    for (let i = 1; i <= 100; i++) bar.update(i, 1 / i);
    bar.finish();
  });
  assert.deepEqual(finals(finished), ["steps: 100 of 100, loss 0.01000"]);
});

test("The latest update that came too early is drawn a moment later, and none after the last line", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const messages = await recordDisplays(() => {
    const bar = progress(100, "steps");
    for (const done of [1, 2, 3]) bar.update(done);
    t.mock.timers.tick(1000);
    bar.update(4);
    bar.finish();
    t.mock.timers.tick(1000);
  });
  assert.match(String(messages[1].data["text/plain"]), /3 of 100/);
  assert.deepEqual([messages.length, last(messages).data["text/plain"]], [3, "steps: 4 of 100"]);
});

test("An iterable gives the same items, and its bar ends also when the loop is left", async () => {
  const seen: string[] = [];
  const all = await recordDisplays(() => seen.push(...progress(["a", "b"], "letters")));
  assert.deepEqual(seen, ["a", "b"]);
  assert.deepEqual(last(all).data, { "text/plain": "letters: 2 of 2" });
  const left = await recordDisplays(() => {
    for (const letter of progress(new Set(["a", "b", "c"]), "letters")) if (letter === "b") break;
  });
  assert.deepEqual(last(left).data, { "text/plain": "letters: 1 of 3" });
});

test("A label is text, not markup", async () => {
  const [message] = await recordDisplays(() => progress(2, "<b> & co").update(1));
  assert.match(String(message.data["text/html"]), /^<label>&lt;b&gt; &amp; co </);
});

test("In a script without a terminal only the final line is written, to standard error", () => {
  const source = path.resolve(__dirname, "../../lib/src/display/index.ts");
  const script = `const { progress } = require(${JSON.stringify(source)}); for (const i of progress([1, 2, 3], "work")) console.log(i);`;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--require", "ts-node/register/transpile-only", "-e", script],
    { encoding: "utf8" },
  );
  assert.equal(stdout, "1\n2\n3\n");
  assert.equal(stderr, "work: 3 of 3\n");
});

/** Calls the pace for a second of pretended time, each call a tenth of a millisecond after the one before. */
function drawings(cost: number): { count: number; share: number } {
  let clock = 0;
  let count = 0;
  const pace = new Pace(() => clock);
  while (clock < 10_000) {
    pace.run(() => {
      count++;
      clock += cost;
    });
    clock += 0.1;
  }
  return { count, share: (count * cost) / clock };
}

test("Cheap drawings come ten times a second at most", () => {
  const { count } = drawings(0.01);
  assert.ok(count <= 101 && count > 95, `${count} in ten seconds`);
});

test("Dear drawings come so seldom that they take a hundredth of the time", () => {
  for (const cost of [2, 20, 90]) {
    const { share } = drawings(cost);
    // the first comes at once and weighs more the dearer it is
    assert.ok(share < 0.01 + cost / 10_000, `${share} of the time at ${cost} ms`);
  }
});
