import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import * as np from "../../lib/src/np/index";
import * as random from "../../lib/src/random/index";
import { openNumpy } from "../numpy";

const root = resolve(__dirname, "..", "..");

test("the table in lib/README.md is the one that the code gives", () => {
  const args = ["--require", "ts-node/register/transpile-only", join("scripts", "make.ts"), "table", "--check"];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  assert.equal(status, 0, stderr);
});

test("every NumPy function that the table names is there", async () => {
  const numpy = openNumpy();
  test.after(() => numpy.close());
  const table = readFileSync(join(root, "lib", "README.md"), "utf8");
  const named = [...table.matchAll(/^\| `\w+` \| `(np\.[\w.]+)` \|/gm)].map((match) => match[1]);
  assert.ok(named.length > 50, `${named.length} names`);
  for (const name of named) assert.equal(await numpy(`callable(${name})`), true, name);
});

/** `@example expression; // value`, where the value is what a notebook would show. */
function examples(): { where: string; expression: string; value: string }[] {
  return ["np", "random"].flatMap((folder) => {
    const path = join(root, "lib", "src", folder);
    const files = readdirSync(path, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
    return files.flatMap((name) => {
      const lines = readFileSync(join(path, name), "utf8").matchAll(/@example (.+); \/\/ ((?:array|[-\d('"[]|True|False).*)$/gm);
      return [...lines].map(([, expression, value]) => ({ where: name, expression, value }));
    });
  });
}

const oneLine = (text: string): string => text.replace(/\n\s*/g, " ");

for (const { where, expression, value } of examples()) {
  test(`${where}: ${expression} is ${value}`, () => {
    const evaluate = new Function("np", "random", "RandomState", `return ${expression};`) as (...names: unknown[]) => np.Printable;
    assert.equal(oneLine(np.repr(evaluate(np, random, random.RandomState))), value);
  });
}

test("most functions carry an example with its value", () => {
  assert.ok(examples().length > 50, `${examples().length} examples`);
});
