import type { Cell } from "./cell";
import { host } from "./node";
import { afterThisTurn } from "./turn";

/**
 * A Cell for a script, or for a kernel that does not say where its cells begin: all code that runs in this process from
 * one `SIGINT` to the next counts as one cell. When work has been stopped, code that runs in the same turn of the event
 * loop counts as stopped too, for example the next iteration of a loop that calls the work.
 */
export class WholeProcess implements Cell {
  static current = new WholeProcess();

  /** The cell that begins at the interrupt. */
  private next: WholeProcess | undefined;
  private readonly controller = new AbortController();
  /** Whether code has read the signal, and no work with a signal has ended since. */
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

  /** Listens to interrupts until the returned function is called; `signalled` says whether the work has a signal. */
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
    // no code has read the signal, so Ctrl-C ends a script as if no training had listened
    if (!this.asked) host.events.endUnlessHeard();
  };

  private lingerOn(): void {
    WholeProcess.current = this;
    afterThisTurn(() => {
      while (WholeProcess.current.next) WholeProcess.current = WholeProcess.current.next;
    });
  }
}
