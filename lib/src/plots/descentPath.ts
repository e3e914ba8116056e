import { checkFunction, checkOptions, checkTexts } from "../checks";
import { contourLayer, contours } from "./contours";
import type { ScalarField } from "./gradientField";
import { frameOf } from "./frame";
import { Plot } from "./plot";
import { around, checkRange, type Range } from "./range";
import { placesOnPath, pointsText } from "./reduction";
import { palette } from "./theme";
import { pairsOf, short, type Rows } from "./values";

/** The options of `plots.descentPath`. */
export interface DescentPathOptions {
  /** The ends of the first axis; by default a range around 0 that contains the path. */
  readonly x?: Range;
  /** The ends of the second axis. */
  readonly y?: Range;
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

const SIZE = 360;
const DEFAULTS = { xTitle: "X0", yTitle: "X1" };

/**
 * Plots the path of gradient descent over the contours of the function. The start and the end are marked. Both axes
 * have the same scale, so that small steps are at right angles to the contours, unless one range is more than three
 * times the other.
 *
 * @param f - the function that gradient descent minimized
 * @param points - one row `[x0, x1]` for each point, in the order of the steps
 * @param options - `x`, `y`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there are no points, a row is not two finite numbers, or f is not finite somewhere in the plot
 * @example
 * plots.descentPath(f, [[-3, 4], [-2.4, 3.2], [-1.92, 2.56]]).description;
 * // "Path of gradient descent over contours, 3 points, from (-3, 4) to (-1.92, 2.56)."
 */
export function descentPath(f: ScalarField, points: Rows, options: DescentPathOptions = {}): Plot {
  checkFunction("descentPath", "f", f);
  checkOptions("descentPath", options, ["x", "y", "xTitle", "yTitle", "title"]);
  checkTexts("descentPath", options, ["xTitle", "yTitle", "title"]);
  const { xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle } = options;
  const path = pairsOf("descentPath", "points", points);
  const { x = around(path.map(([x0]) => x0)), y = around(path.map(([, x1]) => x1)) } = options;
  checkRange("descentPath", "x", x);
  checkRange("descentPath", "y", y);
  const kept = placesOnPath(path, [x, y]);
  const values = kept.map((step) => ({
    step,
    x: short(path[step][0]),
    y: short(path[step][1]),
    end: endOf(step, path.length),
  }));
  const spec = {
    title: options.title,
    ...frameOf(x, y, SIZE),
    datasets: { contours: contours("descentPath", f, x, y) },
    encoding: plane(x, y, xTitle, yTitle),
    layer: [contourLayer(), ...zeroLines(), { data: { values }, layer: pathMarks(x, y, xTitle, yTitle) }],
  };
  const pointText = (point: readonly number[]): string => `(${point.map((value) => short(value)).join(", ")})`;
  const ends = `from ${pointText(path[0])} to ${pointText(path[path.length - 1])}`;
  const text = `Path of gradient descent over contours, ${pointsText(path.length, kept.length)}, ${ends}.`;
  return new Plot(spec, text, "descent-path");
}

/** The two axes of the plane, which the layers share. */
export function plane(x: Range, y: Range, xTitle: string, yTitle: string): object {
  const scale = { nice: false, zero: false };
  return {
    x: { type: "quantitative", title: xTitle, axis: { grid: false }, scale: { ...scale, domain: x } },
    y: { type: "quantitative", title: yTitle, axis: { grid: false }, scale: { ...scale, domain: y } },
  };
}

/** Dashed lines through 0, where the minimum of the book's function is. */
export function zeroLines(): object[] {
  const mark = { type: "rule", color: palette.blue, strokeDash: [6, 4], strokeWidth: 1, clip: true };
  return ["x", "y"].map((axis) => ({ mark, data: { values: [{}] }, encoding: { [axis]: { datum: 0 } } }));
}

function endOf(step: number, length: number): "start" | "end" | "" {
  if (step === 0) return "start";
  return step === length - 1 ? "end" : "";
}

/** The line, its points, and the texts at both ends. A row of the data has the fields step, x, y and end. */
export function pathMarks(xRange: Range, yRange: Range, xTitle: string, yTitle: string): object[] {
  const x = { field: "x", type: "quantitative" };
  const y = { field: "y", type: "quantitative" };
  const inside = `inrange(datum.x, [${xRange.join(", ")}]) && inrange(datum.y, [${yRange.join(", ")}])`;
  const fill = {
    condition: [
      { test: "datum.end === 'start'", value: "white" },
      { test: "datum.end === 'end'", value: palette.vermillion },
    ],
    value: palette.blue,
  };
  return [
    {
      mark: { type: "line", color: palette.blue, strokeWidth: 1, clip: true },
      encoding: { x, y, order: { field: "step" } },
    },
    {
      mark: { type: "point", size: 45, stroke: palette.blue, strokeWidth: 1.5, opacity: 1, clip: true },
      encoding: {
        x,
        y,
        fill,
        tooltip: [{ field: "step" }, { field: "x", title: xTitle }, { field: "y", title: yTitle }],
      },
    },
    {
      // not clipped: at the upper edge a text would be cut
      transform: [{ filter: `datum.end !== '' && ${inside}` }],
      mark: { type: "text", align: "left", dx: 8, dy: -6, fontSize: 11 },
      encoding: { x, y, text: { field: "end", type: "nominal" } },
    },
  ];
}
