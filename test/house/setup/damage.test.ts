import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { BUILDS, checkout, posix, put, python, run, runProbe, said, sitePackages, stepsOf } from "./checkout";

const harms: [string, (file: string) => void][] = [
  ["missing", () => {}],
  ["empty", (file) => writeFileSync(file, "")],
  ["garbage", (file) => writeFileSync(file, "\0garbage")],
  ["a folder", (file) => mkdirSync(file)],
  ["a link that leads nowhere", (file) => symlinkSync("/nowhere/at/all", file)],
];

/** What the set-up must notice before any command runs, and the steps that mend it. */
const vital: [string, string[]][] = [
  [".setup", ["npm packages", "Python packages", "the WebAssembly", "the library", "the kernel", "the kernelspec,"]],
  [".setup/npm.json", ["npm packages", "the kernelspec,"]],
  [".setup/python.json", ["Python packages", "the kernelspec,"]],
  [".setup/routines.json", ["the WebAssembly", "the library"]],
  [".setup/library.json", ["the library"]],
  [".setup/kernel.json", ["the kernel"]],
  [".setup/kernelspec.json", ["the kernelspec,"]],
  [".setup/locks", []],
  ["node_modules", ["npm packages", "the kernelspec,"]],
  ["node_modules/.package-lock.json", ["npm packages", "the kernelspec,"]],
  ["node_modules/typescript", ["npm packages", "the kernelspec,"]],
  ["node_modules/typescript/package.json", ["npm packages", "the kernelspec,"]],
  ["node_modules/ts-node/register/transpile-only.js", ["npm packages", "the kernelspec,"]],
  [".venv", ["Python packages", "the kernelspec,"]],
  [".venv/pyvenv.cfg", ["Python packages", "the kernelspec,"]],
  [".venv/bin", ["Python packages", "the kernelspec,"]],
  [".venv/bin/python", ["Python packages", "the kernelspec,"]],
  [sitePackages, ["Python packages", "the kernelspec,"]],
  [`${sitePackages}/tornado`, ["Python packages", "the kernelspec,"]],
  [`${sitePackages}/tornado/__init__.py`, ["Python packages", "the kernelspec,"]],
  [`${sitePackages}/tornado-6.5.dist-info/RECORD`, ["Python packages", "the kernelspec,"]],
  [".venv/share/jupyter/kernels/tslab/kernel.json", ["the kernelspec,"]],
  ["lib/assembly/dist", ["the WebAssembly", "the library"]],
  ["lib/assembly/dist/routines.wasm", ["the WebAssembly", "the library"]],
  ["lib/dist", ["the library"]],
  ["lib/dist/index.js", ["the library"]],
  ["lib/dist/routines.wasm", ["the library"]],
  ["kernel/dist", ["the kernel"]],
  ["kernel/dist/start/main.js", ["the kernel"]],
];

test("what every command needs is made anew, and no more than that", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  // each with two of the harms, which changes with its place: all pairs take a minute
  for (const [at, [path, steps]] of vital.entries())
    for (const [name, harm] of [harms[at % 5], harms[(at + 2) % 5]]) {
      await t.test(`${path}: ${name}`, async () => {
        rmSync(join(folder, path), { recursive: true, force: true });
        harm(join(folder, path));
        const outcome = await runProbe(folder);
        assert.equal(outcome.code, 0, outcome.printed);
        assert.deepEqual(said(outcome), ["ran"]);
        assert.deepEqual(stepsOf(outcome), steps);
        assert.equal(readFileSync(join(folder, "lib/dist/index.js"), "utf8"), "// of lib");
      });
    }
});

test(
  "a Python that was upgraded in its place is noticed by its version, a repaired one changes nothing",
  posix,
  async (t) => {
    const folder = checkout(t);
    await run(folder, ["build"]);
    python(folder, { version: "3 12" });
    assert.deepEqual(stepsOf(await runProbe(folder, { PYTHON: "" })), ["Python packages", "the kernelspec,"]);
    writeFileSync(
      join(folder, "python-stand-in"),
      `${readFileSync(join(folder, "python-stand-in"), "utf8")}# mended\n`,
    );
    assert.deepEqual(stepsOf(await runProbe(folder, { PYTHON: "" })), []);
  },
);

test("what only a command that fails can notice is named then, and made anew by the next one", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  put(
    folder,
    "scripts/deep.ts",
    'const help = `\nnpm run deep\n`;\nif (require("typescript/deep/file.js") !== 1) throw new Error("no one");',
  );
  put(folder, "node_modules/typescript/deep/file.js", "");
  const failed = await run(folder, ["deep"]);
  assert.equal(failed.code, 1);
  assert.match(
    said(failed)[1],
    /has been changed or damaged \(node_modules\/typescript\/deep\/file\.js\): run the command again/,
  );
  const next = await run(folder, ["deep"]);
  assert.equal(next.code, 0, next.printed);
  assert.deepEqual(stepsOf(next), ["npm packages", "the kernelspec,"]);
});

test("a command that fails by itself says nothing of damage", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  put(folder, "scripts/red.ts", "const help = `\nnpm run red\n`;\nprocess.exitCode = 1;");
  assert.deepEqual(await run(folder, ["red"]), { code: 1, printed: "" });
});

test("npm run build looks at every file", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  rmSync(join(folder, "node_modules/typescript/deep/file.js"));
  assert.deepEqual(stepsOf(await run(folder, ["build"])), ["npm packages", ...BUILDS, "the kernelspec,"]);
});

test("a moved checkout gets another .venv and kernelspec", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  const moved = `${folder} moved`;
  renameSync(folder, moved);
  t.after(() => rmSync(moved, { recursive: true, force: true }));
  rmSync(join(moved, "bin", "python3.11"));
  python(moved);
  assert.deepEqual(stepsOf(await runProbe(moved)), ["Python packages", "the kernelspec,"]);
  assert.ok(existsSync(join(moved, ".venv/bin/python")));
});
