import type { Frame } from "./frame";
import { spread, visible, type Range } from "./range";

/** A part of a row of pixels in which a function gives the same class. */
export interface Strip {
  readonly row: number;
  readonly from: number;
  readonly to: number;
  readonly label: number;
}

/** In a row the function is asked at every fourth pixel, and where it changes, between two of them. */
const STEP = 4;
const BISECTIONS = 12;
/** Between two places there may be further classes; a picture shows no more changes in four pixels. */
const MOST_CHANGES = 4;

/** The strips of all rows from below, with one row for each pixel, so that a slanting boundary looks like a line. */
export function strips(
  classOf: (x1: number, x2: number) => number,
  x: Range,
  y: Range,
  { width, height }: Frame,
): Strip[] {
  const places = spread(x, Math.ceil(width / STEP) + 1);
  return Array.from({ length: height }, (_, row) => row).flatMap((row) => {
    const x2 = y[0] + ((row + 0.5) * (y[1] - y[0])) / height;
    return stripsOfRow((x1) => classOf(x1, x2), places).map((strip) => ({
      row,
      ...strip,
      from: visible(strip.from, x),
      to: visible(strip.to, x),
    }));
  });
}

function stripsOfRow(classAt: (x1: number) => number, places: readonly number[]): Omit<Strip, "row">[] {
  const labels = places.map(classAt);
  const changes = places.slice(1).flatMap((to, i) => changesBetween(classAt, places[i], to, labels[i], labels[i + 1]));
  const begins = [{ at: places[0], label: labels[0] }, ...changes];
  return begins.map(({ at, label }, i) => ({ from: at, to: begins[i + 1]?.at ?? places[places.length - 1], label }));
}

interface Change {
  readonly at: number;
  /** The class that begins there. */
  readonly label: number;
}

function changesBetween(
  classAt: (x1: number) => number,
  low: number,
  high: number,
  first: number,
  last: number,
): Change[] {
  const changes: Change[] = [];
  for (let label = first; label !== last;) {
    if (changes.length === MOST_CHANGES) return [...changes, { at: high, label: last }];
    const change = nextChange(classAt, low, high, label, last);
    changes.push(change);
    ({ at: low, label } = change);
  }
  return changes;
}

/** Where `before` ends, by bisection, and what is there instead. */
function nextChange(classAt: (x1: number) => number, low: number, high: number, before: number, last: number): Change {
  let label = last;
  for (let i = 0; i < BISECTIONS; i++) {
    const middle = (low + high) / 2;
    const found = classAt(middle);
    if (found === before) low = middle;
    else [high, label] = [middle, found];
  }
  return { at: high, label };
}
