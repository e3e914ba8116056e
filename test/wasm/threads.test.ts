import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { withArena } from "../../lib/src/wasm/arena";
import { MAX_CHUNKS } from "../../lib/src/wasm/chunks";
import { runChunks, setThreadCount, threadCount } from "../../lib/src/wasm/threads";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");

test("a chunk that fails is an error of the call, and the next job runs", () => {
  withArena((arena) => {
    for (const threads of [1, 3]) {
      for (let round = 0; round < 20; round++) {
        // an address past the end of the memory
        assert.throws(() => runChunks(arena, threads, "evaluateChunk", 50, Array(7).fill(-64)), /evaluateChunk: a chunk failed/);
      }
    }
    assert.throws(() => runChunks(arena, 1, "evaluateChunk", MAX_CHUNKS + 1, []), /evaluateChunk: 65536 chunks/);
  }, unavailable);
});

test("the number of threads is DLFS_THREADS, or as many as there are cores", () => {
  const script = `require("ts-node/register/transpile-only"); console.log(require("./lib/src/wasm/threads").threadCount());`;
  const count = (DLFS_THREADS: string) => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script],
      { cwd: path.join(__dirname, "../.."), env: { ...process.env, DLFS_THREADS }, encoding: "utf8" });
    assert.equal(stderr, "");
    return Number(stdout);
  };
  assert.equal(count("3"), 3);
  assert.ok(count("") >= 1);
  setThreadCount(5);
  assert.equal(threadCount(), 5);
});
