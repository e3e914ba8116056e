import assert from "node:assert/strict";
import test from "node:test";
import type { KernelClient } from "../../tools/kernelClient";
import { shareKernel } from "./workplace";

/** The global function by which cells ask the reader, as the compiler knows it. */

let kernel: KernelClient;
shareKernel((started) => (kernel = started));

async function plain(code: string): Promise<unknown> {
  const { outputs, reply } = await kernel.execute(code, { allow_stdin: true });
  const [, content] = outputs.find(([type]) => type === "execute_result") ?? [];
  return (content?.data as Record<string, unknown> | undefined)?.["text/plain"] ?? reply.evalue;
}

test("its type is that of what it gives: text, which may be left out of what it takes", async () => {
  kernel.answerInput = (asked) => (asked === "name?" ? "Ada" : "");
  assert.equal(
    await plain('const given: string = prompt("name?");\nglobalThis.prompt("name?", "nobody") + given'),
    "'AdaAda'",
  );
  assert.equal(await plain('[prompt(), prompt("x", "nobody")]'), "[ '', 'nobody' ]");
  assert.match(String(await plain("const wrong: number = prompt();")), /'string' is not assignable to type 'number'/);
});

test("a front end that connects its stdin channel late is asked when it has", async () => {
  kernel.answerInput = () => "late";
  kernel.disconnectInput();
  const { outputs } = await kernel.execute('console.log("asking");\nprompt()', { allow_stdin: true }, (type) => {
    if (type === "stream") kernel.connectInput();
  });
  assert.deepEqual(outputs.at(-1)?.[1].data, { "text/plain": "'late'" });
});

test("a front end that never connects its stdin channel gets an error, and the next cell runs", async () => {
  kernel.disconnectInput();
  assert.match(String(await plain("prompt()")), /prompt: the front end has not connected its stdin channel/);
  kernel.connectInput();
  assert.equal(await plain("1 + 1"), "2");
});

test("completion offers it, and its documentation says what it does", async () => {
  const { matches } = await kernel.request("complete_request", { code: "const a = prom", cursor_pos: 14 });
  assert.ok((matches as string[]).includes("prompt"), String(matches));
  for (const code of ["prompt", "prompt("]) {
    const { data } = await kernel.request("inspect_request", { code, cursor_pos: code.length, detail_level: 0 });
    assert.match(
      String((data as Record<string, string>)["text/markdown"]),
      /prompt\(message\?: string, defaultValue\?: string\): string[^]*Asks the user/,
    );
  }
});

for (const [what, code, wanted, type] of [
  ["function", "function prompt(n: number) { return n + 1; }\nprompt(2)", "3", "'function'"],
  ["variable", "const { prompt } = { prompt: 5 };\nprompt", "5", "'number'"],
  ["import", 'import { sep as prompt } from "node:path";\nprompt.length', "1", "'string'"],
]) {
  test(`a reader's own ${what} of that name is what the cell and later ones find`, async () => {
    assert.equal(await plain(code), wanted);
    assert.equal(await plain("typeof prompt"), type);
  });
}
