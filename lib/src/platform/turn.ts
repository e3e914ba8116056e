import { host } from "./node";

/** Calls back when all that runs now has ended, and before the next cell begins. */
export function afterThisTurn(callback: () => void): void {
  host.events.afterThisTurn(callback);
}

/** What long work asks, where it can wait, whether it is to give the event loop its turn. */
export interface Pauses {
  readonly due: boolean;
  take(): Promise<void>;
}

// long enough to cost nothing, short enough for a stop button to feel immediate
const MILLISECONDS_BETWEEN_TURNS = 30;

/** A turn of the event loop every so many milliseconds, so that signals and displays are served during long work. */
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
