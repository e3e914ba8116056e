import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import test from "node:test";
import { CellCompiler, cellOptions } from "../../kernel/src/compile";
import { libraryReader, loadCompiler } from "../../kernel/src/start/loadCompiler";

test("the cells in docs/kernel.md compile to the JavaScript that it shows", () => {
  const page = readFileSync(resolve(__dirname, "..", "..", "docs", "kernel.md"), "utf8");
  const blocks = (language: string) =>
    [...page.matchAll(new RegExp(`\`\`\`${language}\\n([^]*?)\\n\`\`\``, "g"))].map(([, text]) => text);
  const cells = blocks("ts");
  assert.equal(cells.length, 2);
  const { compiler, files } = loadCompiler();
  const session = new CellCompiler(compiler, cellOptions(compiler, libraryReader(compiler)), files);
  const compiled = cells.map((source) => {
    const cell = session.compile(source);
    assert.deepEqual(cell.diagnostics, []);
    session.declare(cell);
    return cell
      .output!.split("\n")
      .filter((line) => !/^("use strict"|Object\.defineProperty|\/\/#|$)/.test(line))
      .join("\n");
  });
  assert.deepEqual(compiled, blocks("js"));
});
