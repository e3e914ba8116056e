import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after } from "node:test";
import { KernelClient, type KernelSpec } from "../../tools/kernelClient";
import { loadTslab, missingParts, WANTED_TSLAB } from "../../kernel/src/node";
import { root } from "../../tools/root";
import { Workplace } from "./workplace";

const workplace = new Workplace();
// A copy of the built kernel beside the checkout's packages, so that its snapshot can be spoilt.
const copy = mkdtempSync(path.join(tmpdir(), "kernel-copy-"));
cpSync(path.join(root, "kernel", "dist"), path.join(copy, "dist"), { recursive: true });
symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"), "junction");
const snapshot = path.join(copy, "dist", "snapshot");
const spec: KernelSpec = {
  argv: [process.execPath, path.join(copy, "dist", "start", "main.js"), "--config-path", "{connection_file}"],
};
after(() => {
  workplace.remove();
  rmSync(copy, { recursive: true, force: true });
});

/** Starts the copy, runs a cell and gives what it logged. */
async function logOfCopy(): Promise<string> {
  const kernel = await KernelClient.start(spec, { cwd: root, env: workplace.env });
  const { reply, outputs } = await kernel.execute('import { sep } from "node:path";\nsep.length');
  await kernel.shutdown();
  assert.equal(reply.status, "ok", JSON.stringify(reply));
  assert.deepEqual((outputs[0][1].data as Record<string, string>)["text/plain"], "1");
  return kernel.log;
}

test("the kernelspec starts this checkout's kernel by absolute paths and is interrupted by message", () => {
  const written = JSON.parse(readFileSync(path.join(workplace.specFolder("tslab"), "kernel.json"), "utf8"));
  assert.deepEqual(written, {
    argv: [
      process.execPath,
      path.join(root, "kernel", "dist", "start", "main.js"),
      "--config-path",
      "{connection_file}",
    ],
    display_name: "TypeScript",
    language: "typescript",
    interrupt_mode: "message",
  });
});

test("installing again changes no file", () => {
  const file = path.join(workplace.specFolder("tslab"), "kernel.json");
  const before = statSync(file).mtimeMs;
  const { status, stdout } = spawnSync(
    process.execPath,
    [path.join(root, "kernel", "dist", "start", "install.js"), workplace.folder],
    { encoding: "utf8" },
  );
  assert.deepEqual([status, stdout, statSync(file).mtimeMs], [0, "", before]);
  assert.deepEqual(readdirSync(path.dirname(file)).sort(), ["kernel.json", "logo-64x64.png", "logo-svg.svg"]);
});

test("with its snapshot the kernel logs nothing", async () => assert.equal(await logOfCopy(), ""));

test("without a snapshot of its Node and files, whole, the kernel starts all the same and says so in one line", async () => {
  const manifest = path.join(snapshot, "manifest.json");
  const whole = readFileSync(manifest, "utf8");
  const blob = path.join(snapshot, JSON.parse(whole).blob);
  const oneLine = /^dlfs-kernel: starting without the startup snapshot: .*\n$/;

  writeFileSync(manifest, whole.replace(/"node":"Node v/, '"node":"Node v0.'));
  assert.match(
    await logOfCopy(),
    /^dlfs-kernel: starting without the startup snapshot: it was made by Node v0\.\S+ .*\n$/,
  );

  writeFileSync(manifest, whole.replace(/(\.d\.ts",)\d+/, "$11"));
  assert.match(
    await logOfCopy(),
    /^dlfs-kernel: starting without the startup snapshot: .*\.d\.ts has changed since it was made\n$/,
  );

  writeFileSync(manifest, whole);
  writeFileSync(blob, "spoilt");
  assert.match(await logOfCopy(), /: its file is damaged\n$/);
  writeFileSync(manifest, whole.replace(/"size":\d+/, '"size":6')); // now Node itself has to find out
  assert.match((await logOfCopy()).trimEnd().split("\n").at(-1) + "\n", oneLine);

  rmSync(snapshot, { recursive: true });
  assert.match(await logOfCopy(), oneLine);
});

test("every part of tslab that the kernel relies on is there; without one it says which version it wants", () => {
  const tslab = loadTslab(require("typescript"));
  assert.deepEqual(missingParts(tslab), []);
  assert.deepEqual(missingParts({ ...tslab, executor: {} } as never), ["executor.createExecutor"]);
  assert.equal(tslab.version, WANTED_TSLAB);
});

test("a tslab that lacks a part stops the kernel with a message that names the wanted version", () => {
  const other = mkdtempSync(path.join(copy, "other-"));
  cpSync(path.join(root, "kernel", "dist"), path.join(other, "kernel"), {
    recursive: true,
    filter: (name) => !name.includes("snapshot") || name.endsWith(".js"),
  });
  cpSync(path.join(root, "node_modules", "tslab"), path.join(other, "node_modules", "tslab"), { recursive: true });
  for (const name of ["@tslab", "zeromq", "semver"])
    symlinkSync(path.join(root, "node_modules", name), path.join(other, "node_modules", name), "junction");
  writeFileSync(path.join(other, "node_modules", "tslab", "dist", "executor.js"), "");
  const { status, stderr } = spawnSync(
    process.execPath,
    [path.join(other, "kernel", "start", "main.js"), "--config-path", "none"],
    { encoding: "utf8" },
  );
  assert.equal(status, 1);
  assert.match(
    stderr,
    new RegExp(`lacks executor\\.createExecutor; wanted is tslab ${WANTED_TSLAB.replaceAll(".", "\\.")}`),
  );
});
