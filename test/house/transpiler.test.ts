import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { root } from "../../tools/root";

/** Runs a file by ts-node with this state folder; returns what it prints. */
function run(file: string, state: string): { stdout: string; stderr: string } {
  const env = { ...process.env, DLFS_STATE: state, TS_NODE_PROJECT: join(root, "tsconfig.json") };
  const args = ["--require", "ts-node/register/transpile-only", file];
  return spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
}

test("an edited source is compiled again; a damaged result and a missing folder are no harm", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "dlfs-transpiler-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "edited.ts");
  const printed = (text: string, state = folder): string => {
    writeFileSync(file, text);
    return run(file, state).stdout;
  };
  assert.equal(printed("const x: number = 1; console.log(x);"), "1\n");
  assert.equal(printed("const x: number = 1; console.log(x);"), "1\n");
  assert.equal(printed("const x: number = 2; console.log(x);"), "2\n");
  const kept = readdirSync(join(folder, "transpiled"));
  assert.equal(kept.length, 1);
  writeFileSync(join(folder, "transpiled", kept[0]), "");
  assert.equal(printed("const x: number = 2; console.log(x);"), "2\n");
  assert.equal(printed("const x: number = 2; console.log(x);", join(folder, "missing")), "2\n");
});

test("a source that does not compile says so on each run, and an error names the line of the source", (t) => {
  const folder = mkdtempSync(join(tmpdir(), "dlfs-transpiler-"));
  t.after(() => rmSync(folder, { recursive: true }));
  const wrong = join(folder, "wrong.ts");
  writeFileSync(wrong, "const x: number = ;");
  for (let i = 0; i < 2; i++) assert.match(run(wrong, folder).stderr, /wrong\.ts.*Expression expected/s);
  const throwing = join(folder, "throwing.ts");
  writeFileSync(throwing, "interface Unused {\n  x: number;\n}\nthrow new Error('line 4');");
  for (let i = 0; i < 2; i++) assert.match(run(throwing, folder).stderr, /throwing\.ts:4:7/);
});
