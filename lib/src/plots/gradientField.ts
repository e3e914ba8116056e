import * as math from "../math";
import { checkOptions, checkTexts, checkWhole, got } from "../checks";
import { gradientFor } from "../differentiation";
import { wrap, type NDArray } from "../np/internal";
import { arrowHead, headAngle, headArea } from "./arrows";
import { fieldText, type Arrow } from "./fieldText";
import { frameOf, type Frame } from "./frame";
import { Plot } from "./plot";
import { checkRange, extent, spread, widened, type Range } from "./range";
import { palette } from "./theme";
import { finiteNumbers, pairsOf, sameLength, type Rows } from "./values";

/** A function of a point `[x0, x1]`. */
export type ScalarField = (x: NDArray<"float64">) => number;

/** The options of `plots.gradientField`. */
export interface GradientFieldOptions {
  /** The ends of the first axis; by default -2 to 2 for a function, and the range of the points for points. */
  readonly x?: Range;
  /** The ends of the second axis. */
  readonly y?: Range;
  /** For a function: how many arrows there are along each axis; 17 by default. */
  readonly count?: number;
  /** For a function: "down", which is the default, draws minus its gradient, "up" the gradient. */
  readonly direction?: "down" | "up";
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

const SIZE = 360;
/** The most arrows along each axis: more could not be distinguished. */
const MOST_ARROWS = 200;
const DEFAULTS = { count: 17, xTitle: "x0", yTitle: "x1" };

/**
 * Plots arrows at points of the plane. For a function they point downhill: an arrow is minus the gradient at its tail.
 * Given vectors are drawn unchanged. The length of an arrow is proportional to that of its vector, and the mean length
 * is 1/(1.8 sqrt(N)) of the shorter side, as in matplotlib's quiver. Both axes have the same scale, unless one range is
 * more than three times the other.
 *
 * @param f - a function of a point; its gradient on a grid is computed by central differences
 * @param points - one row `[x0, x1]` for the tail of each arrow
 * @param vectors - one row for each arrow
 * @param options - `x`, `y`, `count`, `direction`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there are no points, there are not as many vectors as points, a row is not two finite numbers,
 * or the ends of an axis are not a range
 * @example
 * plots.gradientField((x) => np.sum(np.square(x)), { x: [-2, 2], y: [-2, 2] }).description;
 * // "Field of 289 arrows downhill, minus the gradient, for x0 from -2.125 to 2.125 and x1 from -2.125 to 2.125, the
 * // longest 5.65685 at (-2, -2), all pointing to (0, 0)."
 */
export function gradientField(f: ScalarField, options?: GradientFieldOptions): Plot;
export function gradientField(points: Rows, vectors: Rows, options?: GradientFieldOptions): Plot;
export function gradientField(
  field: ScalarField | Rows,
  second: GradientFieldOptions | Rows = {},
  third: GradientFieldOptions = {},
): Plot {
  readSettings(typeof field === "function" ? (second as GradientFieldOptions) : third);
  if (typeof field === "function") return slopes(field, second as GradientFieldOptions);
  if (third.direction !== undefined)
    throw new TypeError("gradientField: direction with vectors, which are drawn as they are: wanted a function");
  const points = pairsOf("gradientField", "points", field);
  const vectors = pairsOf("gradientField", "vectors", second as Rows);
  sameLength("gradientField", { points: points.length, vectors: vectors.length });
  const arrows = points.map(([x, y], i) => ({ x, y, u: vectors[i][0], v: vectors[i][1] }));
  return draw(arrows, "", third);
}

/** @throws TypeError, RangeError for unknown options, and for options with a wrong type or value */
function readSettings(options: GradientFieldOptions): void {
  checkOptions("gradientField", options, ["x", "y", "direction", "title", ...Object.keys(DEFAULTS)]);
  checkTexts("gradientField", options, ["xTitle", "yTitle", "title"]);
  const { x, y, count, direction = "down" } = options;
  if (direction !== "down" && direction !== "up")
    throw new RangeError(`${got("gradientField", "direction", direction)}: wanted "down" or "up"`);
  if (x !== undefined) checkRange("gradientField", "x", x);
  if (y !== undefined) checkRange("gradientField", "y", y);
  if (count !== undefined) checkWhole("gradientField", "count", count, 2, MOST_ARROWS);
}

function slopes(f: ScalarField, options: GradientFieldOptions): Plot {
  const { x = [-2, 2], y = [-2, 2], count = DEFAULTS.count, direction = "down" } = options;
  const sign = direction === "down" ? -1 : 1;
  const arrows = spread(y, count).flatMap((x1) => spread(x, count).map((x0) => slope(f, x0, x1, sign)));
  const what = direction === "down" ? " downhill, minus the gradient," : " uphill, the gradient,";
  // uphill the outermost arrows point outwards
  const margin = direction === "down" ? 0.5 : 1;
  return draw(arrows, what, { ...options, x: padded(x, count, margin), y: padded(y, count, margin) });
}

function slope(f: ScalarField, x0: number, x1: number, sign: 1 | -1): Arrow {
  const gradient = gradientFor("gradientField", f, wrap("float64", Float64Array.of(x0, x1), [2]));
  const [u, v] = finiteNumbers("gradientField", `gradient at (${x0}, ${x1})`, gradient);
  return { x: x0, y: x1, u: sign * u, v: sign * v };
}

function draw(arrows: readonly Arrow[], what: string, options: GradientFieldOptions): Plot {
  const { xTitle, yTitle } = { ...DEFAULTS, ...options };
  const gridSide = Math.sqrt(arrows.length);
  const x = options.x ?? padded(extent(arrows.map((arrow) => arrow.x)), gridSide);
  const y = options.y ?? padded(extent(arrows.map((arrow) => arrow.y)), gridSide);
  checkRange("gradientField", "x", x);
  checkRange("gradientField", "y", y);
  const frame = frameOf(x, y, SIZE);
  const spec = {
    title: options.title,
    ...frame,
    data: { values: placeArrows(arrows, x, y, frame) },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: { domain: x, nice: false } },
      y: { field: "y", type: "quantitative", title: yTitle, scale: { domain: y, nice: false } },
      tooltip: ["x", "y", "u", "v"].map((field, i) => ({
        field,
        title: [xTitle, yTitle, `along ${xTitle}`, `along ${yTitle}`][i],
      })),
    },
    layer: [
      {
        mark: { type: "rule", color: palette.grey, strokeWidth: 1.4, clip: true },
        encoding: { x2: { field: "x2" }, y2: { field: "y2" } },
      },
      {
        mark: { type: "point", shape: arrowHead, filled: true, color: palette.grey, opacity: 1, clip: true },
        encoding: {
          x: { field: "tipX", type: "quantitative" },
          y: { field: "tipY", type: "quantitative" },
          angle: { field: "angle", type: "quantitative", scale: null },
          size: { field: "area", type: "quantitative", scale: null },
        },
      },
    ],
  };
  return new Plot(spec, fieldText(arrows, what, [x, y], [xTitle, yTitle]), "gradient-field");
}

/** Adds part of a grid cell on each side, so that the outermost arrows are completely visible. */
function padded(range: Range, gridSide: number, cells = 0.5): Range {
  return widened(range, cells / Math.max(gridSide - 1, 1));
}

/**
 * The direction of an arrow is computed in the units of the axes and its length in pixels, for any scales of the axes.
 */
function placeArrows(arrows: readonly Arrow[], x: Range, y: Range, { width, height }: Frame): object[] {
  const [perX, perY] = [width / (x[1] - x[0]), height / (y[1] - y[0])];
  const lengths = arrows.map(({ u, v }) => math.hypot(u, v));
  const mean = lengths.reduce((sum, length) => sum + length, 0) / arrows.length || 1;
  const scale = Math.min(width, height) / (1.8 * mean * Math.max(Math.sqrt(arrows.length), 10));
  return arrows.map(({ x: x0, y: y0, u, v }, i) => {
    const onScreen = math.hypot(u * perX, v * perY) || 1;
    const length = lengths[i] * scale;
    const [dx, dy] = [(u * perX * length) / onScreen, (v * perY * length) / onScreen];
    const head = Math.min(7, length);
    const shaft = length === 0 ? 0 : 1 - head / length;
    const [x2, y2] = [x0 + (shaft * dx) / perX, y0 + (shaft * dy) / perY];
    const row = {
      x: x0,
      y: y0,
      u,
      v,
      x2,
      y2,
      tipX: x0 + dx / perX,
      tipY: y0 + dy / perY,
      angle: headAngle(dx, -dy),
      area: headArea(head),
    };
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value.toPrecision(5))]));
  });
}
