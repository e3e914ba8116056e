import { host } from "../platform";

const UPDATES_PER_SECOND = 10;
const SHARE_OF_TIME = 0.01;

/**
 * Says when the next update may be drawn: at most ten a second, and so seldom that drawing takes 1% of the time. An
 * update that comes too early is drawn when it is time to, unless another one is drawn before.
 */
export class Pace {
  private next = 0;
  private cancel: (() => void) | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Draws if it is time to, and takes the drawing's own cost as the measure for the wait that follows. */
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

  /** Draws now, and nothing later that came before. */
  last(draw: () => void): void {
    this.cancel?.();
    this.cancel = undefined;
    draw();
  }
}
