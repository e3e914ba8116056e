import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdtempSync, readFileSync, renameSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import test, { after, beforeEach } from "node:test";
import { KernelClient, type KernelSpec } from "../../tools/kernelClient";
import { root } from "../../tools/root";
import { Workplace } from "./workplace";

/** A kernel that dies at once, on copies of the built kernel that are spoilt in one place. */

const workplace = new Workplace();
const folder = mkdtempSync(path.join(tmpdir(), "kernel-launch-"));
const dist = path.join(folder, "dist");
const spec: KernelSpec = {
  argv: [process.execPath, path.join(dist, "start", "main.js"), "--config-path", "{connection_file}"],
};
symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"), "junction");
beforeEach(() => {
  rmSync(dist, { recursive: true, force: true });
  cpSync(path.join(root, "kernel", "dist"), dist, { recursive: true });
});
after(() => {
  workplace.remove();
  rmSync(folder, { recursive: true, force: true });
});

const start = () => KernelClient.start(spec, { cwd: folder, env: workplace.env });

/** Adds code to the beginning of a built file. */
function spoil(file: string, code: string): void {
  const whole = path.join(dist, file);
  writeFileSync(whole, readFileSync(whole, "utf8").replace(/^"use strict";/m, `"use strict";\n${code}\n`));
}

/** Puts another program's snapshot in the place of the kernel's. */
function replaceBlob(entry: string): void {
  const snapshot = path.join(dist, "snapshot");
  const manifest = JSON.parse(readFileSync(path.join(snapshot, "manifest.json"), "utf8"));
  const blob = path.join(snapshot, manifest.blob);
  const script = path.join(folder, "entry.js");
  writeFileSync(script, entry);
  const { status, stderr } = spawnSync(
    process.execPath,
    ["--snapshot-blob", `${blob}.new`, "--build-snapshot", script],
    { encoding: "utf8" },
  );
  assert.equal(status, 0, stderr);
  renameSync(`${blob}.new`, blob);
  writeFileSync(path.join(snapshot, "manifest.json"), JSON.stringify({ ...manifest, size: statSync(blob).size }));
}

async function runsWithoutSnapshot(reason: RegExp): Promise<void> {
  const kernel = await start();
  const { reply } = await kernel.execute("1 + 1");
  await kernel.shutdown();
  assert.equal(reply.status, "ok");
  assert.match(kernel.log, reason);
  assert.equal(kernel.log.match(/starting without the startup snapshot/g)?.length, 1, kernel.log);
}

const MARK = 'if (process.execArgv.includes("--snapshot-blob")) process.env.FROM_SNAPSHOT = "yes";';

for (const file of ["start/kernel.js", "channels/controlWorker.js"]) {
  test(`a kernel from the snapshot that aborts in ${file} is started again without it`, async () => {
    spoil("start/main.js", MARK);
    spoil(file, 'if (process.env.FROM_SNAPSHOT) process.kill(process.pid, "SIGABRT");');
    await runsWithoutSnapshot(/starting without the startup snapshot: the kernel ended at once with SIGABRT\n/);
  });
}

test("a kernel from the snapshot whose worker cannot be loaded is started again without it", async () => {
  spoil("start/main.js", MARK);
  spoil("channels/controlWorker.js", 'if (process.env.FROM_SNAPSHOT) throw new Error("not to be loaded");');
  await runsWithoutSnapshot(/not to be loaded[^]*ended at once with SIGKILL\n/);
});

test("a kernel from the snapshot that aborts as soon as it serves is started again without it", async () => {
  spoil("start/main.js", MARK);
  // at once with its news: a kernel that still answers would take the test's request with it
  spoil(
    "process/lifetime.js",
    `const { writeSync } = require("node:fs");
     require("node:fs").writeSync = (...args) => {
       writeSync(...args);
       if (process.env.FROM_SNAPSHOT && args[1] === "started\\n") process.abort();
     };`,
  );
  await runsWithoutSnapshot(/ended at once with SIGABRT\n/);
});

test("where NODE_OPTIONS changes V8, the kernel starts, without the snapshot if V8 refuses it", async () => {
  const kernel = await KernelClient.start(spec, {
    cwd: folder,
    env: { ...workplace.env, NODE_OPTIONS: "--max-old-space-size=512" },
  });
  const { reply } = await kernel.execute("1 + 1");
  await kernel.shutdown();
  assert.equal(reply.status, "ok");
  const refuses = process.version.startsWith("v20."); // V8 does not look at its options on later Nodes
  assert.equal(/^dlfs-kernel: starting without the startup snapshot: /m.test(kernel.log), refuses, kernel.log);
});

test("a kernel that is started in a folder that has been deleted says so and ends with exit code 1", async () => {
  const gone = mkdtempSync(path.join(folder, "gone-"));
  const main = path.join(dist, "start", "main.js");
  const command = `rmdir "$PWD" && "${process.execPath}" "${main}" --config-path none`;
  const { status, stderr } = spawnSync("sh", ["-c", command], { cwd: gone, encoding: "utf8" });
  assert.deepEqual(
    [status, stderr],
    [
      1,
      "dlfs-kernel: main.js: the folder in which the kernel was started has been deleted: wanted one that is there\n",
    ],
  );
});

test("another program's snapshot is not taken for the kernel's", async () => {
  replaceBlob("globalThis.other = 1;");
  await runsWithoutSnapshot(/the startup snapshot is another program's\n/);
});

test("a snapshot that ends every process well starts no kernel: the next is started without it", async () => {
  replaceBlob('require("v8").startupSnapshot.setDeserializeMainFunction(() => {});');
  await runsWithoutSnapshot(/ended at once with 0\n/);
});

for (const [what, content] of [
  ["no JSON", "{"],
  ["null", "null"],
  ["an empty object", "{}"],
  ["a list", "[]"],
]) {
  test(`a manifest that is ${what} is no reason to fail`, async () => {
    writeFileSync(path.join(dist, "snapshot", "manifest.json"), content);
    await runsWithoutSnapshot(/starting without the startup snapshot: it|its/);
  });
}

test("a kernel that dies without the snapshot too is not started a third time", async () => {
  spoil("channels/controlWorker.js", 'process.kill(process.pid, "SIGABRT");');
  await assert.rejects(
    start(),
    /the kernel ended with 1[^]*starting without [^]*\ndlfs-kernel: the kernel ended at once with SIGABRT\n/,
  );
});

test("a kernel that dies in a cell is not started again: its client learns that it is gone", async () => {
  const kernel = await start();
  await assert.rejects(kernel.execute("process.abort();"), /the kernel ended/);
  kernel.close();
  assert.doesNotMatch(kernel.log, /starting without/);
});

test("a kernel that is asked to end at once is not started again", async () => {
  const kernel = await start();
  await kernel.shutdown();
  assert.deepEqual([await kernel.exited, kernel.log], [0, ""]);
});

test(
  "a kernel that a signal ends at once is not started again",
  { skip: process.platform === "win32" && "Windows has no signals" },
  async () => {
    const kernel = await start();
    kernel.process.kill("SIGTERM");
    await kernel.exited;
    kernel.close();
    assert.equal(kernel.log, "");
  },
);

test(
  "a kernel that has ended just before its launcher is told to stop is not started again",
  { skip: process.platform === "win32" && "Windows has no signals" },
  async () => {
    // VS Code ends the kernel's process, then the launcher's, so the launcher may find nothing to pass its signal to.
    spoil(
      "start/launch.js",
      `require("node:child_process").ChildProcess.prototype.kill = function () {
         process.kill(this.pid, "SIGKILL");
         return false;
       };`,
    );
    const kernel = await start();
    kernel.process.kill("SIGTERM");
    await Promise.race([kernel.exited, once(kernel.process.stderr!, "data")]);
    kernel.process.kill("SIGKILL"); // one that was started again
    await kernel.exited;
    kernel.close();
    assert.equal(kernel.log, "");
  },
);

test("the exit code of a kernel is that of its cell's process.exit", async () => {
  const kernel = await start();
  await assert.rejects(kernel.execute("process.exit(3);"), /the kernel ended with 3/);
  kernel.close();
});
