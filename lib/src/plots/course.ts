import { spread, visible, type Range } from "./range";

/** A point of a curve; where y is NaN, the curve has a gap. */
export interface Point {
  readonly x: number;
  readonly y: number;
}

/** What a closer look at a function found. */
export interface Course {
  readonly points: readonly Point[];
  /** Where the function jumps from one value to another. */
  readonly jumps: readonly number[];
  /** Where it grows without bound, as 1/x at 0. */
  readonly poles: readonly number[];
}

/** One point for about two pixels. */
export const SAMPLES = 201;
/** Neighbours that differ by a larger part of the picture's height are looked at more closely. */
const STEEP = 1 / 60;
/** The part of the picture's width below which a difference that has not become small is a jump. */
const NARROW = 1e-9;
/** So many times the picture's height are the values apart beside a pole. */
const FAR = 20;
/** Calls of the function between two neighbours, and in all: noise would take any number of them. */
const MOST_CALLS = { between: 200, inAll: 3000 };
/** The part of the picture's width that is half a pixel. */
const FINE = 1 / 840;

/** What a function gives at evenly spaced places. */
export function samples(f: (x: number) => number, range: Range): Point[] {
  return spread(range, SAMPLES).map((x) => ({ x, y: f(x) }));
}

/**
 * Looks closer where a curve is steep. If it is continuous, its values come together when the distance of two places is
 * halved again and again. If they do not, the function jumps: the curve gets a gap, for it has no slope there.
 *
 * @param found - its samples
 * @param height - the ends of the vertical axis
 */
export function closerLook(f: (x: number) => number, found: readonly Point[], height: Range): Course {
  const range: Range = [found[0].x, found[found.length - 1].x];
  const search = new Search(f, NARROW * (range[1] - range[0]), height);
  const all = found.flatMap((point, i) => (i === 0 ? [point] : [...search.between(found[i - 1], point), point]));
  const points = all.filter((point, i) => isSeen(all[i - 1], point, all[i + 1], range));
  // a value of its own at a jump, as that of Math.sign at 0, makes two of it
  const once = (places: readonly number[]): number[] => [...new Set(places.map((x) => visible(x, range)))];
  return {
    points: points.map(({ x, y }) => ({ x: visible(x, range), y: inReach(y, height) })),
    jumps: once(search.jumps),
    poles: once(search.poles),
  };
}

/** Half a pixel between two points is enough, but both sides of a gap stay. */
function isSeen(before: Point | undefined, point: Point, after: Point | undefined, [from, to]: Range): boolean {
  if (before === undefined || after === undefined || after.x - before.x >= FINE * (to - from)) return true;
  return Number.isNaN(before.y + point.y + after.y);
}

/** A little outside of the picture is enough: renderers cannot draw to 1e9 pixels. */
function inReach(y: number, [low, high]: Range): number {
  const margin = (high - low) / 10;
  return y < low - margin ? low - margin : y > high + margin ? high + margin : y;
}

/** Bisection that remembers what it has found and how often it has asked. */
class Search {
  readonly jumps: number[] = [];
  readonly poles: number[] = [];
  private calls = 0;

  constructor(
    private readonly f: (x: number) => number,
    private readonly narrow: number,
    private readonly height: Range,
  ) {}

  private get tall(): number {
    return this.height[1] - this.height[0];
  }

  /** The points to add between two neighbours: none if the function changes too often to be followed. */
  between(low: Point, high: Point): Point[] {
    const look: Look = { points: [], gaps: [], most: Math.min(this.calls + MOST_CALLS.between, MOST_CALLS.inAll) };
    if (!this.halve(low, high, look)) return [];
    for (const { x, size } of look.gaps) (size > FAR * this.tall ? this.poles : this.jumps).push(x);
    return look.points;
  }

  /** @returns whether the calls were enough */
  private halve(low: Point, high: Point, look: Look): boolean {
    // outside of the picture no difference counts: beside a pole there would be no end of them
    const seen = Math.abs(inReach(high.y, this.height) - inReach(low.y, this.height));
    if (!(seen > STEEP * this.tall)) return true;
    const x = (low.x + high.x) / 2;
    if (high.x - low.x < this.narrow) {
      look.points.push({ x, y: NaN });
      look.gaps.push({ x, size: Math.abs(high.y - low.y) });
      return true;
    }
    if (this.calls++ >= look.most) return false;
    const middle = { x, y: this.f(x) };
    if (!this.halve(low, middle, look)) return false;
    look.points.push(middle);
    return this.halve(middle, high, look);
  }
}

/** What is found between two neighbours, and the number of calls at which it is given up. */
interface Look {
  readonly points: Point[];
  readonly gaps: { x: number; size: number }[];
  readonly most: number;
}
