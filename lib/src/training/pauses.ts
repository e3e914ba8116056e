import { KeyboardInterrupt, listen, Turns, type Cell } from "../platform";

/** The turns that a training gives the event loop, each with a look at what ends the training before its time. */
export class PausesOfTraining extends Turns {
  constructor(
    private readonly cell: Cell,
    private readonly signal: AbortSignal | undefined,
  ) {
    super();
  }

  /** From now on it hears of the stop button, until the function that it gives is called. */
  begin(): () => void {
    return listen(this.cell, this.signal);
  }

  /** @throws KeyboardInterrupt when the training is to end */
  look(): void {
    // the cell first: when it was interrupted, its signal has aborted
    if (this.cell.interrupted || this.signal?.aborted) throw new KeyboardInterrupt();
  }

  override async take(): Promise<void> {
    await super.take();
    this.look();
  }
}
