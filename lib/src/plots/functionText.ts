import type { Course, Point } from "./course";
import { extent, type Range } from "./range";
import { short } from "./values";

/** A function and what the legend calls it. */
export interface NamedFunction {
  readonly label: string;
  readonly f: (x: number) => number;
}

/** A curve as it is drawn. */
export interface Drawn extends NamedFunction, Course {
  /** The values at evenly spaced places, for the text. */
  readonly samples: readonly Point[];
}

/** A tangent, and the two ends of its line. */
export interface Tangent {
  readonly of: string;
  /** The name of the line in the legend. */
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

/** More places than these are only counted. */
const MOST_NAMED = 4;

/** What a plot of functions shows: the values of each curve, its jumps, poles and gaps, and the slopes of tangents. */
export function functionText(
  drawn: readonly Drawn[],
  tangents: readonly Tangent[],
  [from, to]: Range,
  xTitle: string,
  yTitle: string,
): string {
  const curves = drawn.map((curve) => `${curve.label} ${courseText(curve)}`);
  const lines = tangents.map(({ of, x, slope }) => `the dashed tangent of ${of} at ${x} has slope ${round(slope)}`);
  return `Plot of ${yTitle} for ${xTitle} from ${from} to ${to}: ${[...curves, ...lines].join("; ")}.`;
}

function courseText({ samples, jumps, poles }: Drawn): string {
  const values = samples.map(({ y }) => y).filter((y) => !Number.isNaN(y));
  if (values.length === 0) return "without a finite value";
  const [low, high] = extent(values);
  const stretches = gaps(samples);
  const parts = [
    ...(jumps.length === 0 ? [] : [`with ${jumps.length === 1 ? "a jump" : "jumps"} at ${placesText(jumps)}`]),
    ...(poles.length === 0 ? [] : [`growing without bound at ${placesText(poles)}`]),
    ...(stretches.length === 0 ? [] : [`without a finite value ${gapsText(stretches)}`]),
  ];
  return [`from ${short(low)} to ${short(high)}`, ...parts].join(", ");
}

function placesText(places: readonly number[]): string {
  if (places.length <= MOST_NAMED) return places.map(round).join(", ");
  return `${places.length} places from ${round(places[0])} to ${round(places[places.length - 1])}`;
}

/** The first and the last place of each stretch without a value. */
function gaps(samples: readonly Point[]): Range[] {
  const isGap = (i: number): boolean => i >= 0 && i < samples.length && Number.isNaN(samples[i].y);
  const begins = samples.map((_, i) => i).filter((i) => isGap(i) && !isGap(i - 1));
  const ends = samples.map((_, i) => i).filter((i) => isGap(i) && !isGap(i + 1));
  return begins.map((begin, i) => [samples[begin].x, samples[ends[i]].x]);
}

function gapsText(stretches: readonly Range[]): string {
  if (stretches.length > MOST_NAMED) return `in ${stretches.length} stretches`;
  const texts = stretches.map(([from, to]) =>
    from === to ? `at ${round(from)}` : `from ${round(from)} to ${round(to)}`,
  );
  return texts.join(", ");
}

const round = (value: number): number => Number(value.toPrecision(4));
