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
 * signal is handled only after that press has ended the cell which blocked the thread. They are two presses if two
 * different cells were running. `press` settles when the interrupt is over.
 */
export class SignalPresses {
  private last = { at: -Infinity, cell: 0 };
  /** The cells that ran at the unfinished presses through the launcher, to which the kernel's own signal may belong. */
  private readonly open: number[] = [];

  constructor(private readonly press: () => Promise<void>) {}

  /** `cell`: the number of the cell that runs, 0 if none does. */
  byLauncher(cell: number): void {
    const { last } = this;
    this.last = { at: -Infinity, cell: 0 };
    if (performance.now() - last.at <= TOGETHER && isSamePress(last.cell, cell)) return;
    this.open.push(cell);
    void this.press().finally(() => this.open.splice(this.open.indexOf(cell), 1));
  }

  /** `cell`: the number of the cell that ran when the kernel heard the signal, 0 if none did. */
  byKernel(cell: number): void {
    if (this.open.some((pressed) => isSamePress(pressed, cell))) return;
    this.last = { at: performance.now(), cell };
    void this.press();
  }
}

/** Whether no new cell has begun between two signals. */
function isSamePress(earlier: number, later: number): boolean {
  return later === 0 || later === earlier;
}
