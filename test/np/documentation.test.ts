import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../tools/root";
import { openNumpy } from "../numpy";

test("the table in lib/README.md is the one that the code gives", () => {
  const args = ["--require", "ts-node/register/transpile-only", join("scripts", "make.ts"), "table", "--check"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

test("every NumPy function and constant that the table names is there", async () => {
  const numpy = openNumpy();
  test.after(() => numpy.close());
  const table = readFileSync(join(root, "lib", "README.md"), "utf8");
  const named = [...table.matchAll(/^\| `[\w.]+` \| `(np\.[\w.]+)` \|/gm)].map((match) => match[1]);
  assert.ok(named.length > 50, `${named.length} names`);
  for (const name of named) {
    assert.equal(await numpy(`callable(${name}) or isinstance(${name}, float) or ${name} is None`), true, name);
  }
});
