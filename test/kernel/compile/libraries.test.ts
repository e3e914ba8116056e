import assert from "node:assert/strict";
import test from "node:test";
import vm from "node:vm";
import { Session } from "./session";

/**
 * What the running Node has is typed, and what it lacks is not: no cell compiles and then fails for want of a method.
 */

// Each is an expression that names a value which came after ES2022.
const VALUES = [
  "Array.fromAsync",
  "[].toSorted",
  "[].findLast",
  "[].with",
  "new Set().union",
  "Promise.try",
  "Promise.withResolvers",
  "Iterator.from",
  "[].values().map",
  "Object.groupBy",
  "Map.groupBy",
  "''.isWellFormed",
  "Atomics.waitAsync",
  "new ArrayBuffer(1).transfer",
  "new ArrayBuffer(1).resize",
  "Float16Array",
  "Math.f16round",
  "Error.isError",
  "RegExp.escape",
  "Uint8Array.fromBase64",
  "new Uint8Array().toHex",
  "Math.sumPrecise",
  "Symbol.dispose",
  "Symbol.asyncDispose",
  "DisposableStack",
  "SuppressedError",
  "Temporal",
  "Temporal.Now",
  "Intl.DurationFormat",
  "Iterator.concat",
  "new Map().getOrInsert",
];

const session = new Session();

for (const value of VALUES) {
  test(`${value} is typed only where the engine has it`, async () => {
    const isThere = vm.runInThisContext(
      `(() => { try { return (${value}) !== undefined; } catch { return false; } })()`,
    ) as boolean;
    const isTyped = (await session.codes(`void (${value});`)).length === 0;
    // TypeScript 5.9 knows nothing of the newest ones: then a Node that has them gains nothing from that.
    assert.ok(isThere || !isTyped, `${value} is typed and not there`);
    if (isThere && KNOWN.has(value)) assert.ok(isTyped, `${value} is there and not typed`);
  });
}

// Those in library files of which no value is missing in any supported Node that has this one.
const KNOWN = new Set([
  "[].toSorted",
  "[].findLast",
  "[].with",
  "Object.groupBy",
  "Map.groupBy",
  "Promise.withResolvers",
  "''.isWellFormed",
  "Atomics.waitAsync",
  "new Set().union",
  "Array.fromAsync",
  "Symbol.dispose",
  "Symbol.asyncDispose",
  "new ArrayBuffer(1).transfer",
  "[].values().map",
  "Float16Array",
]);

test("using works in every Node, whatever it has of the library for it", async () => {
  const { printed } = await session.run(
    'using file = { [Symbol.dispose]() { console.log("closed"); } };\nconsole.log("open");',
  );
  assert.deepEqual(printed, ["open", "closed"]);
});
