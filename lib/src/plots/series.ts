import { got } from "../checks";
import { isNDArray } from "../np/internal";
import { grouped } from "./reduction";
import { seriesColours } from "./theme";
import { short } from "./values";

/** Several of a kind by their names, as `{ "rate 0.1": a, "rate 1": b }`. */
export interface Named<T> {
  readonly [name: string]: T;
}

/** The dashes of lines that have the same colour. */
const DASHES = [
  [1, 0],
  [6, 4],
  [2, 2],
] as const;
/** More colours could not be told apart, with these dashes or without. */
export const MOST_COLOURS = seriesColours.length;
export const MOST_LINES = DASHES.length * MOST_COLOURS;

/** Whether an argument is a list or an array of numbers, and so not several of them by name. */
export function isList(given: unknown): boolean {
  return isNDArray(given) || Array.isArray(given) || ArrayBuffer.isView(given);
}

/**
 * The names and what has them.
 * @param wanted - what the message says if it is no object with at least one name
 * @throws TypeError, RangeError
 */
export function namedSeries<T>(
  caller: string,
  argument: string,
  given: Named<T>,
  most: number,
  wanted: string,
): [string, T][] {
  const isObject = typeof given === "object" && given !== null && !isList(given);
  const entries = isObject ? Object.entries(given) : [];
  if (entries.length === 0) throw new TypeError(`${got(caller, argument, given)}: wanted ${wanted}`);
  if (entries.length > most)
    throw new RangeError(`${caller}: ${argument} of ${entries.length} names: wanted at most ${most}`);
  return entries;
}

/** How an argument is called that has a name in an object of several: `trainLoss.relu`, `trainLoss["rate 0.1"]`. */
export function memberOf(argument: string, name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? `${argument}.${name}` : `${argument}[${JSON.stringify(name)}]`;
}

/** The colour of each of several lines. */
export function coloursOf(count: number): string[] {
  return Array.from({ length: count }, (_, i) => seriesColours[i % seriesColours.length]);
}

/** The dashes of each of several lines, which differ where the colours are repeated. */
export function dashesOf(count: number): (readonly number[])[] {
  return Array.from({ length: count }, (_, i) => DASHES[Math.floor(i / seriesColours.length) % DASHES.length]);
}

/**
 * The course of a line in words: its first and last value, and the least and the greatest where they are others.
 * `from 2.3 to 0.4, greatest 3.1 at 12`.
 */
export function courseText(values: ArrayLike<number>): string {
  let [least, greatest, gaps] = [0, 0, 0];
  for (let i = 0; i < values.length; i++) {
    if (Number.isNaN(values[i])) gaps++;
    if (values[i] < values[least] || Number.isNaN(values[least])) least = i;
    if (values[i] > values[greatest] || Number.isNaN(values[greatest])) greatest = i;
  }
  const ends = [values[0], values[values.length - 1]];
  const extremes = Object.entries({ least, greatest }).filter(([, at]) => !ends.includes(values[at]));
  const parts = extremes.map(([name, at]) => `, ${name} ${short(values[at])} at ${at}`);
  const nan = gaps === 0 || gaps === values.length ? "" : `, ${grouped(gaps)} of them NaN`;
  return `from ${short(ends[0])} to ${short(ends[1])}${parts.join("")}${nan}`;
}
