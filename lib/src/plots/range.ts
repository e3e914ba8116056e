import * as math from "../math";
import { got } from "../checks";
import { short } from "./values";

/** The two ends of an axis. */
export type Range = readonly [from: number, to: number];

/** @throws RangeError unless it is two finite numbers and the first is smaller */
export function checkRange(caller: string, argument: string, range: Range): void {
  const [from, to] = Array.isArray(range) && range.length === 2 ? (range as Range) : [NaN, NaN];
  if (Number.isFinite(from) && Number.isFinite(to) && from < to) return;
  throw new RangeError(`${got(caller, argument, range)}: wanted two finite numbers, the smaller first`);
}

/** `count` values from one end to the other, both included. */
export function spread([from, to]: Range, count: number): number[] {
  return Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));
}

/** The least and the greatest value. */
export function extent(values: readonly number[]): Range {
  let [least, greatest] = [values[0], values[0]];
  for (const value of values) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return [least, greatest];
}

/** A range that is longer by a share of its length on each side; of a single value by 1. */
export function widened([from, to]: Range, share: number): Range {
  const margin = from === to ? 1 : (to - from) * share;
  return [short(from - margin), short(to + margin)];
}

/**
 * A value rounded so that nobody can see the difference in a picture of a range.
 * @param digits - 5: to a hundred-thousandth of the range
 */
export function visible(place: number, [from, to]: Range, digits = 5): number {
  const decimals = Math.ceil(digits - math.log10(to - from));
  return Number(decimals <= 0 ? place.toPrecision(12) : place.toFixed(Math.min(decimals, 100)));
}

/** A range around 0 that is half a unit of the leading digit larger than the largest magnitude: 3 gives -3.5 to 3.5. */
export function around(values: readonly number[]): Range {
  const farthest = Math.max(...values.map(Math.abs));
  if (farthest === 0) return [-1, 1];
  const step = Number(`1e${Math.floor(math.log10(farthest))}`) / 2;
  const end = Number((Math.ceil((1.02 * farthest) / step) * step).toPrecision(12));
  return [-end, end];
}
