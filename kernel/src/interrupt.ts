import { KeyboardInterrupt } from "./errors";
import type { Evaluator } from "./evaluator";

/**
 * Ends the running cell. Code that listens for SIGINT (a training loop with an AbortSignal) is told first and gets a
 * second to finish by itself. It relies on nothing of tslab.
 */

const GRACE = 1000; // milliseconds

/**
 * Node aborts when code that a timer called is terminated, because its record of asynchronous calls then holds more
 * than it expects; the flag --no-force-async-hooks-checks turns that check off, and so does this.
 */
export function allowTermination(): void {
  try {
    const { async_hook_fields, constants } = (process as unknown as { binding(name: string): AsyncWrap }).binding("async_wrap");
    async_hook_fields[constants.kCheck] = 0;
  } catch {
    // without it an endless loop in a timer's callback costs the kernel, as on stock tslab
  }
}

interface AsyncWrap {
  async_hook_fields: Uint32Array;
  constants: { kCheck: number };
}

export class Interrupts {
  private emitting = false;
  private meant: unknown;

  constructor(private readonly evaluator: Evaluator) {
    process.on("SIGINT", () => {
      if (!this.emitting) this.endSoon(hasListeners());
    });
  }

  /**
   * Settles when the cell has ended. `broken`: after an interrupt that did not help, the code has been terminated and
   * will not settle by itself; the next cell, if that has begun meanwhile, is not the one that was meant.
   */
  async interrupt(broken: boolean): Promise<void> {
    if (!broken) this.tellListeners();
    else if (this.meant === this.evaluator.idle) this.end();
    await this.evaluator.idle;
    await new Promise((resolve) => setImmediate(resolve)); // its answer has left as well
  }

  private tellListeners(): void {
    this.meant = this.evaluator.idle;
    const listened = hasListeners(); // those that listen once are gone afterwards
    this.emitting = true;
    try {
      process.emit("SIGINT");
    } finally {
      this.emitting = false;
      this.endSoon(listened);
    }
  }

  private endSoon(listened: boolean): void {
    const { idle } = this.evaluator;
    if (!listened) this.end();
    else setTimeout(() => idle === this.evaluator.idle && this.end(), GRACE);
  }

  private end(): void {
    this.evaluator.fail(new KeyboardInterrupt("the cell was interrupted"));
  }
}

/** Whether anything but this kernel listens for SIGINT. */
function hasListeners(): boolean {
  return process.listenerCount("SIGINT") > 1;
}
