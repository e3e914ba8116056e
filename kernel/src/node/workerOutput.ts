import { syncBuiltinESMExports } from "node:module";
import workerThreads, { type WorkerOptions } from "node:worker_threads";
import { cellOfCode, runAs } from "../cells";

/**
 * Sends the text of a worker thread to the cell that started the thread. Node itself would write the text while no cell
 * is known, so that it would go to the cell that is running when the text arrives.
 */
export function installWorkerOutput(): void {
  const { Worker } = workerThreads;
  class CellWorker extends Worker {
    constructor(file: string | URL, options: WorkerOptions = {}) {
      const cell = cellOfCode();
      super(file, cell ? { ...options, stdout: true, stderr: true } : options);
      if (!cell) return;
      for (const name of ["stdout", "stderr"] as const)
        if (!options[name]) this[name].on("data", (data: Uint8Array) => runAs(cell, () => process[name].write(data)));
    }
  }
  Object.defineProperty(CellWorker, "name", { value: Worker.name });
  Object.assign(workerThreads, { Worker: CellWorker });
  syncBuiltinESMExports();
}
