import * as math from "../math";
import { checkFinite } from "../checks";
import { wrap } from "../np/internal";
import type { ScalarField } from "./gradientField";
import { spread, visible, type Range } from "./range";
import { palette } from "./theme";
import { short } from "./values";

type Point = readonly [x: number, y: number];

/** One line along which a function has the same value. */
export interface Contour {
  readonly level: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const GRID = 61;
const LEVELS = 9;
/** The smallest distance between two points of a line, in cells of the grid; that of a short line is smaller. */
const SPACING = 0.9;
/** No line is drawn by fewer points, if it has so many: else the innermost one would be a polygon. */
const FEWEST = 40;
/** A shorter correction, in cells, needs no second one. */
const CLOSE = 0.02;

/**
 * Contour lines of f. The square roots of the levels are evenly spaced, so the lines of a quadratic function are evenly
 * spaced. The lines are straight pieces through the triangles of a grid (marching triangles), which are then joined.
 *
 * @throws RangeError when f is not finite somewhere on the grid
 */
export function contours(caller: string, f: ScalarField, x: Range, y: Range): Contour[] {
  const heights = heightsOnGrid(caller, f, x, y);
  const place = ([column, row]: Point): Point => [along(x, column), along(y, row)];
  return levelsOf(heights).flatMap((level) =>
    join(piecesAt(level, heights)).map((line) => {
      const places = thin(line).map((point) => place(corrected(point, level, heights, (at) => valueAt(f, place(at)))));
      return { level, x: places.map(([x0]) => visible(x0, x, 4)), y: places.map(([, x1]) => visible(x1, y, 4)) };
    }),
  );
}

/** The place in a range of a column or row, which need not be a whole number. */
function along([from, to]: Range, cell: number): number {
  return from + ((to - from) * cell) / (GRID - 1);
}

function valueAt(f: ScalarField, [x0, x1]: Point): number {
  return f(wrap("float64", Float64Array.of(x0, x1), [2]));
}

/** The layer that draws the lines of the data set `contours`, which all panels of a picture share. */
export function contourLayer(): object {
  return {
    data: { name: "contours" },
    transform: [
      { window: [{ op: "row_number", as: "line" }] },
      { flatten: ["x", "y"] },
      { window: [{ op: "row_number", as: "place" }] },
    ],
    mark: { type: "line", color: palette.grey, opacity: 0.45, strokeWidth: 1, clip: true },
    encoding: {
      x: { field: "x", type: "quantitative" },
      y: { field: "y", type: "quantitative" },
      detail: { field: "line" },
      order: { field: "place" },
      tooltip: [{ field: "level", title: "f", format: ".3~g" }],
    },
  };
}

function heightsOnGrid(caller: string, f: ScalarField, x: Range, y: Range): number[][] {
  return spread(y, GRID).map((x1) =>
    spread(x, GRID).map((x0) => {
      const height = valueAt(f, [x0, x1]);
      if (!Number.isFinite(height)) checkFinite(caller, `f(${x0}, ${x1})`, height);
      return height;
    }),
  );
}

function levelsOf(heights: readonly (readonly number[])[]): number[] {
  const all = heights.flat();
  const low = Math.min(...all);
  const depth = Math.max(...all) - low;
  return Array.from({ length: LEVELS }, (_, i) => short(low + depth * square((i + 0.5) / LEVELS)));
}

function piecesAt(level: number, heights: readonly (readonly number[])[]): [Point, Point][] {
  const pieces: [Point, Point][] = [];
  for (let row = 0; row + 1 < GRID; row++) {
    for (let column = 0; column + 1 < GRID; column++) {
      for (const middle of [
        [column + 1, row],
        [column, row + 1],
      ] as const) {
        const crossings = crossingsOf(level, heights, [[column, row], middle, [column + 1, row + 1]]);
        if (crossings.length === 2) pieces.push([crossings[0], crossings[1]]);
      }
    }
  }
  return pieces;
}

/**
 * The points at which the level crosses the sides of a triangle: none or two. A corner at the level counts as above.
 */
function crossingsOf(level: number, heights: readonly (readonly number[])[], corners: readonly Point[]): Point[] {
  return corners.flatMap((corner, i) => {
    // always computed from the lower corner, so that both triangles of a side get exactly the same point
    const [a, b] = [corner, corners[(i + 1) % 3]].sort((p, q) => p[1] - q[1] || p[0] - q[0]);
    const [low, high] = [heights[a[1]][a[0]], heights[b[1]][b[0]]];
    if (low >= level === high >= level) return [];
    const share = (level - low) / (high - low);
    return [[a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])] as const];
  });
}

/** Joins pieces with common ends into lines. */
function join(pieces: readonly [Point, Point][]): Point[][] {
  const touching = new Map<string, Set<[Point, Point]>>();
  for (const piece of pieces) {
    for (const end of piece) touching.set(String(end), (touching.get(String(end)) ?? new Set()).add(piece));
  }
  const unused = new Set(pieces);
  const extend = (line: Point[]): Point[] => {
    for (;;) {
      const end = line[line.length - 1];
      const next = [...touching.get(String(end))!].find((piece) => unused.has(piece));
      if (next === undefined) return line;
      unused.delete(next);
      line.push(String(next[0]) === String(end) ? next[1] : next[0]);
    }
  };
  const lines: Point[][] = [];
  for (const piece of pieces) {
    if (unused.delete(piece)) lines.push(extend(extend([...piece]).reverse()));
  }
  return lines;
}

/** Removes points that are closer together than the eye can see; keeps the ends. */
function thin(line: readonly Point[]): Point[] {
  const length = line.slice(1).reduce((sum, [x, y], i) => sum + math.hypot(x - line[i][0], y - line[i][1]), 0);
  const spacing = Math.min(SPACING, length / FEWEST);
  let last = line[0];
  return line.filter((point, i) => {
    const far = math.hypot(point[0] - last[0], point[1] - last[1]) >= spacing;
    if (far) last = point;
    return i === 0 || i === line.length - 1 || far;
  });
}

/**
 * A point of a line, moved across it to where the function has the level. Between two corners of the grid the function
 * was taken for linear; where the lines are strongly curved, one could see that.
 */
function corrected(
  point: Point,
  level: number,
  heights: readonly (readonly number[])[],
  heightAt: (point: Point) => number,
  times = 2,
): Point {
  const [column, row] = point.map((place) => Math.min(Math.max(Math.round(place), 1), GRID - 2));
  const slope = [
    heights[row][column + 1] - heights[row][column - 1],
    heights[row + 1][column] - heights[row - 1][column],
  ];
  const steep = (square(slope[0]) + square(slope[1])) / 2;
  const missing = level - heightAt(point);
  const step = slope.map((part) => (missing * part) / steep);
  const far = math.hypot(step[0], step[1]);
  // a longer step would be that of a function with a kink, whose slope is another one here
  if (!(far < 0.5)) return point;
  const inside = (place: number): number => Math.min(Math.max(place, 0), GRID - 1);
  const moved: Point = [inside(point[0] + step[0]), inside(point[1] + step[1])];
  return far < CLOSE || times === 1 ? moved : corrected(moved, level, heights, heightAt, times - 1);
}

const square = (x: number): number => x * x;
