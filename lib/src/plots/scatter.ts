import { checkOptions, checkSwitch, checkTexts, got } from "../checks";
import { checkClasses, classChannels, distinct, pointMark, wholeNumbers, type ClassName } from "./classes";
import { frameOf } from "./frame";
import { Plot } from "./plot";
import { checkRange, extent, widened, type Range } from "./range";
import { grouped, pointsText } from "./reduction";
import { palette } from "./theme";
import { pairsOf, sameLength, short, type Numbers, type Rows } from "./values";

/** The options of `plots.scatter`. */
export interface ScatterOptions {
  /** The class of each point: whole numbers, or texts that name the classes. */
  readonly labels?: Numbers | readonly string[];
  /** The ends of the first axis; by default all points are in the picture. */
  readonly x?: Range;
  /** The ends of the second axis. */
  readonly y?: Range;
  /** Whether both axes have the same scale; by default so, unless one range is more than three times the other. */
  readonly equalScales?: boolean;
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

type Point = readonly [number, number];

const SIZE = 360;
const DEFAULTS = { xTitle: "x1", yTitle: "x2" };

/**
 * Plots points of the plane. Each class has a colour and a shape of its own, so that nobody needs to distinguish
 * colours.
 *
 * @param points - shape (N,2), or one row `[x1, x2]` for each point
 * @param options - `labels`, `x`, `y`, `equalScales`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there are no points, a row is not two finite numbers, there are not as many labels as points, a
 * label is no whole number, or there are more than 20 classes
 * @example
 * plots.scatter([[0, 0], [1, 1], [3, 1]], { labels: [0, 1, 1] }).description;
 * // "Scatter plot of 3 points, x1 from 0 to 3 and x2 from 0 to 1: 1 of class 0 around (0, 0), 2 of class 1 around
 * // (2, 1)."
 */
export function scatter(points: Rows, options: ScatterOptions = {}): Plot {
  checkOptions("scatter", options, ["labels", "x", "y", "equalScales", "title", ...Object.keys(DEFAULTS)]);
  checkTexts("scatter", options, ["xTitle", "yTitle", "title"]);
  checkSwitch("scatter", "equalScales", options.equalScales);
  const { xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle } = options;
  const places = pairsOf("scatter", "points", points);
  const labels = options.labels === undefined ? undefined : readLabels(options.labels, places.length);
  const classes = distinct(labels ?? []);
  const { x = rangeOf(places, 0), y = rangeOf(places, 1) } = options;
  checkRange("scatter", "x", x);
  checkRange("scatter", "y", y);
  const spec = {
    title: options.title,
    ...frameOf(x, y, SIZE, options.equalScales),
    data: { values: places.map((place, i) => rowOf(place, labels?.[i])) },
    mark: { ...pointMark(places.length), ...(labels === undefined && { color: palette.blue }) },
    encoding: {
      x: axis("x1", xTitle, x),
      y: axis("x2", yTitle, y),
      ...(labels && classChannels("class", classes, "class")),
      tooltip: [
        { field: "x1", title: xTitle },
        { field: "x2", title: yTitle },
        ...(labels ? [{ field: "class" }] : []),
      ],
    },
  };
  return new Plot(spec, describe(places, labels, classes, xTitle, yTitle), "scatter");
}

/** A little more than the points reach, so that those at the edge are whole. */
function rangeOf(places: readonly Point[], axis: 0 | 1): Range {
  return widened(extent(places.map((place) => place[axis])), 0.05);
}

function rowOf([x1, x2]: Point, label: ClassName | undefined): object {
  return { x1: short(x1), x2: short(x2), ...(label !== undefined && { class: String(label) }) };
}

function axis(field: string, title: string, domain: Range): object {
  return { field, type: "quantitative", title, scale: { domain, nice: false, zero: false } };
}

function readLabels(given: Numbers | readonly string[], count: number): ClassName[] {
  const isTexts = Array.isArray(given) && typeof given[0] === "string";
  const labels: ClassName[] = isTexts
    ? readTexts(given as readonly string[])
    : wholeNumbers("scatter", "labels", given as Numbers);
  sameLength("scatter", { points: count, labels: labels.length });
  checkClasses("scatter", "labels", distinct(labels));
  return labels;
}

function readTexts(given: readonly unknown[]): string[] {
  const at = given.findIndex((label) => typeof label !== "string");
  if (at >= 0) throw new TypeError(`${got("scatter", `labels[${at}]`, given[at])}: wanted a text, as the first is`);
  return given as string[];
}

function describe(
  places: readonly Point[],
  labels: readonly ClassName[] | undefined,
  classes: readonly ClassName[],
  xTitle: string,
  yTitle: string,
): string {
  const rangeText = ([from, to]: Range): string => `from ${short(from)} to ${short(to)}`;
  const [x, y] = [0, 1].map((axis) => rangeText(extent(places.map((place) => place[axis]))));
  const groups = classes.map((name) => {
    const own = places.filter((_, i) => labels?.[i] === name);
    const [x1, x2] = [0, 1].map((axis) => own.reduce((sum, place) => sum + place[axis], 0) / own.length);
    return `${grouped(own.length)} of class ${name} around (${round(x1)}, ${round(x2)})`;
  });
  const said = groups.length === 0 ? "" : `: ${groups.join(", ")}`;
  return `Scatter plot of ${pointsText(places.length)}, ${xTitle} ${x} and ${yTitle} ${y}${said}.`;
}

const round = (value: number): number => Number(value.toPrecision(3));
