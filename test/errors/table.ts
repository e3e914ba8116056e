import assert from "node:assert/strict";

/** A bad call, the class of its error, and the error's whole text. */
export type Row = readonly [wrong: () => unknown, kind: string, message: string];

/** A public function, method or class, and arguments that are right: the test puts wrong values in their places. */
export interface GoodCall {
  readonly call: (...args: never[]) => unknown;
  readonly args: () => readonly unknown[];
  /** In whose names its errors may speak, where that is not its own. */
  readonly speakers?: readonly string[];
}

/** What stands in one file of this folder: the bad calls of a part of the library, and a good one of each function. */
export interface Table {
  readonly rows: readonly Row[];
  readonly calls: Readonly<Record<string, GoodCall>>;
}

export function good(
  call: (...args: never[]) => unknown,
  args: () => readonly unknown[],
  speakers?: readonly string[],
): GoodCall {
  return { call, args, speakers };
}

/** What a call throws, or the promise that it gives is rejected with; undefined where it is not. */
export async function errorOf(call: () => unknown): Promise<unknown> {
  try {
    const given: unknown = call();
    await given;
    // a generator does its work when it is asked for something
    if (isIterator(given)) given.next();
  } catch (error) {
    assert.ok(error instanceof Error, String(error));
    return error;
  }
  return undefined;
}

function isIterator(value: unknown): value is Iterator<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value && "next" in value;
}

/** Of each kind, one: what beginners, JSON.parse and plain scripts hand over. */
export const STRANGE: readonly unknown[] = [
  undefined,
  null,
  "x",
  "",
  1.5,
  -1,
  NaN,
  Infinity,
  true,
  7n,
  {},
  [],
  [[1, 2], [3]],
  [null],
  ["x"],
  () => undefined,
  class Net {},
  new Float64Array(2),
  new Map(),
  Object.create(null),
  new Date(0),
];

const NAMES = [
  "undefined",
  "null",
  '"x"',
  '""',
  "1.5",
  "-1",
  "NaN",
  "Infinity",
  "true",
  "7n",
  "{}",
  "[]",
  "ragged lists",
  "[null]",
  '["x"]',
  "a function",
  "a class",
  "a typed array",
  "a Map",
  "an object without a prototype",
  "a Date",
];

/** The same arguments with one of them, or one property of an object of options among them, made strange. */
export function* spoiled(args: readonly unknown[]): Generator<{ title: string; args: unknown[] }> {
  for (const [place, given] of args.entries()) {
    for (const [i, value] of STRANGE.entries()) {
      const put = (other: unknown): unknown[] => args.map((arg, k) => (k === place ? other : arg));
      yield { title: `argument ${place} ${NAMES[i]}`, args: put(value) };
      if (!isPlain(given)) continue;
      for (const key of Object.keys(given)) {
        yield { title: `argument ${place}, its ${key} ${NAMES[i]}`, args: put({ ...given, [key]: value }) };
      }
      yield { title: `argument ${place} with one more property, ${NAMES[i]}`, args: put({ ...given, strange: value }) };
    }
  }
  for (let count = 0; count < args.length; count++) yield { title: `${count} arguments`, args: args.slice(0, count) };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
