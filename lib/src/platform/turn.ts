import { host } from "./node";

/** Calls back after the code that runs now has ended, and before the next cell begins. */
export function afterThisTurn(callback: () => void): void {
  host.events.afterThisTurn(callback);
}

/** Tells long work, at the points where it can wait, whether to give the event loop a turn. */
export interface Pauses {
  readonly due: boolean;
  take(): Promise<void>;
}

// long enough to cost nothing, short enough for a stop button to feel immediate
const MILLISECONDS_BETWEEN_TURNS = 30;

/** Gives the event loop a turn every 30 milliseconds, so that signals and displays are handled during long work. */
export class Turns implements Pauses {
  private last = performance.now();

  get due(): boolean {
    return performance.now() - this.last > MILLISECONDS_BETWEEN_TURNS;
  }

  async take(): Promise<void> {
    await host.events.turn();
    this.last = performance.now();
  }
}
