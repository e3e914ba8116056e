import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { Worker } from "node:worker_threads";

const root = path.join(__dirname, "../..");

/** A library of its own that a test may build anew. */
function library(t: { after(work: () => void): void }): string {
  const folder = mkdtempSync(path.join(tmpdir(), "dlfs-library-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  for (const name of ["lib/src", "lib/assembly/dist/routines.wasm", "lib/package.json", "tsconfig.json"]) {
    cpSync(path.join(root, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
  writeFileSync(path.join(folder, "lib/src/build-id"), "the first build");
  return folder;
}

test("a library that is built anew under a running process goes on with one thread, and says once to restart", (t) => {
  const folder = library(t);
  const script = `
    require("ts-node/register/transpile-only");
    const { rmSync, writeFileSync } = require("node:fs");
    const { np, random, TwoLayerNet } = require("./lib/src/index");
    writeFileSync("lib/src/build-id", "the second build");
    rmSync("lib/assembly/dist/routines.wasm");
    writeFileSync("lib/src/wasm/worker.ts", "throw new Error('not meant for this process')");
    random.seed(0);
    const network = new TwoLayerNet(20, 6, 3), x = random.rand(9, 20), t = random.randint(0, 3, 9);
    const numerical = [1, 2, 3].map(() => network.numericalGradient(x, t));
    console.log(np.allclose(network.gradient(x, t).W1, numerical[2].W1, { atol: 1e-6 }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script], {
    cwd: folder,
    env: { ...process.env, DLFS_THREADS: "3" },
    encoding: "utf8",
  });
  assert.equal(stdout, "true\n", stderr);
  const warnings = stderr.split("\n").filter((line) => line.includes("dlfs"));
  assert.equal(warnings.length, 1, stderr);
  assert.match(
    warnings[0],
    /dlfs goes on without a worker thread: dlfs was built anew while this process runs: restart it \(in JupyterLab: Kernel, Restart Kernel\)/,
  );
});

test("a worker of another build refuses to work", async () => {
  const worker = new Worker(path.join(root, "lib/src/wasm/worker.ts"), {
    execArgv: ["--require", "ts-node/register/transpile-only"],
    workerData: "the first build",
  });
  const error = await new Promise<Error>((resolve) => worker.on("error", resolve));
  assert.match(error.message, /dlfs was built anew while this process runs/);
});

test("a build to a name that ends in .wat gives the text of the routines, with the names of their sources", (t) => {
  const folder = mkdtempSync(path.join(tmpdir(), "dlfs-text-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const target = path.join(folder, "routines.wat");
  const { status, stderr } = spawnSync(process.execPath, [path.join(root, "lib/assembly/build.mjs"), target], {
    encoding: "utf8",
  });
  assert.equal(status, 0, stderr);
  assert.match(readFileSync(target, "utf8"), /^ *\(func \$blas\/dgemm\/dgemm /m);
});
