import { KeyboardInterrupt, listen, Turns, type Cell } from "../platform";

/** The turns that a training gives to the event loop. After each, it checks whether the training must end early. */
export class PausesOfTraining extends Turns {
  constructor(
    private readonly cell: Cell,
    private readonly signal: AbortSignal | undefined,
  ) {
    super();
  }

  /** Begins to listen to the stop button, until the returned function is called. */
  begin(): () => void {
    return listen(this.cell, this.signal);
  }

  /** @throws KeyboardInterrupt when the training must end */
  look(): void {
    // the cell is read first: if it was interrupted, reading that has aborted its signal
    if (this.cell.interrupted || this.signal?.aborted) throw new KeyboardInterrupt();
  }

  override async take(): Promise<void> {
    await super.take();
    this.look();
  }
}
