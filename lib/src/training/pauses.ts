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
    // `interrupted` is read first: once it is true, the signal of the cell has aborted
    if (this.cell.interrupted || this.signal?.aborted) throw new KeyboardInterrupt();
  }

  override async take(): Promise<void> {
    await super.take();
    this.look();
  }
}
