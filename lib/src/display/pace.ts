import { host } from "../platform";

const UPDATES_PER_SECOND = 10;
const SHARE_OF_TIME = 0.01;

/**
 * Decides when an update is drawn: at most ten times a second, and so seldom that drawing takes at most 1% of the time.
 * An update that comes too early is drawn later, unless a newer one is drawn before.
 */
export class Pace {
  private next = 0;
  private cancel: (() => void) | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Draws if it is time to, measures how long that took, and computes from it when the next update may be drawn. */
  run(draw: () => void): void {
    const start = this.now();
    if (start < this.next) {
      this.cancel ??= host.events.later(this.next - start, () => this.last(draw));
      return;
    }
    this.last(draw);
    const end = this.now();
    this.next = Math.max(start + 1000 / UPDATES_PER_SECOND, end + (end - start) / SHARE_OF_TIME);
  }

  /** Draws now, and cancels an earlier update that has not been drawn yet. */
  last(draw: () => void): void {
    this.cancel?.();
    this.cancel = undefined;
    draw();
  }
}
