import type { Cell } from "./cell";
import { host } from "./node";
import { afterThisTurn } from "./turn";

/**
 * All that runs in this process from one `SIGINT` to the next, as one cell: for a script, or a kernel that does not say
 * where its cells begin. When work has been stopped, what is called in the same turn of the event loop, such as the
 * next round of the loop around it, counts as stopped too.
 */
export class WholeProcess implements Cell {
  static current = new WholeProcess();

  /** What runs from the interrupt on. */
  private next: WholeProcess | undefined;
  private readonly controller = new AbortController();
  /** Whether somebody has asked for the signal, and no work that was given one has ended since. */
  private asked = false;
  private working = 0;
  private unlisten: (() => void) | undefined;

  get interrupted(): boolean {
    return this.next !== undefined;
  }

  get signal(): AbortSignal {
    this.asked = true;
    this.update();
    return this.controller.signal;
  }

  /** Hears of an interrupt until the function that it gives is called; `signalled`: the work was given a signal. */
  listen(signalled: boolean): () => void {
    this.working++;
    this.update();
    return () => {
      this.working--;
      if (signalled) this.asked = false;
      this.update();
      if (this.interrupted) this.lingerOn();
    };
  }

  private update(): void {
    const wanted = !this.interrupted && (this.asked || this.working > 0);
    if (wanted) this.unlisten ??= host.events.onInterrupt(this.interrupt);
    else {
      this.unlisten?.();
      this.unlisten = undefined;
    }
  }

  private readonly interrupt = (): void => {
    WholeProcess.current = this.next = new WholeProcess();
    this.update();
    this.controller.abort(new Error("interrupted"));
    // nobody asked for the signal: Ctrl-C ends a script as if no training had listened
    if (!this.asked) host.events.endUnlessHeard();
  };

  private lingerOn(): void {
    WholeProcess.current = this;
    afterThisTurn(() => {
      while (WholeProcess.current.next) WholeProcess.current = WholeProcess.current.next;
    });
  }
}
