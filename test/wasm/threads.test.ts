import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { compressRows } from "../../lib/src/blas";
import { allocateNetwork } from "../../lib/src/fused/network";
import { TwoLayerNet } from "../../lib/src/networks/twoLayerNet";
import { withArena } from "../../lib/src/wasm/arena";
import { MAX_CHUNKS } from "../../lib/src/wasm/chunks";
import { runChunks, setThreadCount, threadCount } from "../../lib/src/wasm/threads";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");

test("a chunk that fails is an error of the call, and the next job runs", () => {
  withArena((arena) => {
    for (const threads of [1, 3]) {
      for (let round = 0; round < 20; round++) {
        // an address past the end of the memory
        assert.throws(
          () => runChunks(arena, threads, "evaluateChunk", 50, Array(7).fill(-64)),
          /evaluateChunk: a chunk failed/,
        );
      }
    }
    assert.throws(
      () => runChunks(arena, 1, "evaluateChunk", MAX_CHUNKS + 1, []),
      new RegExp(`evaluateChunk: ${MAX_CHUNKS + 1} chunks`),
    );
  }, unavailable);
});

test("jobs in quick succession are done whole, and none by more threads than it is open to", () => {
  withArena((arena) => {
    const rows = 1500;
    const network = allocateNetwork(arena, new TwoLayerNet(4, 3, 2).params);
    const { starts, table } = compressRows(arena, rows, 4, {
      data: new Float64Array(4 * rows),
      step1: 4,
      step2: 1,
      offset: 0,
    })!;
    // blank rows and a bias for class 0: every row is taken for it
    arena.doubles(network.pointers.b2, 1)[0] = 1;
    const labels = arena.allocate(4 * rows);
    arena.ints(labels, rows).fill(0);
    const chunks = arena.routines.evaluateChunks(rows),
      space = arena.routines.evaluationScratchBytes(network.pointer);
    const verdicts = arena.allocate(rows),
      workspace = arena.allocate(3 * space);
    const single = arena.allocate(arena.routines.singleBytes(network.pointer)),
      description = arena.allocate(arena.routines.evaluationBytes());
    arena.routines.setEvaluation(
      description,
      network.pointer,
      starts,
      table,
      rows,
      labels,
      verdicts,
      single,
      workspace,
    );
    arena.routines.prepareEvaluation(description);
    for (let round = 0; round < 2000; round++) {
      const threads = 1 + (round % 3);
      const beyond = arena.bytesAt(workspace + threads * space, (3 - threads) * space);
      beyond.fill(7);
      arena.bytesAt(verdicts, rows).fill(0);
      runChunks(arena, threads, "evaluateChunk", chunks, [description]);
      assert.ok(arena.bytesAt(verdicts, rows).every((verdict) => verdict === 1));
      assert.ok(
        beyond.every((byte) => byte === 7),
        `${threads} threads: another one worked`,
      );
    }
  }, unavailable);
});

test("where no worker can be started the main thread does all chunks, and says once why", () => {
  const script = `
    require("ts-node/register/transpile-only");
    require("node:worker_threads").Worker = class { constructor() { throw new Error("no more threads"); } };
    const { np, random, TwoLayerNet } = require("./lib/src/index");
    random.seed(0);
    const network = new TwoLayerNet(20, 6, 3), x = random.rand(9, 20), t = random.randint(0, 3, 9);
    for (let i = 0; i < 3; i++) network.numericalGradient(x, t);
    const [analytic, numerical] = [network.gradient(x, t), network.numericalGradient(x, t)];
    console.log(np.allclose(analytic.W1, numerical.W1, { atol: 1e-6 }));`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script], {
    cwd: path.join(__dirname, "../.."),
    env: { ...process.env, DLFS_THREADS: "4" },
    encoding: "utf8",
  });
  assert.equal(stdout, "true\n", stderr);
  assert.equal(stderr.split("dlfs goes on without a worker thread: no more threads").length, 2, stderr);
});

/**
 * Runs `script` with these routines in place of a worker's. A chunk of the main thread waits until a worker has taken
 * one itself: the word at `place` says so.
 */
function withWorkersThat(evaluateChunk: string, script: string) {
  const worker = `
    const routines = require("./lib/src/wasm/routines"), { instantiate } = routines;
    routines.instantiate = (module, memory) => ({
      ...instantiate(module, memory),
      evaluateChunk(chunk, thread, place) {
        const words = new Int32Array(memory.buffer);
        Atomics.store(words, place / 4, thread);
        Atomics.notify(words, place / 4);
        ${evaluateChunk}
      },
    });
    require("./lib/src/wasm/worker");`;
  const main = `
    require("ts-node/register/transpile-only");
    const threads = require("node:worker_threads"), { Worker } = threads;
    let started = 0;
    threads.Worker = class extends Worker {
      constructor(file, options) {
        super(${JSON.stringify(worker)}, { ...options, eval: true, resourceLimits: { maxOldGenerationSizeMb: 40 } });
        started++;
      }
    };
    const { Arena } = require("./lib/src/wasm/arena"), { runChunks } = require("./lib/src/wasm/threads");
    const arena = Arena.borrow(), place = arena.allocate(4);
    const evaluateChunk = (chunk, thread, place) => {
      const words = new Int32Array(arena.memory.buffer);
      if (Atomics.wait(words, place / 4, 0, 60_000) === "timed-out") throw new Error("no worker has taken a chunk");
    };
    const { module, memory, id, boardPointer } = arena;
    const workplace = { module, memory, id, boardPointer, routines: { ...arena.routines, evaluateChunk } };
    const run = () => runChunks(workplace, 2, "evaluateChunk", 2, [place]);
    const attempt = () => {
      new Int32Array(memory.buffer)[place / 4] = 0;
      try { run(); console.log("done"); } catch (error) { console.log(error.message, "|", String(error.cause)); }
    };
    const computes = () => {
      const { np, random, TwoLayerNet } = require("./lib/src/index");
      random.seed(0);
      const network = new TwoLayerNet(20, 6, 3), x = random.rand(9, 20), t = random.randint(0, 3, 9);
      const [analytic, numerical] = [network.gradient(x, t), network.numericalGradient(x, t)];
      console.log(np.allclose(analytic.W1, numerical.W1, { atol: 1e-6 }));
    };
    const warned = (then) => {
      const waiting = setInterval(() => {}, 1000);
      process.once("warning", () => { clearInterval(waiting); then(); });
    };
    ${script}`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--eval", main], {
    cwd: path.join(__dirname, "../.."),
    env: { ...process.env, DLFS_THREADS: "2" },
    encoding: "utf8",
  });
  return { stdout: stdout.trim().split("\n"), stderr };
}

test("a worker does chunks beside the main thread", () => {
  const { stdout, stderr } = withWorkersThat("", "attempt(); attempt();");
  assert.deepEqual([stdout, stderr], [["done", "done"], ""]);
});

test("what fails in a worker is the cause of the call's error", () => {
  const { stdout } = withWorkersThat('throw new RangeError("mine");', "attempt();");
  assert.deepEqual(stdout, ["evaluateChunk: a chunk failed | RangeError: mine"]);
});

const ENDS = {
  exits: "process.exit(3);",
  "runs out of memory": "for (const all = []; ; ) all.push(new Array(1e5).fill(1.5));",
};
for (const [how, code] of Object.entries(ENDS)) {
  test(`a worker that ${how} in a chunk is an error of the call, which names it, and later calls work on`, () => {
    const { stdout, stderr } = withWorkersThat(code, "attempt(); warned(() => { computes(); attempt(); });");
    const lost = "evaluateChunk: worker thread 1 ended in the middle of a chunk | undefined";
    assert.deepEqual(stdout, [lost, "true", lost], stderr);
    assert.match(stderr, /dlfs goes on without a worker thread: /);
  });
}

test("where workers end again and again, no further ones are started", () => {
  const { stdout, stderr } = withWorkersThat(
    "process.exit(3);",
    `
    const next = (left) => {
      attempt();
      warned(() => {
        if (left > 1) return next(left - 1);
        computes();
        console.log(started);
      });
    };
    next(8);`,
  );
  assert.deepEqual(stdout.slice(8), ["true", "8"], stderr);
  assert.equal(stderr.split("dlfs goes on without a worker thread: it ended with exit code 3").length - 1, 8, stderr);
});

test("the number of threads is DLFS_THREADS, or as many as there are cores", () => {
  const script = `require("ts-node/register/transpile-only"); console.log(require("./lib/src/wasm/threads").threadCount());`;
  const count = (DLFS_THREADS: string) => {
    const { stdout, stderr } = spawnSync(process.execPath, ["--eval", script], {
      cwd: path.join(__dirname, "../.."),
      env: { ...process.env, DLFS_THREADS },
      encoding: "utf8",
    });
    assert.equal(stderr, "");
    return Number(stdout);
  };
  assert.equal(count("3"), 3);
  assert.ok(count("") >= 1);
  setThreadCount(5);
  assert.equal(threadCount(), 5);
});
