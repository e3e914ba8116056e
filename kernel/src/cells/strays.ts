import type { Cell } from "./cell";
import { cellOfCode } from "./context";
import { thrownError } from "./errors";
import type { Evaluator } from "./evaluator";
import { host } from "./host";
import type { Output } from "./output";
import { cellsOf } from "./traceback";

/**
 * Errors that no cell catches: rejections that nobody handles, and what timers and events throw. They end the cell that
 * is running, unless another one started them; then, and when none is running, they are printed and logged.
 * It relies on nothing of tslab.
 */
export function catchStrays(evaluator: Evaluator, output: Output): void {
  host().onUncaught((error) => {
    if (isOfBrokenCell(error)) return;
    const ended = !isOfAnotherCell(error, evaluator.runningName) && evaluator.endWith(error);
    if (!ended) print(error, output, evaluator.runningCell);
  });
}

function isOfAnotherCell(error: unknown, running: string | undefined): boolean {
  const cells = cellsOf(error);
  return cells.length > 0 && running !== undefined && !cells.includes(running);
}

// What an interrupted cell has left running ends by this error, which has been told when the cell ended.
function isOfBrokenCell(error: unknown): boolean {
  return cellOfCode()?.broken === true && thrownError(error).ename === "KeyboardInterrupt";
}

function print(error: unknown, output: Output, cell: Cell | undefined): void {
  const text = thrownError(error).traceback.join("\n");
  output.write("stderr", `Uncaught ${text}\n`, cell);
  host().log(`uncaught ${text}`);
}
