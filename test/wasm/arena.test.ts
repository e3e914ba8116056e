import test from "node:test";
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import path from "node:path";
import { Arena, idleArena, withArena } from "../../lib/src/wasm/arena";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");

test("blocks do not overlap, start on a cache line, and are all given back", () => {
  const first = withArena((arena) => {
    const blocks = [100, 1, 5_000_000, 64].map((bytes) => [arena.allocate(bytes), bytes]);
    blocks.forEach(([start], index) => {
      assert.equal(start % 64, 0);
      if (index > 0) assert.ok(start >= blocks[index - 1][0] + blocks[index - 1][1]);
    });
    arena.doubles(blocks[2][0], 625_000).fill(1);
    return blocks[0][0];
  }, unavailable);
  withArena((arena) => assert.equal(arena.allocate(8), first), unavailable);
});

test("the same memory serves one call after the other and does not grow by repetition", () => {
  withArena((arena) => arena.allocate(3_000_000), unavailable);
  const bytes = idleArena()!.bytes;
  for (let call = 0; call < 1000; call++) withArena((arena) => arena.allocate(3_000_000), unavailable);
  assert.equal(idleArena()!.bytes, bytes);
});

test("an error leaks nothing", () => {
  withArena((arena) => arena.allocate(1_000_000), unavailable);
  const before = idleArena()!;
  const bytes = before.bytes;
  for (let call = 0; call < 1000; call++) {
    assert.throws(
      () =>
        withArena((arena) => {
          arena.allocate(1_000_000);
          throw new Error("in the middle");
        }, unavailable),
      /in the middle/,
    );
  }
  assert.equal(idleArena(), before);
  assert.equal(before.bytes, bytes);
});

test("growth ends at the stated maximum with an error that says so, and a large memory is not kept", () => {
  assert.throws(() => withArena((arena) => arena.allocate(2 ** 31), unavailable), {
    name: "ArenaFullError",
    message: /arena: 2147483648 bytes .* maximum of 1073741824/,
  });
  const large = withArena((arena) => {
    arena.allocate(100 * 2 ** 20);
    return arena;
  }, unavailable);
  assert.notEqual(idleArena(), large);
});

test("a large memory serves again until it is collected: there is never a second one", () => {
  const borrowed = Array.from({ length: 5 }, () =>
    withArena((arena) => {
      arena.allocate(100 * 2 ** 20);
      return arena;
    }, unavailable),
  );
  assert.equal(new Set(borrowed).size, 1);
});

/** Works in 600 MB on DLFS_THREADS threads, then collects garbage until they are given back, or prints what is left. */
const GIVE_BACK = `
  require("ts-node/register/transpile-only");
  const { np, random, TwoLayerNet } = require("./lib/src/index");
  const megabytes = () => process.memoryUsage().rss / 2 ** 20;
  const network = new TwoLayerNet(2, 50, 10);
  for (let call = 0; call < 3; call++) network.numericalGradient(random.rand(150000, 2), random.randint(0, 10, 150000));
  const full = megabytes();
  let rounds = 0;
  const collect = () => {
    gc();
    if (megabytes() < full - 400) console.log("given back");
    else if (++rounds < 300) setTimeout(collect, 20);
    else console.log(megabytes() + " MB left of " + full);
  };
  setTimeout(collect, 20);`;

test("a large memory is given back when it is collected, with one thread and with two", () => {
  for (const DLFS_THREADS of ["1", "2"]) {
    const { stdout, stderr } = spawnSync(process.execPath, ["--expose-gc", "--eval", GIVE_BACK], {
      cwd: path.join(__dirname, "../.."),
      env: { ...process.env, DLFS_THREADS },
      encoding: "utf8",
    });
    assert.equal(stdout, "given back\n", `${DLFS_THREADS} threads: ${stderr}`);
  }
});

test("work inside work gets a memory of its own", () => {
  withArena((outer) => {
    const place = outer.allocate(8);
    outer.doubles(place, 1)[0] = 7;
    withArena((inner) => {
      assert.notEqual(inner, outer);
      inner.doubles(inner.allocate(8), 1)[0] = 8;
    }, unavailable);
    assert.equal(outer.doubles(place, 1)[0], 7);
  }, unavailable);
});

test("an arena that is given back twice is an error of its borrower", () => {
  const arena = Arena.borrow()!;
  arena.release();
  assert.throws(() => arena.release(), /released/);
});
