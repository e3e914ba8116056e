import { takeCellsWithSignal, type Cell } from "./cell";
import { leaveContext, runAs } from "./context";
import { KeyboardInterrupt } from "./errors";
import type { Evaluator } from "./evaluator";
import { dropHalfLoaded } from "./halfLoaded";
import { queueMicrotask, setImmediate, setTimeout } from "./hostTimers";
import { keepListener } from "./keptListeners";
import { callUser } from "./userland";

/**
 * Ends the running cell. Code that wants to end by itself (a training loop with an AbortSignal, a listener for SIGINT) is
 * told first and gets a second for it. It relies on nothing of tslab.
 */

const GRACE = 1000; // milliseconds

export class Interrupts {
  constructor(private readonly evaluator: Evaluator) {
    keepListener("SIGINT", () => {}); // else a signal would end the process
  }

  /**
   * Settles when the cell has ended that ran at the press, 0 for none; the one that has begun meanwhile is not meant.
   * `broken`: after an interrupt that did not help, its code has been terminated and will not settle by itself.
   */
  async interrupt(number: number, broken: boolean): Promise<void> {
    const { cell, idle } = this.evaluator;
    const meant = cell?.number === number ? cell : undefined;
    if (broken) this.tidyUp(meant);
    else this.tell(meant);
    if (meant) await idle;
    await new Promise((resolve) => setImmediate(resolve)); // its answer has left as well
  }

  private tidyUp(meant: Cell | undefined): void {
    leaveContext();
    dropHalfLoaded();
    this.end(meant);
  }

  private tell(meant: Cell | undefined): void {
    const listened = hasListeners(); // those that listen once are gone afterwards
    this.endSoon(meant);
    // Each in a turn of its own, for it is the cells' code.
    for (const cell of takeCellsWithSignal()) inTurnOfItsOwn(cell, () => cell.abort());
    if (listened) inTurnOfItsOwn(meant, () => process.emit("SIGINT"));
  }

  private endSoon(meant: Cell | undefined): void {
    if (meant?.hasSignal || hasListeners()) setTimeout(() => this.end(meant), GRACE);
    else this.end(meant);
  }

  private end(meant: Cell | undefined): void {
    if (meant && meant === this.evaluator.cell) this.evaluator.fail(new KeyboardInterrupt("the cell was interrupted"));
  }
}

/** Calls cell code where an interrupt may end it and nothing else with it: in a microtask, the only one of its turn. */
export function inTurnOfItsOwn(cell: Cell | undefined, work: () => void): void {
  setImmediate(() => queueMicrotask(() => runAs(cell, () => callUser(work))));
}

/** Whether anything but this kernel listens for SIGINT. */
function hasListeners(): boolean {
  return process.listenerCount("SIGINT") > 1;
}
