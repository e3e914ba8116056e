import test from "node:test";
import assert from "node:assert/strict";
import { Arena, idleArena, withArena } from "../../lib/src/wasm/arena";

const unavailable = () => assert.fail("the routines are not built, or this engine cannot run them");

test("places do not overlap, start on a cache line, and are all given back", () => {
  const first = withArena((arena) => {
    const places = [100, 1, 5_000_000, 64].map((bytes) => [arena.allocate(bytes), bytes]);
    places.forEach(([start], index) => {
      assert.equal(start % 64, 0);
      if (index > 0) assert.ok(start >= places[index - 1][0] + places[index - 1][1]);
    });
    arena.doubles(places[2][0], 625_000).fill(1);
    return places[0][0];
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
    assert.throws(() => withArena((arena) => {
      arena.allocate(1_000_000);
      throw new Error("in the middle");
    }, unavailable), /in the middle/);
  }
  assert.equal(idleArena(), before);
  assert.equal(before.bytes, bytes);
});

test("growth ends at the stated maximum with an error that says so, and a large memory is not kept", () => {
  assert.throws(() => withArena((arena) => arena.allocate(2 ** 31), unavailable),
    { name: "ArenaFullError", message: /arena: 2147483648 bytes .* maximum of 1073741824/ });
  const large = withArena((arena) => {
    arena.allocate(100 * 2 ** 20);
    return arena;
  }, unavailable);
  assert.notEqual(idleArena(), large);
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
