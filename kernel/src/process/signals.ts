/**
 * A signal SIGINT means the same as the stop button. The launcher, whose process id Jupyter knows, gets it at any
 * moment and passes it on to the control worker; one that the kernel's own process gets is served when its main thread
 * is free. It relies on nothing of tslab.
 */

/**
 * From now on `heard` is called for a signal instead of the listeners; they hear of it as of the stop button. To be
 * called before anybody listens.
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
 * A terminal sends a signal to launcher and kernel: both together are one press, though a cell may hold the kernel's
 * back until the press has ended it. `press` settles when what it ends has ended.
 */
export class SignalPresses {
  private byKernelAt = -Infinity;
  /** How many presses of the launcher the kernel's own signal may still belong to. */
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
