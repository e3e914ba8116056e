import { cellOfKernel, type Cell } from "./cell";
import { WholeProcess } from "./wholeProcess";

/** How the library learns that the stop button was pressed, and what it throws then. */

/** Ends work that the stop button stops; the name is Python's. */
export class KeyboardInterrupt extends Error {
  override name = "KeyboardInterrupt";

  constructor() {
    super("the cell was interrupted");
  }
}

/** The cell that the calling code belongs to. */
export function runningCell(): Cell {
  return cellOfKernel() ?? WholeProcess.current;
}

/** @throws KeyboardInterrupt when the stop button was pressed after the cell began */
export function endIfInterrupted(cell: Cell): void {
  if (cell.interrupted) throw new KeyboardInterrupt();
}

/** Sees to it that the cell hears of an interrupt until the function that it gives is called. */
export function listen(cell: Cell, signal?: AbortSignal): () => void {
  return cell instanceof WholeProcess ? cell.listen(signal !== undefined) : () => {};
}

/**
 * A signal that aborts when the notebook's stop button is pressed, or Ctrl-C in a script. A cell that was interrupted
 * gets one that has aborted, every other cell a fresh one. A second Ctrl-C ends a script as usual.
 *
 * @returns an AbortSignal, as `train` takes it
 * @example
 * const history = await train(network, mnist, { signal: interruptSignal() });
 * history.stopped; // true after the stop button, with what was learnt so far in network.params
 */
export function interruptSignal(): AbortSignal {
  return runningCell().signal;
}
