const UPDATES_PER_SECOND = 10;
const SHARE_OF_TIME = 0.01;

/** Says when the next update may be drawn: at most ten a second, and so seldom that drawing takes 1% of the time. */
export class Pace {
  private next = 0;

  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Draws if it is time to, and takes the drawing's own cost as the measure for the wait that follows. */
  run(draw: () => void): void {
    const start = this.now();
    if (start < this.next) return;
    draw();
    const end = this.now();
    this.next = Math.max(start + 1000 / UPDATES_PER_SECOND, end + (end - start) / SHARE_OF_TIME);
  }
}
