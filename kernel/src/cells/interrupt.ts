import { takeCellsWithSignal, type Cell } from "./cell";
import { inTurnOfItsOwn, leaveContext } from "./context";
import { KeyboardInterrupt } from "./errors";
import type { Evaluator } from "./evaluator";
import { host } from "./host";

/**
 * Ends the running cell. Code that wants to end by itself (a training loop with an AbortSignal, a listener for SIGINT)
 * is told first and gets a second for it. It relies on nothing of tslab.
 */

const GRACE = 1000; // milliseconds

export class Interrupts {
  constructor(private readonly evaluator: Evaluator) {
    host().interrupts.install();
  }

  /**
   * Settles when the cell has ended that ran at the press, 0 for none; the one that has begun meanwhile is not meant.
   * `broken`: after an interrupt that did not help, its code has been terminated and will not settle by itself.
   */
  async interrupt(number: number, broken: boolean): Promise<void> {
    const { runningCell } = this.evaluator;
    const idle = this.evaluator.whenIdle();
    const meant = runningCell?.number === number ? runningCell : undefined;
    if (broken) this.tidyUp(meant);
    else this.notify(meant);
    if (meant) await idle;
    await new Promise<void>((resolve) => host().timers.setImmediate(resolve)); // its answer has left as well
  }

  private tidyUp(meant: Cell | undefined): void {
    leaveContext();
    host().modules.dropHalfLoaded();
    this.end(meant);
  }

  /** Tells all that listen, and ends the cell when they have had their time. */
  private notify(meant: Cell | undefined): void {
    const { interrupts, timers } = host();
    const listened = interrupts.areThere(); // those that listen once are gone afterwards
    if (meant?.hasSignal || listened) timers.setTimeout(() => this.end(meant), GRACE);
    else this.end(meant);
    // Each in a turn of its own, for it is the cells' code.
    for (const cell of takeCellsWithSignal()) inTurnOfItsOwn(cell, () => cell.abort());
    if (listened) inTurnOfItsOwn(meant, () => interrupts.call());
  }

  private end(meant: Cell | undefined): void {
    if (meant && meant === this.evaluator.runningCell) this.evaluator.endWith(new KeyboardInterrupt());
  }
}
