import assert from "node:assert/strict";
import { join, resolve } from "node:path";
import test from "node:test";
import vm from "node:vm";
import { build } from "esbuild";
import * as dlfs from "../../lib/src/index";
import { host, type Host } from "../../lib/src/platform";
import { setThreadCount } from "../../lib/src/wasm/threads";

const root = resolve(__dirname, "../..");

/** The whole library as one script, with the `host` of its context in place of Node. */
async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(root, "lib/src/index.ts")],
    bundle: true,
    write: false,
    format: "iife",
    globalName: "dlfs",
    platform: "browser",
    target: "es2022",
    logLevel: "silent",
    plugins: [
      {
        name: "another host",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^\.\/node$/ }, () => ({ path: "host", namespace: "stub" }));
          onLoad({ filter: /.*/, namespace: "stub" }, () => ({ contents: "export const host = globalThis.host;" }));
        },
      },
    ],
  });
  return outputFiles[0].text;
}

/** What computing takes of a host. What a property does not name here cannot be used. */
function stubHost(routines: () => Uint8Array, warnings: string[]): Host {
  const only = <T extends object>(part: string, given: Partial<T>): T =>
    new Proxy(given as T, {
      get(target, name) {
        if (!(name in target)) throw new Error(`the stub of the host has no ${part}.${String(name)}`);
        return target[name as keyof T];
      },
    });
  return only<Host>("host", {
    files: only<Host["files"]>("files", { dataFolder: "data" }),
    bytes: only<Host["bytes"]>("bytes", {
      randomWords: (count: number) => new Uint32Array(count),
      unfilled: (count: number) => new ArrayBuffer(count),
    }),
    threads: only<Host["threads"]>("threads", { count: () => 1 }),
    assets: only<Host["assets"]>("assets", { routines, buildId: () => "" }),
    events: only<Host["events"]>("events", {
      turn: () => Promise.resolve(),
      afterThisTurn: queueMicrotask,
      onInterrupt: () => () => {},
    }),
    warn: (message) => void warnings.push(message),
  });
}

/** Arrays, random numbers, a network's gradients and a short training, as text. */
async function work({ np, random, TwoLayerNet, train }: typeof dlfs): Promise<string> {
  random.seed(0);
  const product = np.dot(random.rand(30, 40), random.randn(40, 20));
  const network = new TwoLayerNet(12, 7, 4, 0.3);
  const x = random.rand(50, 12),
    t = random.randint(0, 4, 50);
  const gradients = [network.gradient(x, t), network.numericalGradient(x, t)].map(({ W1 }) => [...W1.data]);
  const data = { xTrain: x, tTrain: t, xTest: x, tTest: t };
  const history = await train(network, data, { iterations: 20, batchSize: 10 });
  return JSON.stringify([[...product.data], np.repr(np.sum(product, { axis: 0 })), gradients, history]);
}

test("without Node's modules and globals, on a host that is a stub, the library computes the same to the bit", async () => {
  setThreadCount(1);
  const here = await work(dlfs);
  const script = new vm.Script(await bundle(), { filename: "dlfs.js" });
  const file = host.assets.routines();
  const run = async (routines: () => Uint8Array) => {
    const warnings: string[] = [];
    // what every browser has, and nothing of Node's
    const context = vm.createContext({
      performance,
      AbortController,
      queueMicrotask,
      host: stubHost(routines, warnings),
    });
    script.runInContext(context);
    assert.equal(
      vm.runInContext("[typeof process, typeof Buffer, typeof require].join()", context),
      "undefined,undefined,undefined",
    );
    return { result: await work(vm.runInContext("dlfs", context) as typeof dlfs), warnings };
  };
  assert.deepEqual(await run(() => file), { result: here, warnings: [] });
  const plain = await run(() => {
    throw new Error("no routines here");
  });
  assert.match(plain.warnings.join(), /^dlfs computes in plain JavaScript, 20 times slower: no routines here/);
  const [numbers, expected] = [plain.result, here].map((text) => (JSON.parse(text) as [number[]])[0]);
  numbers.forEach((value, i) => assert.ok(Math.abs(value - expected[i]) < 1e-12));
});
