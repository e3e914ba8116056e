import { builtinModules } from "node:module";
import { Worker } from "node:worker_threads";

/**
 * Run once from a new startup snapshot: prints the names of Node's built-in modules that a worker thread cannot load.
 * With some versions of Node, loading such a module ends the process instead.
 */

// trace_events throws in every worker; names with an underscore are internal, and loading them only brings warnings.
const names = builtinModules.filter((name) => !/^(node:)?_/.test(name));
const load = `
  const { parentPort, workerData } = require("node:worker_threads");
  const failing = workerData.filter((name) => {
    try {
      require(name);
      return false;
    } catch {
      return true;
    }
  });
  parentPort.postMessage(failing);
`;

const worker = new Worker(load, { eval: true, workerData: names, execArgv: [] });
worker.once("message", (failing: string[]) => process.stdout.write(failing.map((name) => `${name}\n`).join("")));
worker.once("error", (error) => {
  throw error;
});
