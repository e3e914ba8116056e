import { takeCellsWithSignal, type Cell } from "./cell";
import { inTurnOfItsOwn, leaveContext } from "./context";
import { KeyboardInterrupt } from "./errors";
import type { Evaluator } from "./evaluator";
import { host } from "./host";

/**
 * Ends the running cell. Code that wants to end by itself (a training loop with an AbortSignal, a listener for SIGINT)
 * is notified first and gets one second.
 */

const GRACE = 1000; // milliseconds

export class Interrupts {
  constructor(private readonly evaluator: Evaluator) {
    host().interrupts.install();
  }

  /**
   * Interrupts the cell with this number, which ran at the press (0: none did), and settles when it has ended. A cell
   * that has begun since is left alone. `broken`: an earlier interrupt did not end the cell, so its code was
   * terminated, and its promise will not settle by itself.
   */
  async interrupt(number: number, broken: boolean): Promise<void> {
    const { runningCell } = this.evaluator;
    const idle = this.evaluator.whenIdle();
    const meant = runningCell?.number === number ? runningCell : undefined;
    if (broken) this.tidyUp(meant);
    else this.notify(meant);
    if (meant) await idle;
    await new Promise<void>((resolve) => host().timers.setImmediate(resolve)); // lets its reply leave too
  }

  private tidyUp(meant: Cell | undefined): void {
    leaveContext();
    host().modules.dropHalfLoaded();
    this.end(meant);
  }

  /** Notifies all listeners, and ends the cell: after the grace period if somebody listened, else at once. */
  private notify(meant: Cell | undefined): void {
    const { interrupts, timers } = host();
    const listened = interrupts.areThere(); // counted before the call, which removes `once` listeners
    if (meant?.hasSignal || listened) timers.setTimeout(() => this.end(meant), GRACE);
    else this.end(meant);
    // Each in a turn of its own, because this calls code of cells.
    for (const cell of takeCellsWithSignal()) inTurnOfItsOwn(cell, () => cell.abort());
    if (listened) inTurnOfItsOwn(meant, () => interrupts.call());
  }

  private end(meant: Cell | undefined): void {
    if (meant && meant === this.evaluator.runningCell) this.evaluator.endWith(new KeyboardInterrupt());
  }
}
