import { checkFinite, checkFunction, checkOptions, checkTexts, got, shortly } from "../checks";
import { slopeFor } from "../differentiation";
import { Plot } from "./plot";
import { checkRange, spread, type Range } from "./range";
import { lineSymbols, palette, seriesColours } from "./theme";
import { short } from "./values";

/** A function of one number. The legend shows the label or, if there is none, the name of the function. */
export type Curve = ((x: number) => number) | { readonly f: (x: number) => number; readonly label: string };

/** The options of `plots.functionPlot`. */
export interface FunctionPlotOptions {
  /** The left end of the horizontal axis; -5 by default. */
  readonly from?: number;
  /** The right end of the horizontal axis; 5 by default. */
  readonly to?: number;
  /** One x or several at which a tangent of each curve is drawn. */
  readonly tangentAt?: number | readonly number[];
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

interface Sampled {
  readonly label: string;
  readonly y: readonly (number | null)[];
}

interface Tangent {
  readonly label: string;
  readonly x: number;
  readonly y: number;
  readonly slope: number;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

const POINTS = 201;
const DEFAULTS = { from: -5, to: 5, tangentAt: [] as readonly number[], xTitle: "x", yTitle: "f(x)" };

/**
 * Plots one curve or several, and their tangents at the given points. The slope of a tangent is the central difference.
 *
 * @param curves - a function of a number, a function with a label, or a list of these
 * @param options - `from`, `to`, `tangentAt`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there is no function, the ends are not a range, or f is infinite somewhere; a NaN leaves a gap
 * @example
 * plots.functionPlot((x) => 0.01 * x ** 2 + 0.1 * x, { from: 0, to: 20, tangentAt: 5 }).description;
 * // "Plot of f(x) for x from 0 to 20: f from 0 to 6; the tangent of f at 5 has slope 0.2."
 */
export function functionPlot(curves: Curve | readonly Curve[], options: FunctionPlotOptions = {}): Plot {
  checkOptions("functionPlot", options, [...Object.keys(DEFAULTS), "title"]);
  checkTexts("functionPlot", options, ["xTitle", "yTitle", "title"]);
  const { from = DEFAULTS.from, to = DEFAULTS.to, xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle } = options;
  checkRange("functionPlot", "x", [from, to]);
  const named = nameCurves(curves);
  const sampled = named.map(({ label, f }) => ({
    label,
    y: spread([from, to], POINTS).map((x) => valueAt(label, f, x)),
  }));
  const domain = verticalRange(sampled);
  const tangents = named.flatMap(({ label, f }) => placesOf(options).map((x) => tangent(label, f, x, [from, to])));
  const spec = {
    title: options.title,
    width: 420,
    height: 300,
    encoding: { color: colours(sampled) },
    layer: [
      curveLayer(sampled, [from, to], xTitle, yTitle, domain),
      ...(tangents.length === 0 ? [] : [tangentLayer(tangents, xTitle)]),
    ],
  };
  return new Plot(spec, describe(sampled, tangents, [from, to], xTitle, yTitle), "function");
}

function nameCurves(curves: Curve | readonly Curve[]): { label: string; f: (x: number) => number }[] {
  const list = Array.isArray(curves) ? (curves as readonly Curve[]) : [curves as Curve];
  if (list.length === 0) throw new RangeError("functionPlot: curves = []: wanted at least one function");
  return list.map((curve, i) => {
    const named =
      typeof curve === "function" ? { f: curve, label: curve.name || `f${list.length > 1 ? i + 1 : ""}` } : curve;
    const given = named as typeof named | null | undefined;
    if (typeof given?.f !== "function")
      throw new TypeError(`${got("functionPlot", `curves[${i}]`, curve)}: wanted a function`);
    checkFunction("functionPlot", `curves[${i}]`, given.f);
    if (typeof named.label !== "string")
      throw new TypeError(`${got("functionPlot", `curves[${i}].label`, named.label)}: wanted a text`);
    return named;
  });
}

function valueAt(label: string, f: (x: number) => number, x: number): number | null {
  const y = f(x);
  if (typeof y !== "number") throw new TypeError(`functionPlot: ${label}(${x}) = ${shortly(y)}: wanted a number`);
  if (Math.abs(y) === Infinity)
    throw new RangeError(`functionPlot: ${label}(${x}) = ${y}: wanted a finite number or NaN`);
  return Number.isNaN(y) ? null : short(y);
}

/** The range of the curves and a tenth more above and below, so that a tangent can be seen beyond its curve. */
function verticalRange(sampled: readonly Sampled[]): Range {
  const values = sampled.flatMap(({ y }) => y).filter((y) => y !== null);
  if (values.length === 0)
    throw new RangeError("functionPlot: a function that is NaN everywhere: wanted a number to draw");
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const margin = low === high ? 1 : (high - low) / 10;
  return [short(low - margin), short(high + margin)];
}

function placesOf({ tangentAt }: FunctionPlotOptions): readonly number[] {
  if (tangentAt === undefined || typeof tangentAt === "number") return tangentAt === undefined ? [] : [tangentAt];
  if (Array.isArray(tangentAt)) return tangentAt as readonly number[];
  throw new TypeError(`${got("functionPlot", "tangentAt", tangentAt)}: wanted a number or a list of numbers`);
}

function tangent(label: string, f: (x: number) => number, x: number, [from, to]: Range): Tangent {
  checkFinite("functionPlot", "tangentAt", x);
  const y = f(x);
  const slope = slopeFor("functionPlot", f, x);
  const at = (x2: number): number => short(y + slope * (x2 - x));
  return { label, x, y: short(y), slope: short(slope), x1: from, y1: at(from), x2: to, y2: at(to) };
}

function colours(sampled: readonly Sampled[]): object {
  const domain = sampled.map(({ label }) => label);
  const legend = domain.length > 1 ? { title: null, orient: "top", ...lineSymbols } : null;
  return {
    field: "label",
    type: "nominal",
    legend,
    scale: { domain, range: domain.map((_, i) => seriesColours[i % seriesColours.length]) },
  };
}

function curveLayer(
  sampled: readonly Sampled[],
  [from, to]: Range,
  xTitle: string,
  yTitle: string,
  domain: Range,
): object {
  return {
    data: { values: sampled },
    transform: [
      { flatten: ["y"] },
      { window: [{ op: "row_number", as: "row" }], groupby: ["label"] },
      { calculate: `${from} + (datum.row - 1) * ${(to - from) / (POINTS - 1)}`, as: "x" },
    ],
    mark: { type: "line", clip: true },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: { domain: [from, to], nice: false } },
      y: { field: "y", type: "quantitative", title: yTitle, scale: { domain, nice: false, zero: false } },
      tooltip: [
        { field: "label", title: "curve" },
        { field: "x", title: xTitle, format: ".4~g" },
        { field: "y", title: yTitle, format: ".4~g" },
      ],
    },
  };
}

function tangentLayer(tangents: readonly Tangent[], xTitle: string): object {
  const tooltip = [
    { field: "label", title: "tangent of" },
    { field: "x", title: `at ${xTitle}` },
    { field: "slope", format: ".4~g" },
  ];
  const ends = {
    x: { field: "x1", type: "quantitative" },
    x2: { field: "x2" },
    y: { field: "y1", type: "quantitative" },
    y2: { field: "y2" },
  };
  const touching = { x: { field: "x", type: "quantitative" }, y: { field: "y", type: "quantitative" } };
  return {
    data: { values: tangents },
    layer: [
      { mark: { type: "rule", strokeDash: [6, 4], strokeWidth: 1.5, clip: true }, encoding: { ...ends, tooltip } },
      {
        mark: { type: "point", filled: true, size: 60, opacity: 1, stroke: palette.ink, strokeWidth: 0.5 },
        encoding: { ...touching, tooltip },
      },
    ],
  };
}

function describe(
  sampled: readonly Sampled[],
  tangents: readonly Tangent[],
  [from, to]: Range,
  xTitle: string,
  yTitle: string,
): string {
  const ranges = sampled.map(({ label, y }) => {
    const values = y.filter((value) => value !== null);
    return `${label} from ${Math.min(...values)} to ${Math.max(...values)}`;
  });
  const lines = tangents.map(
    ({ label, x, slope }) => `the tangent of ${label} at ${x} has slope ${Number(slope.toPrecision(4))}`,
  );
  return `Plot of ${yTitle} for ${xTitle} from ${from} to ${to}: ${[...ranges, ...lines].join("; ")}.`;
}
