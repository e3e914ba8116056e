import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import path from "node:path";
import test from "node:test";
import ts from "typescript";
import type { KernelClient } from "../../tools/kernelClient";
import { courseNotebooks } from "../../tools/notebook";
import { root } from "../../tools/root";
import { shareKernel } from "./workplace";

/** What a running kernel says of names and of its language. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

async function markdownAt(code: string): Promise<string | undefined> {
  const { data } = await kernel.request("inspect_request", { code, cursor_pos: [...code].length, detail_level: 0 });
  return (data as Record<string, string>)["text/markdown"];
}

const ALL_PARTS =
  /^```ts\n[^]+\n```\n[^]+\*\*Parameters\*\*\n\n- `[^]+\*\*Returns\*\*[^]+\*\*Throws\*\*[^]+\*\*Example\*\*\n\n```ts\n/;

test("a running kernel documents the library and the reader's own functions in the parentheses of a call", async () => {
  const cell =
    'import { np, random, TwoLayerNet } from "dlfs";\n' +
    "const network = new TwoLayerNet(4, 3, 2);\n" +
    "/** Half of a number. */\n" +
    "function half(value: number) { return value / 2; }";
  assert.equal((await kernel.execute(cell)).reply.status, "ok");
  for (const code of [
    "np.dot(",
    "np.dot([1, 2], ",
    "np.sum(np.exp(",
    "network.gradient(",
    "random.randn(",
    "'😀'; np.zeros(",
  ]) {
    assert.match((await markdownAt(code)) ?? "", ALL_PARTS, code);
  }
  assert.equal(await markdownAt("half("), "```ts\nfunction half(value: number): number\n```\n\nHalf of a number.");
  assert.equal(await markdownAt("nowhere("), undefined);
});

/** All notebooks of the checkout that are committed. */
function notebooks(): string[] {
  const course = courseNotebooks().map((name) => path.join(root, "notebooks", name));
  return [...course, path.join(root, "test", "browser", "gallery.ipynb")];
}

test("the kernel's information names TypeScript and its version, and links to the documentation of all three", async () => {
  const { language_info: language, help_links: links } = await kernel.request("kernel_info_request");
  assert.deepEqual(language, {
    name: "typescript",
    version: ts.version,
    mimetype: "application/typescript",
    codemirror_mode: "typescript",
    pygments_lexer: "typescript",
    file_extension: ".ts",
  });
  assert.deepEqual(
    (links as { text: string }[]).map(({ text }) => text),
    ["TypeScript", "JavaScript", "Node.js"],
  );
  for (const { url } of links as { url: string }[]) assert.match(url, /^https:\/\/\S+$/);
});

test("the committed notebooks tell of the language what the kernel tells", async () => {
  const { language_info: answer } = await kernel.request("kernel_info_request");
  const files = notebooks();
  assert.ok(files.length > 5);
  for (const file of files) {
    const { metadata } = JSON.parse(readFileSync(file, "utf8")) as { metadata: { language_info: object } };
    assert.deepEqual(metadata.language_info, answer, file);
  }
});
