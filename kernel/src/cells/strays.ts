import type { Cell } from "./cell";
import { cellOfCode } from "./context";
import { thrownError } from "./errors";
import type { Evaluator } from "./evaluator";
import { host } from "./host";
import type { Output } from "./output";
import { cellsOf } from "./traceback";

/**
 * Handles errors that no code catches: unhandled rejections, and errors thrown by timers and events. Such an error ends
 * the running cell. If another cell caused it, or no cell is running, it is printed and logged instead.
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

// Code that an interrupted cell left running ends with this error, which was reported when the cell ended.
function isOfBrokenCell(error: unknown): boolean {
  return cellOfCode()?.broken === true && thrownError(error).ename === "KeyboardInterrupt";
}

function print(error: unknown, output: Output, cell: Cell | undefined): void {
  const text = thrownError(error).traceback.join("\n");
  output.write("stderr", `Uncaught ${text}\n`, cell);
  host().log(`uncaught ${text}`);
}
