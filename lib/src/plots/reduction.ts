import { short } from "./values";

/** The points of a line in the order of x. A null is a gap. */
export interface Line {
  readonly x: readonly number[];
  readonly y: readonly (number | null)[];
}

/** Pixels of the static picture, and of a screen of high resolution, in one pixel of a specification. */
const DENSITY = 2;

/**
 * A line through `y` at the places `x`, with as few points as give the same picture. If there are more than four for
 * each column of pixels, a column keeps its first, least, greatest and last point: the line fills a column from the
 * least to the greatest, and the first and the last connect it with its neighbours. The method is known as M4 (Jugel
 * and others, "M4: A visualization-oriented time series data aggregation", 2014).
 *
 * @param x - ascending
 * @param y - NaN and infinities are gaps
 * @param ends - the values of x at the left and the right edge of the picture
 * @param width - of the picture, in pixels of the specification
 */
export function reduced(x: ArrayLike<number>, y: ArrayLike<number>, ends: readonly number[], width: number): Line {
  const columns = DENSITY * width;
  const kept = y.length > 4 * columns ? placesToKeep(x, y, ends, columns) : Array.from(y, (_, i) => i);
  return { x: kept.map((i) => x[i]), y: kept.map((i) => (Number.isFinite(y[i]) ? short(y[i]) : null)) };
}

/** A smaller part of the picture's width or height nobody can see. */
const UNSEEN = 1 / 4000;

/**
 * The places of those points of a path that can be seen: all but those that lie upon the one before, as at the end of a
 * descent. The first and the last one stay.
 */
export function placesOnPath(
  points: readonly (readonly number[])[],
  [x, y]: readonly [readonly number[], readonly number[]],
): number[] {
  const isUpon = (a: readonly number[], b: readonly number[]): boolean =>
    Math.abs(a[0] - b[0]) < UNSEEN * (x[1] - x[0]) && Math.abs(a[1] - b[1]) < UNSEEN * (y[1] - y[0]);
  const kept: number[] = [];
  for (const [i, point] of points.entries()) {
    const before = kept.length === 0 ? undefined : points[kept[kept.length - 1]];
    if (before === undefined || i === points.length - 1 || !isUpon(point, before)) kept.push(i);
  }
  return kept;
}

/** How many points a line has and, if it is drawn from fewer, from how many: a part of a plot's description. */
export function pointsText(given: number, drawn = given): string {
  const all = `${grouped(given)} point${given === 1 ? "" : "s"}`;
  return drawn < given ? `${all}, drawn from ${grouped(drawn)} of them` : all;
}

/** A whole number with commas, as the axes have them: 10,000. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/** The places of the points that a picture of so many columns of pixels shows. */
export function placesToKeep(
  x: ArrayLike<number>,
  y: ArrayLike<number>,
  [from, to]: readonly number[],
  columns: number,
): number[] {
  const columnOf = (i: number): number => Math.min(Math.floor(((x[i] - from) / (to - from)) * columns), columns - 1);
  const kept: number[] = [];
  for (let begin = 0, end = 0; begin < y.length; begin = end) {
    const column = columnOf(begin);
    while (end < y.length && columnOf(end) === column) end++;
    kept.push(...outline(y, begin, end));
  }
  return kept;
}

/**
 * The places to keep from `begin` to before `end`. Gaps cut a column into runs of values. If there are more than three,
 * the first, the tallest and the last one are kept: those between the neighbours and the longest stroke.
 */
function outline(y: ArrayLike<number>, begin: number, end: number): number[] {
  const runs = runsOf(y, begin, end);
  const height = ([from, to]: Run): number => {
    const [, least, greatest] = corners(y, from, to);
    return y[greatest] - y[least];
  };
  const tallest = runs.length > 3 ? runs.reduce((best, run) => (height(run) > height(best) ? run : best)) : runs[1];
  const shown = [...new Set([runs[0], tallest, runs[runs.length - 1]])].filter((run) => run !== undefined);
  const gap = Number.isFinite(y[begin]) ? [] : [begin];
  return [...gap, ...shown.sort((a, b) => a[0] - b[0]).flatMap((run) => withGap(y, run, end))];
}

type Run = readonly [from: number, to: number];

function runsOf(y: ArrayLike<number>, begin: number, end: number): Run[] {
  const runs: Run[] = [];
  for (let from = begin; from < end; from++) {
    let to = from;
    while (to < end && Number.isFinite(y[to])) to++;
    if (to > from) runs.push([from, to]);
    from = to;
  }
  return runs;
}

/** The four places of a run in their order, and the gap after it. */
function withGap(y: ArrayLike<number>, [from, to]: Run, end: number): number[] {
  const places = [...new Set(corners(y, from, to))].sort((a, b) => a - b);
  return to < end ? [...places, to] : places;
}

/** The places of the first, the least, the greatest and the last value from `from` to before `to`. */
function corners(y: ArrayLike<number>, from: number, to: number): [number, number, number, number] {
  let [least, greatest] = [from, from];
  for (let i = from; i < to; i++) {
    if (y[i] < y[least]) least = i;
    if (y[i] > y[greatest]) greatest = i;
  }
  return [from, least, greatest, to - 1];
}
