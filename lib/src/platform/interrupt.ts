import { cellOfKernel, type Cell } from "./cell";
import { WholeProcess } from "./wholeProcess";

/** How the library finds out that the stop button was pressed, and the error that it then throws. */

/** The error that ends work after the stop button; the name is Python's. */
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

/** Makes sure that the cell notices an interrupt, until the returned function is called. */
export function listen(cell: Cell, signal?: AbortSignal): () => void {
  return cell instanceof WholeProcess ? cell.listen(signal !== undefined) : () => {};
}

/**
 * A signal that aborts when the stop button of the notebook is pressed, or Ctrl-C in a script. Each cell has its own
 * signal; that of an interrupted cell has aborted. A second Ctrl-C ends a script as usual.
 *
 * @returns an AbortSignal, for the option `signal` of `train`
 * @example
 * const history = await train(network, mnist, { signal: interruptSignal() });
 * history.stopped; // true after the stop button, with what was learnt so far in network.params
 */
export function interruptSignal(): AbortSignal {
  return runningCell().signal;
}
