import * as math from "../math";
import { extent, visible, type Range } from "./range";
import { short } from "./values";

/** An arrow of a field: its tail and its vector. */
export interface Arrow {
  readonly x: number;
  readonly y: number;
  readonly u: number;
  readonly v: number;
}

/** By how much an arrow may miss the place to which all point, as a share of its distance from there. */
const MISS = 1e-3;

/**
 * What a field of arrows shows: where the longest one is and, if there is one, the place to which all point.
 * @param what - what the arrows are
 */
export function fieldText(
  arrows: readonly Arrow[],
  what: string,
  [x, y]: readonly [Range, Range],
  [xTitle, yTitle]: readonly [string, string],
): string {
  const longest = arrows.reduce((best, arrow) => (length(arrow) > length(best) ? arrow : best));
  const count = `${arrows.length} arrow${arrows.length === 1 ? "" : "s"}`;
  const ranges = `${xTitle} from ${x[0]} to ${x[1]} and ${yTitle} from ${y[0]} to ${y[1]}`;
  const place = `(${short(longest.x)}, ${short(longest.y)})`;
  return `Field of ${count}${what} for ${ranges}, the longest ${short(length(longest))} at ${place}${aimText(arrows)}.`;
}

function length({ u, v }: Arrow): number {
  return math.hypot(u, v);
}

/** An arrow from the point p in the direction d, a vector of length 1. */
interface Ray {
  readonly p: readonly [number, number];
  readonly d: readonly [number, number];
}

function aimText(arrows: readonly Arrow[]): string {
  const [, longest] = extent(arrows.map(length));
  // the direction of much shorter ones, as at a minimum, is made of rounding errors
  const rays = arrows.filter((arrow) => length(arrow) > 1e-6 * longest).map(rayOf);
  if (rays.length < 3) return "";
  const [{ d }] = rays;
  if (rays.every((ray) => math.hypot(ray.d[0] - d[0], ray.d[1] - d[1]) < MISS)) return ", all pointing the same way";
  const centre = crossing(rays);
  const aims = rays.map((ray) => aim(ray, centre));
  const ends = [extent(arrows.map(({ x }) => x)), extent(arrows.map(({ y }) => y))];
  const place = `(${centre.map((value, i) => visible(value, ends[i], 3)).join(", ")})`;
  if (aims.every((to) => to === "to" || to === "at")) return `, all pointing to ${place}`;
  return aims.every((to) => to === "from" || to === "at") ? `, all pointing away from ${place}` : "";
}

function rayOf(arrow: Arrow): Ray {
  return { p: [arrow.x, arrow.y], d: [arrow.u / length(arrow), arrow.v / length(arrow)] };
}

/** The point with the least sum of squared distances from the lines of the rays; NaN if these are parallel. */
function crossing(rays: readonly Ray[]): [number, number] {
  // the sums over all rays of n n' and n n'p, where n is the ray's normal
  let [xx, xy, yy, x, y] = [0, 0, 0, 0, 0];
  for (const { p, d } of rays) {
    const n = [-d[1], d[0]];
    const distance = n[0] * p[0] + n[1] * p[1];
    xx += n[0] * n[0];
    xy += n[0] * n[1];
    yy += n[1] * n[1];
    x += n[0] * distance;
    y += n[1] * distance;
  }
  const determinant = xx * yy - xy * xy;
  return [(yy * x - xy * y) / determinant, (xx * y - xy * x) / determinant];
}

/** Whether a ray points to a place, away from it, or neither, or begins there. */
function aim({ p, d }: Ray, centre: readonly [number, number]): "to" | "from" | "at" | "past" {
  const way = [centre[0] - p[0], centre[1] - p[1]];
  const distance = math.hypot(way[0], way[1]);
  const ahead = way[0] * d[0] + way[1] * d[1];
  const beside = Math.abs(way[0] * d[1] - way[1] * d[0]);
  if (distance === 0) return "at";
  if (!(beside <= MISS * distance)) return "past";
  return ahead > 0 ? "to" : "from";
}
