const UPDATES_PER_SECOND = 10;
const SHARE_OF_TIME = 0.01;

/**
 * Says when the next update may be drawn: at most ten a second, and so seldom that drawing takes 1% of the time. An
 * update that comes too early is drawn when it is time to, unless another one is drawn before.
 */
export class Pace {
  private next = 0;
  private waiting: NodeJS.Timeout | undefined;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Draws if it is time to, and takes the drawing's own cost as the measure for the wait that follows. */
  run(draw: () => void): void {
    const start = this.now();
    if (start < this.next) {
      this.waiting ??= setTimeout(() => this.last(draw), this.next - start).unref();
      return;
    }
    this.last(draw);
    const end = this.now();
    this.next = Math.max(start + 1000 / UPDATES_PER_SECOND, end + (end - start) / SHARE_OF_TIME);
  }

  /** Draws now, and nothing later that came before. */
  last(draw: () => void): void {
    clearTimeout(this.waiting);
    this.waiting = undefined;
    draw();
  }
}
