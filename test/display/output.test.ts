import assert from "node:assert/strict";
import test from "node:test";
import { displayMetadata, Output } from "../../lib/src/display/index";
import { recordDisplays } from "./recorder";

test("An output is shown once and then updated under the same id", async () => {
  const messages = await recordDisplays(() => {
    const output = new Output();
    output.show({ "text/plain": "1 of 2" });
    output.show({ "text/plain": "2 of 2" });
  });
  assert.deepEqual(
    messages.map(({ data, update }) => [data["text/plain"], update]),
    [
      ["1 of 2", false],
      ["2 of 2", true],
    ],
  );
  assert.equal(messages[0].transient.display_id, messages[1].transient.display_id);
});

test("Two outputs have ids of their own", async () => {
  const [first, second] = await recordDisplays(() => [new Output(), new Output()].forEach((output) => output.show({})));
  assert.notEqual(first.transient.display_id, second.transient.display_id);
});

test("A bundle's metadata goes beside its data, not into it", async () => {
  const metadata = { "image/png": { width: 3, height: 2, alt: "a picture" } };
  const [message] = await recordDisplays(() => new Output().show({ "image/png": "AA==", [displayMetadata]: metadata }));
  assert.deepEqual(message.metadata, metadata);
  assert.equal(JSON.stringify(message.data), '{"image/png":"AA=="}');
});

test("A late update belongs to the cell that made the output", async () => {
  let output: Output | undefined;
  const first = await recordDisplays(() => (output = new Output()).show({ "text/plain": "running" }));
  const second = await recordDisplays(() => output?.show({ "text/plain": "done" }));
  assert.deepEqual(
    first.map(({ data }) => data["text/plain"]),
    ["running", "done"],
  );
  assert.deepEqual(second, []);
});

test("An output goes to the kernel that gives a function under Symbol.for('Jupyter.publish')", () => {
  const publish = Symbol.for("Jupyter.publish");
  const given: [object, boolean][] = [];
  Object.assign(globalThis, { [publish]: (message: object, update: boolean) => given.push([message, update]) });
  try {
    const output = new Output();
    assert.equal(output.connected, true);
    for (const text of ["1 of 2", "2 of 2"]) output.show({ "text/plain": text });
  } finally {
    Reflect.deleteProperty(globalThis, publish);
  }
  assert.deepEqual(
    given.map(([message, update]) => [(message as { data: object }).data, update]),
    [
      [{ "text/plain": "1 of 2" }, false],
      [{ "text/plain": "2 of 2" }, true],
    ],
  );
});

test("Outside a kernel an output is not connected and shows nothing", () => {
  const output = new Output();
  assert.equal(output.connected, false);
  output.show({ "text/plain": "unseen" });
});
