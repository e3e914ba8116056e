/**
 * A signal SIGINT works like the stop button. Jupyter knows the process id of the launcher, which can receive a signal
 * at any time and passes it on to the control thread. A signal to the kernel's own process is handled when its main
 * thread is free.
 */

/**
 * From now on a signal calls `heard` instead of the listeners, which are then called as for the stop button. To be
 * called before any listener is added.
 */
export function hearSignals(heard: () => void): void {
  const emit = process.emit as (event: string | symbol, ...args: unknown[]) => boolean;
  const replaced = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event !== "SIGINT" || args[0] !== "SIGINT") return Reflect.apply(emit, process, [event, ...args]);
    heard();
    return true;
  };
  Object.assign(process, { emit: replaced });
}

const TOGETHER = 50; // milliseconds

/**
 * A terminal sends a signal to both the launcher and the kernel. Both together count as one press, even if the kernel's
 * signal is handled only after that press has ended the cell which blocked the thread. `press` settles when the
 * interrupt is over.
 */
export class SignalPresses {
  private byKernelAt = -Infinity;
  /** The number of unfinished presses through the launcher, to which the kernel's own signal may belong. */
  private open = 0;

  constructor(private readonly press: () => Promise<void>) {}

  byLauncher(): void {
    const isSame = performance.now() - this.byKernelAt <= TOGETHER;
    this.byKernelAt = -Infinity;
    if (isSame) return;
    this.open++;
    void this.press().finally(() => this.open--);
  }

  byKernel(): void {
    if (this.open > 0) return;
    this.byKernelAt = performance.now();
    void this.press();
  }
}
