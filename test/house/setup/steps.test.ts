import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { BUILDS, appears, begin, checkout, end, posix, put, python, run, runProbe, stage, stepsOf } from "./checkout";

const ALL = ["npm packages", "Python packages", ...BUILDS, "the kernelspec,"];

test("set-up does its six steps once, and only the forced builds again", posix, async (t) => {
  const folder = checkout(t);
  const first = await run(folder, ["build"]);
  assert.equal(first.code, 0, first.printed);
  assert.deepEqual(stepsOf(first), ALL);
  assert.ok(existsSync(join(folder, ".venv", "share", "jupyter", "kernels", "tslab", "kernel.json")));
  assert.deepEqual(stepsOf(await run(folder, ["build"])), BUILDS);
  assert.deepEqual(stepsOf(await runProbe(folder)), []);
});

test("the set-up leaves nothing in the system's temporary folder", posix, async (t) => {
  const folder = checkout(t);
  const TMPDIR = join(folder, "temporary");
  mkdirSync(TMPDIR);
  assert.equal((await run(folder, ["build"], { TMPDIR })).code, 0);
  assert.equal((await runProbe(folder, { TMPDIR })).code, 0);
  assert.deepEqual(readdirSync(TMPDIR), []);
});

test("build -- --again makes everything anew", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  assert.deepEqual(stepsOf(await run(folder, ["build", "--again"])), ALL);
});

test("a changed lock file makes set-up run npm and what was made with it again", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  writeFileSync(join(folder, "package-lock.json"), "{}");
  assert.deepEqual(stepsOf(await runProbe(folder)), ["npm packages", ...BUILDS, "the kernelspec,"]);
});

test("another Node means another kernelspec, and nothing else", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  put(folder, "other-node.cjs", 'Object.defineProperty(process, "version", { value: "v99.0.0" });');
  assert.deepEqual(stepsOf(await runProbe(folder, { NODE_OPTIONS: `--require "${join(folder, "other-node.cjs")}"` })), [
    "the kernelspec,",
  ]);
});

test("a snapshot that fits no longer is made anew, and nothing else", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  assert.deepEqual(stepsOf(await runProbe(folder)), []);
  rmSync(join(folder, ".venv", "snapshot"));
  assert.deepEqual(stepsOf(await runProbe(folder)), ["the kernelspec,"]);
  assert.ok(existsSync(join(folder, ".venv", "snapshot")));
});

test("set-up killed halfway is completed by the next one", posix, async (t) => {
  const folder = checkout(t, `require("node:fs").writeFileSync("npm.begun", ""); setInterval(() => {}, 1000);`);
  const child = begin(folder, ["build"]);
  const ended = end(child);
  await appears(join(folder, "npm.begun"));
  child.kill("SIGKILL");
  await ended;
  assert.ok(!existsSync(join(folder, ".setup", "npm.json")));
  writeFileSync(join(folder, "npm-cli.js"), stage);
  const next = await run(folder, ["build"]);
  assert.equal(next.code, 0, next.printed);
  assert.deepEqual(readdirSync(join(folder, ".setup", "locks")), []);
});

test("a build that fails leaves the build before it as it was", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  put(folder, "lib/src/index.ts", "changed");
  put(folder, "lib/assembly/build.mjs", 'console.error("no such routine"); process.exit(1);');
  const broken = await run(folder, ["build"]);
  assert.equal(broken.code, 1);
  assert.match(
    broken.printed,
    /no such routine\nthe build of the WebAssembly routines failed: mend what is named above/,
  );
  assert.equal(readFileSync(join(folder, "lib/dist/index.js"), "utf8"), "// of lib");
});

test(
  "kernels that run are told of by a build that changes something, and not by one that does not",
  posix,
  async (t) => {
    const folder = checkout(t);
    assert.doesNotMatch((await run(folder, ["build"])).printed, /kernels that run/);
    assert.doesNotMatch((await run(folder, ["build"])).printed, /kernels that run/);
    put(
      folder,
      "lib/assembly/build.mjs",
      `(await import("node:fs")).writeFileSync(process.argv[2], "other routines");`,
    );
    assert.match(
      (await run(folder, ["build"])).printed,
      /kernels that run now go on with the former library: restart them/,
    );
  },
);

const STEPS_OF_CHANGE: [string, string[]][] = [
  ["lib/src/index.ts", ["the library"]],
  ["lib/assembly/dgemm.ts", ["the WebAssembly", "the library"]],
  ["kernel/src/start/main.ts", ["the kernel", "the kernelspec,"]],
];

for (const [file, wanted] of STEPS_OF_CHANGE) {
  test(`a change of ${file} repeats what is made of it, and no more`, posix, async (t) => {
    const folder = checkout(t);
    await run(folder, ["build"]);
    put(folder, file, "changed");
    assert.deepEqual(stepsOf(await runProbe(folder)), wanted);
    assert.deepEqual(stepsOf(await runProbe(folder)), []);
  });
}

const STEPS_OF_TESTS: [string[], string[]][] = [
  [["np/print"], ["npm packages", "Python packages", "the WebAssembly"]],
  [["lint", "types"], ["npm packages"]],
  [
    ["np/print", "lint"],
    ["npm packages", "Python packages", "the WebAssembly"],
  ],
  [["np/types"], ALL],
  [["kernel"], ALL],
  [["np", "kernel/errors"], ALL],
  [[], ALL],
];

for (const [parts, wanted] of STEPS_OF_TESTS) {
  test(`npm test -- ${parts.join(" ")}: sets up only what these tests need`, posix, async (t) => {
    const folder = checkout(t);
    for (const file of ["np/print.test.ts", "np/types.test.ts", "kernel/errors.test.ts"])
      put(folder, `test/${file}`, "");
    put(folder, "scripts/test.ts", "const help = `\nnpm test\n`;");
    assert.deepEqual(stepsOf(await run(folder, ["test", ...parts])), wanted);
  });
}

test("a build has no file of a source that is gone", posix, async (t) => {
  const folder = checkout(t);
  put(folder, "lib/src/old.ts", "");
  await run(folder, ["build"]);
  assert.ok(existsSync(join(folder, "lib", "dist", "old.js")));
  rmSync(join(folder, "lib", "src", "old.ts"));
  await runProbe(folder);
  assert.deepEqual(readdirSync(join(folder, "lib", "dist")).sort(), [
    ".tsbuildinfo",
    "build-id",
    "files",
    "index.js",
    "routines.wasm",
  ]);
});

test("PYTHON names the Python of .venv, at once and later; without it .venv stays as it is", posix, async (t) => {
  const folder = checkout(t);
  await run(folder, ["build"]);
  const PYTHON = python(folder, { version: "3 13", name: "python-new" });
  assert.deepEqual(stepsOf(await runProbe(folder, { PYTHON })), ["Python packages", "the kernelspec,"]);
  assert.deepEqual(stepsOf(await runProbe(folder, { PYTHON: "" })), []);
  assert.equal(readFileSync(join(folder, "python.calls"), "utf8"), "3 11\n3 13\n");
});
