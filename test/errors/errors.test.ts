import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test, { after, before } from "node:test";
import * as dlfs from "../../lib/src";
import * as blas from "./blas";
import * as data from "./data";
import * as display from "./display";
import * as networks from "./networks";
import * as np from "./np";
import * as npNames from "./npNames";
import * as plots from "./plots";
import * as random from "./random";
import { errorOf, spoiled, type GoodCall } from "./table";
import * as training from "./training";

const TABLES = [np, npNames, blas, random, networks, training, data, display, plots];

/** What has no bad call, and why. */
const TAKES_ANYTHING: Readonly<Record<string, string>> = {
  interruptSignal: "takes nothing",
  identity: "gives back what it is given",
  "np.tuple": "its items are anything",
  "np.getPrintOptions": "takes nothing",
  "random.getState": "takes nothing",
  "RandomState.getState": "takes nothing",
  "plots.Plot.interactiveBundle": "takes nothing",
  ThreeLayerNet: "its constructor is private: fromWeights and initialize make one",
  FileFormatError: "takes what every Error takes",
  MissingDataError: "takes what every Error takes",
};

/** Every function, class and method that lib/src/index.ts gives, as `np.add`, `TwoLayerNet`, `TwoLayerNet.predict`. */
function publicNames(space: object, prefix = ""): string[] {
  return Object.entries(space).flatMap(([key, value]: [string, unknown]) => {
    const name = value === dlfs.RandomState ? key : `${prefix}${key}`;
    if (typeof value === "object" && value !== null) return publicNames(value, `${name}.`);
    if (typeof value !== "function") return [];
    const { prototype } = value as { prototype?: object };
    if (!/^class\b/.test(String(value))) return [name];
    return [name, ...methodsOf(value, name), ...methodsOf(prototype ?? {}, name)];
  });
}

function methodsOf(holder: object, name: string): string[] {
  return Object.entries(Object.getOwnPropertyDescriptors(holder))
    .filter(([key, { value }]) => typeof value === "function" && key !== "constructor")
    .filter(([key]) => !PRIVATE.includes(`${name}.${key}`))
    .map(([key]) => `${name}.${key}`);
}

/** What TypeScript keeps from users, and a class that nobody may construct. */
const PRIVATE = [
  "RandomState.begin",
  "RandomState.fillGauss",
  "RandomState.gauss",
  "RandomState.normals",
  "RandomState.positions",
  "RandomState.shuffleOrder",
  "RandomState.uniforms",
  "RandomState.shuffleRows",
  "RandomState.swapDown",
  "plots.Plot.chartMetadata",
  "TwoLayerNet.activation",
  "TwoLayerNet.activationDerivative",
  "ThreeLayerNet.activation",
  "ThreeLayerNet.activationDerivative",
];

const FORM = /^[\w.]+: [^]+: wanted [^]+$/;
const home = process.cwd();
let folder: string;

before(() => {
  folder = mkdtempSync(join(tmpdir(), "dlfs-errors-"));
  process.env.DLFS_DATA = folder;
});
after(() => {
  rmSync(folder, { recursive: true });
});

/** What reads and writes files does so in a folder of its own; the others stay where worker threads find ts-node. */
async function inFolder<T>(there: boolean, work: () => Promise<T>): Promise<T> {
  if (there) process.chdir(folder);
  try {
    return await work();
  } finally {
    process.chdir(home);
  }
}

for (const { rows } of TABLES) {
  for (const [wrong, kind, message] of rows) {
    test(`${message.slice(0, 90)} (${String(wrong).slice(6, 90)})`, async () => {
      const error = await inFolder(rows === data.rows, () => errorOf(wrong));
      assert.ok(error instanceof Error, "nothing was thrown");
      assert.equal(`${error.name}: ${error.message}`, `${kind}: ${message}`);
      assert.match(message, FORM);
    });
  }
}

const CALLS = new Map<string, GoodCall>(TABLES.flatMap(({ calls }) => Object.entries(calls)));

test("every public function, class and method has its bad calls", () => {
  const spoken = new Set(TABLES.flatMap(({ rows }) => rows.map(([, , message]) => /^[\w.]+/.exec(message)?.[0])));
  const names = [...new Set(publicNames(dlfs))];
  const speaker = (name: string): string => CALLS.get(name)?.speakers?.[0] ?? speakerOf(name);
  const missing = names.filter((name) => !(name in TAKES_ANYTHING) && !(CALLS.has(name) && spoken.has(speaker(name))));
  assert.deepEqual(missing, [], "to be added to a table in test/errors");
  assert.deepEqual(
    Object.keys(TAKES_ANYTHING).filter((name) => !names.includes(name)),
    [],
  );
  assert.ok(names.length > 100, `the search itself finds only ${names.length}`);
});

/** The functions of the four namespaces and a stream's speak by their own name alone, as `add`. */
function speakerOf(name: string): string {
  return name.replace(/^(np|blas|random|plots|RandomState)\./, "");
}

/** In an empty folder even a right call finds nothing to read. */
const NEEDS_FILES = ["loadDigit", "loadMnist", "loadWeights"];

for (const [name, { call, args, speakers = [speakerOf(name)] }] of CALLS) {
  test(`${name}: strange arguments are refused in words, in its own name`, async (t) => {
    t.mock.method(console, "log", () => undefined);
    const options = dlfs.np.getPrintOptions();
    if (!NEEDS_FILES.includes(name)) {
      assert.equal(await inFolder(name in data.calls, () => errorOf(() => call(...(args() as never[])))), undefined);
    }
    const poor: string[] = [];
    for (const { title, args: given } of spoiled(args())) {
      const error = await inFolder(name in data.calls, () => errorOf(() => call(...(given as never[]))));
      if (error !== undefined && !isInWords(error as Error, speakers)) poor.push(`${title}: ${String(error)}`);
    }
    dlfs.np.setPrintOptions(options);
    assert.deepEqual(poor, []);
  });
}

function isInWords({ message }: Error, speakers: readonly string[]): boolean {
  return FORM.test(message) && speakers.some((speaker) => message.startsWith(`${speaker}: `));
}

test("what is refused leaves the arrays of the np table as they were", () => {
  assert.deepEqual([...np.x.data], [1, 2, 3, 4, 5, 6]);
  assert.deepEqual([...np.whole.data], [0, 1, 2]);
});
