import { checkFinite, checkFunction, checkOptions, checkTexts, got, shortly } from "../checks";
import { slopeFor } from "../differentiation";
import { closerLook, samples, type Point } from "./course";
import { functionText, type Drawn, type NamedFunction, type Tangent } from "./functionText";
import { Plot } from "./plot";
import { checkRange, extent, widened, type Range } from "./range";
import { coloursOf, MOST_COLOURS } from "./series";
import { lineSymbols, palette } from "./theme";
import { short } from "./values";

/** A function of one number. The legend shows the label or, if there is none, the name of the function. */
export type Curve = ((x: number) => number) | { readonly f: (x: number) => number; readonly label: string };

/** The options of `plots.functionPlot`. */
export interface FunctionPlotOptions {
  /** The left end of the horizontal axis; -5 by default. */
  readonly from?: number;
  /** The right end of the horizontal axis; 5 by default. */
  readonly to?: number;
  /** The ends of the vertical axis; by default the curves fit in. */
  readonly y?: Range;
  /** One x or several at which a tangent of each curve is drawn. */
  readonly tangentAt?: number | readonly number[];
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title of the vertical axis. */
  readonly yTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

const DEFAULTS = { from: -5, to: 5, tangentAt: [] as readonly number[], xTitle: "x", yTitle: "f(x)" };
/** A legend names at most so many places of tangents. */
const MOST_PLACES = 3;

/**
 * Plots one curve or several, and their tangents at the given points. A curve has a gap where the function jumps, for
 * it has no slope there, and where it is NaN or infinite. The slope of a tangent is the central difference.
 *
 * @param curves - a function of a number, a function with a label, or a list of these
 * @param options - `from`, `to`, `y`, `tangentAt`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there is no function or more than 7, the ends are not a range, all functions are NaN or
 * infinite everywhere, or one is at the place of a tangent
 * @example
 * plots.functionPlot((x) => 0.01 * x ** 2 + 0.1 * x, { from: 0, to: 20, tangentAt: 5 }).description;
 * // "Plot of f(x) for x from 0 to 20: f from 0 to 6; the dashed tangent of f at 5 has slope 0.2."
 * plots.functionPlot(Math.floor, { from: 0, to: 3 }).description;
 * // "Plot of f(x) for x from 0 to 3: floor from 0 to 3, with jumps at 1, 2, 3."
 */
export function functionPlot(curves: Curve | readonly Curve[], options: FunctionPlotOptions = {}): Plot {
  checkOptions("functionPlot", options, [...Object.keys(DEFAULTS), "y", "title"]);
  checkTexts("functionPlot", options, ["xTitle", "yTitle", "title"]);
  const { from = DEFAULTS.from, to = DEFAULTS.to, xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle } = options;
  checkRange("functionPlot", "x", [from, to]);
  if (options.y !== undefined) checkRange("functionPlot", "y", options.y);
  const named = nameCurves(curves).map((curve) => ({ ...curve, samples: samples(finite(curve), [from, to]) }));
  const height = options.y ?? verticalRange(named.flatMap(({ samples: points }) => points));
  const drawn = named.map((curve) => ({ ...curve, ...closerLook(finite(curve), curve.samples, height) }));
  const tangents = drawn.flatMap((curve) => tangentsOf(curve, placesOf(options), [from, to]));
  const spec = {
    title: options.title,
    width: 420,
    height: 300,
    encoding: lineLook(drawn, tangents),
    layer: [
      curveLayer(drawn, [from, to], xTitle, yTitle, height),
      ...(tangents.length === 0 ? [] : [tangentLayer(tangents, xTitle)]),
    ],
  };
  return new Plot(spec, functionText(drawn, tangents, [from, to], xTitle, yTitle), "function");
}

function nameCurves(curves: Curve | readonly Curve[]): NamedFunction[] {
  const list = Array.isArray(curves) ? (curves as readonly Curve[]) : [curves as Curve];
  if (list.length === 0) throw new RangeError("functionPlot: curves = []: wanted at least one function");
  if (list.length > MOST_COLOURS)
    throw new RangeError(`functionPlot: ${list.length} curves: wanted at most ${MOST_COLOURS}`);
  const named = list.map((curve, i) => nameCurve(curve, i, list.length));
  // two lines of one name would be drawn as one
  return named.map(({ f, label }, i) => {
    const before = named.slice(0, i).filter((other) => other.label === label).length;
    return { f, label: before === 0 ? label : `${label} (${before + 1})` };
  });
}

function nameCurve(curve: Curve, i: number, count: number): NamedFunction {
  const named = typeof curve === "function" ? { f: curve, label: curve.name || `f${count > 1 ? i + 1 : ""}` } : curve;
  const given = named as typeof named | null | undefined;
  if (typeof given?.f !== "function")
    throw new TypeError(`${got("functionPlot", `curves[${i}]`, curve)}: wanted a function`);
  checkFunction("functionPlot", `curves[${i}]`, given.f);
  if (typeof named.label !== "string")
    throw new TypeError(`${got("functionPlot", `curves[${i}].label`, named.label)}: wanted a text`);
  return named;
}

/** The function with NaN in place of infinities. */
function finite({ label, f }: NamedFunction): (x: number) => number {
  return (x) => {
    const y = f(x);
    if (typeof y !== "number") throw new TypeError(`functionPlot: ${label}(${x}) = ${shortly(y)}: wanted a number`);
    return Number.isFinite(y) ? y : NaN;
  };
}

/** The range of the curves and a tenth more above and below, so that a tangent can be seen beyond its curve. */
function verticalRange(points: readonly Point[]): Range {
  const values = points.map(({ y }) => y).filter((y) => !Number.isNaN(y));
  if (values.length === 0)
    throw new RangeError("functionPlot: functions that are NaN or infinite everywhere: wanted a number to draw");
  return widened(extent(values), 0.1);
}

function placesOf({ tangentAt }: FunctionPlotOptions): readonly number[] {
  if (tangentAt === undefined || typeof tangentAt === "number") return tangentAt === undefined ? [] : [tangentAt];
  if (Array.isArray(tangentAt)) return tangentAt as readonly number[];
  throw new TypeError(`${got("functionPlot", "tangentAt", tangentAt)}: wanted a number or a list of numbers`);
}

function tangentsOf({ label, f }: NamedFunction, places: readonly number[], range: Range): Tangent[] {
  const name = places.length > MOST_PLACES ? `tangents of ${label}` : `tangent of ${label} at ${places.join(", ")}`;
  return places.map((x) => ({ of: label, label: name, ...tangent(label, f, x, range) }));
}

function tangent(label: string, f: (x: number) => number, x: number, [from, to]: Range): Omit<Tangent, "of" | "label"> {
  checkFinite("functionPlot", "tangentAt", x);
  const y = f(x);
  const slope = slopeFor("functionPlot", f, x);
  if (!Number.isFinite(y) || !Number.isFinite(slope))
    throw new RangeError(`functionPlot: tangentAt = ${x}, where ${label} is NaN or infinite: wanted a finite value`);
  const at = (x2: number): number => short(y + slope * (x2 - x));
  return { x, y: short(y), slope: short(slope), x1: from, y1: at(from), x2: to, y2: at(to) };
}

/** Colours and dashes of curves and tangents, and a legend of both unless there is one curve alone. */
function lineLook(drawn: readonly Drawn[], tangents: readonly Tangent[]): object {
  const colours = coloursOf(drawn.length);
  const curves = drawn.map(({ label }, i) => ({ label, colour: colours[i], dash: [1, 0] }));
  const dashed = curves.flatMap(({ label, colour }) => {
    const own = tangents.find(({ of }) => of === label);
    return own === undefined ? [] : [{ label: own.label, colour, dash: [6, 4] }];
  });
  const all = [...curves, ...dashed];
  const columns = dashed.length === 0 ? {} : { columns: 2 };
  const legend = all.length > 1 ? { title: null, orient: "top", ...columns, ...lineSymbols } : null;
  const channel = { field: "label", type: "nominal", legend };
  const domain = all.map(({ label }) => label);
  return {
    color: { ...channel, scale: { domain, range: all.map(({ colour }) => colour) } },
    strokeDash: { ...channel, scale: { domain, range: all.map(({ dash }) => dash) } },
  };
}

function curveLayer(drawn: readonly Drawn[], [from, to]: Range, xTitle: string, yTitle: string, height: Range): object {
  const values = drawn.map(({ label, points }) => ({
    label,
    x: points.map(({ x }) => x),
    y: points.map(({ y }) => (Number.isNaN(y) ? null : short(y))),
  }));
  return {
    data: { values },
    transform: [{ flatten: ["x", "y"] }],
    mark: { type: "line", clip: true },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, scale: { domain: [from, to], nice: false } },
      y: { field: "y", type: "quantitative", title: yTitle, scale: { domain: height, nice: false, zero: false } },
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
    { field: "of", title: "tangent of" },
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
      { mark: { type: "rule", strokeWidth: 1.5, clip: true }, encoding: { ...ends, tooltip } },
      {
        mark: { type: "point", filled: true, size: 60, opacity: 1, stroke: palette.ink, strokeWidth: 0.5 },
        encoding: { ...touching, tooltip },
      },
    ],
  };
}
