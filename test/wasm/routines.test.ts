import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import test from "node:test";
import ts from "typescript";
import { MEMORY_PAGES, withArena } from "../../lib/src/wasm/arena";

const root = resolve(__dirname, "../..");

/** The members of an interface: how many parameters each takes, or "constant". */
function members(file: string, name: string): Map<string, number | "constant"> {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), "utf8"), ts.ScriptTarget.ES2022);
  const found = source.statements
    .filter(ts.isInterfaceDeclaration)
    .find((declaration) => declaration.name.text === name);
  assert.ok(found, `${file} declares no interface ${name}`);
  return new Map(
    found.members.map((member) => [
      (member.name as ts.Identifier).text,
      ts.isMethodSignature(member) ? member.parameters.length : "constant",
    ]),
  );
}

test("the compiled module exports what the interface of the routines says, by name and number of parameters", () => {
  const declared = new Map([
    ...members("lib/src/wasm/routines.ts", "Routines"),
    ...members("lib/src/wasm/layouts.ts", "Layouts"),
  ]);
  assert.ok(declared.size > 40, `only ${declared.size} members were found: the search is broken`);
  withArena(
    ({ module, routines }) => {
      const names = WebAssembly.Module.exports(module)
        .filter(({ kind }) => kind !== "memory")
        .map(({ name }) => name);
      const exported = names.map((name) => {
        const value: unknown = routines[name as keyof typeof routines];
        return [name, typeof value === "function" ? value.length : "constant"] as const;
      });
      const sorted = (entries: Iterable<readonly [string, unknown]>) => Object.fromEntries([...entries].sort());
      assert.deepEqual(sorted(exported), sorted(declared));
    },
    () => assert.fail("the routines are not built, or this engine cannot run them"),
  );
});

test("the memory that the library makes is the one that the routines are compiled for", () => {
  const script = readFileSync(join(root, "lib/assembly/build.mjs"), "utf8");
  const { initial, maximum } = /memoryPages = \{ initial: (?<initial>\d+), maximum: (?<maximum>\d+) \}/.exec(
    script,
  )!.groups!;
  assert.deepEqual({ ...MEMORY_PAGES }, { initial: Number(initial), maximum: Number(maximum) });
});
