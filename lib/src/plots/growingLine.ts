import { placesToKeep, reduced, type Line } from "./reduction";

/** In a pixel of the specification: four times as many as are drawn, so that what is forgotten could not be seen. */
const COLUMNS = 8;
/** The points for each pixel at which the line forgets some: more than twice as many as it then keeps. */
const MOST = 320;

/**
 * A line that grows, of any length: it keeps only those points that a picture of its whole can show.
 */
export class GrowingLine {
  private x: number[] = [];
  private y: number[] = [];
  /** How many points it has been given. */
  count = 0;
  latest = NaN;

  /** @param width - of the picture, in pixels of the specification */
  constructor(private readonly width: number) {}

  /** Adds a point; x ascends. */
  push(x: number, y: number): void {
    this.x.push(x);
    this.y.push(y);
    this.count++;
    this.latest = y;
    if (this.y.length > MOST * this.width) this.forget();
  }

  /** The points to draw. */
  drawn(ends: readonly [number, number]): Line {
    return reduced(this.x, this.y, ends, this.width);
  }

  private forget(): void {
    const ends = [this.x[0], this.x[this.x.length - 1]];
    const kept = placesToKeep(this.x, this.y, ends, COLUMNS * this.width);
    this.x = kept.map((i) => this.x[i]);
    this.y = kept.map((i) => this.y[i]);
  }
}
