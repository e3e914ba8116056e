import { thrownError } from "./errors";
import type { Evaluator } from "./evaluator";
import { log } from "./log";
import type { Output } from "./output";
import { cellsOf } from "./traceback";

/**
 * Errors that no cell catches: rejections that nobody handles, and what timers and events throw. They end the cell that
 * is running, unless another one started them; then, and when none is running, they are printed and logged.
 * It relies on nothing of tslab.
 */
export function catchStrays(evaluator: Evaluator, output: Output): void {
  const stray = (error: unknown) => {
    if (ofAnotherCell(error, evaluator.running) || !evaluator.fail(error)) print(error, output);
  };
  process.on("uncaughtException", stray);
  process.on("unhandledRejection", stray);
}

function ofAnotherCell(error: unknown, running: string | undefined): boolean {
  const cells = cellsOf(error);
  return cells.length > 0 && running !== undefined && !cells.includes(running);
}

function print(error: unknown, output: Output): void {
  const text = thrownError(error).traceback.join("\n");
  output.write("stderr", `Uncaught ${text}\n`);
  log(`uncaught ${text}`);
}
