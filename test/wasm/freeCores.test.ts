import test from "node:test";
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { cpus } from "node:os";
import { host } from "../../lib/src/platform";
import { FreeCores } from "../../lib/src/wasm/freeCores";

/** Counts of free cores, one for each number of running threads; 20 ms pass before each. */
function counts(cores: number, own: number, running: number[]) {
  let time = 0;
  const free = new FreeCores(
    () => ({ cores, running: running[time / 20] }),
    () => time,
  );
  return running.map((_, index) => {
    time = 20 * index;
    return free.count(own);
  });
}

test("a machine for oneself gives all its cores", () => {
  assert.deepEqual(counts(8, 8, [8, 8, 7, 1, 8]), [8, 8, 8, 8, 8]);
});

test("among 20 trainings each has one thread from the first job on", () => {
  assert.deepEqual(counts(2, 1, [20, 20, 19]), [1, 1, 1]);
});

test("two trainings share two cores, and the one that is left has both again", () => {
  const counted = counts(2, 2, [...Array(5).fill(4), ...Array(5).fill(2)]);
  assert.deepEqual(counted, [2, 1, 1, 1, 1, 1, 1, 1, 2, 2]);
});

test("a program that computes for a moment takes no core away", () => {
  assert.deepEqual(counts(2, 2, [2, 3, 2, 2, 3, 2]), [2, 2, 2, 2, 2, 2]);
});

test("between two looks, 20 ms apart, the system is not asked", () => {
  let asked = 0,
    time = 0;
  const free = new FreeCores(
    () => ({ cores: 4, running: ++asked * 100 }),
    () => time,
  );
  const seen = [0, 1, 19, 20, 39].map((now) => {
    time = now;
    free.count(1);
    return asked;
  });
  assert.deepEqual(seen, [1, 1, 1, 2, 2]);
});

test("where the system does not tell, all cores are free", () => {
  assert.equal(new FreeCores(() => undefined).count(1), Infinity);
});

test("Linux tells how many threads run; a number that the user has chosen holds without it", (t) => {
  const before = process.env.DLFS_THREADS;
  t.after(() => {
    if (before === undefined) delete process.env.DLFS_THREADS;
    else process.env.DLFS_THREADS = before;
  });
  process.env.DLFS_THREADS = "3";
  assert.equal(host.threads.load(), undefined);
  delete process.env.DLFS_THREADS;
  const load = host.threads.load();
  if (process.platform !== "linux") return assert.equal(load, undefined);
  assert.equal(load?.cores, cpus().length);
  const threads = Number(readFileSync("/proc/loadavg", "latin1").split("/")[1].split(" ")[0]);
  assert.ok(load.running >= 0 && load.running <= threads, `${load.running} of ${threads} threads`);
});
