import { checkFunction, checkOptions, checkPositive, checkTexts, checkWhole } from "../checks";
import { wrap } from "../np/internal";
import { descendFor } from "../training";
import { contourLayer, contours } from "./contours";
import { pathMarks, plane, zeroLines, type DescentPathOptions } from "./descentPath";
import type { ScalarField } from "./gradientField";
import { Plot } from "./plot";
import { around, checkRange, spread } from "./range";
import { finiteNumbers, short, type Numbers } from "./values";

/** The options of `plots.learningRates`. */
export interface LearningRatesOptions extends DescentPathOptions {
  /** How many steps each path has; 20 by default. */
  readonly steps?: number;
}

/** The ends of a slider. */
export interface RateRange {
  /** The smallest rate. */
  readonly from: number;
  /** The largest rate. */
  readonly to: number;
}

interface Path {
  readonly rate: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const DEFAULTS = { steps: 20, xTitle: "X0", yTitle: "X1" };
const SLIDER_STOPS = 60;
/** The most steps of a path: the notebook stores every step of every path. */
const MOST_STEPS = 10000;

/**
 * Plots how gradient descent depends on the learning rate: a path for each rate, side by side, or one path with a
 * slider for the rate. If the rate is too large, the path jumps back and forth or leaves the plot; if it is too small,
 * the path is short. A path ends where it leaves the plot.
 *
 * @param f - the function that gradient descent minimizes
 * @param start - `[x0, x1]`
 * @param rates - the rates of the panels, or the ends of the slider
 * @param options - `steps`, `x`, `y`, `xTitle`, `yTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError if there are no rates, a rate is not above 0, or start is not two finite numbers
 * @example
 * plots.learningRates(f, [-3, 4], [0.9, 0.01], { steps: 20 }).description;
 * // "Paths of gradient descent from (-3, 4), 20 steps: rate 0.9 ends at (-0.03459, 0.04612); rate 0.01 ends at
 * // (-2.003, 2.67)."
 * plots.learningRates(f, [-3, 4], { from: 0.01, to: 1.05 }) // one picture with a slider
 */
export function learningRates(f: ScalarField, start: Numbers, rates: Numbers, options?: LearningRatesOptions): Plot;
export function learningRates(f: ScalarField, start: Numbers, rates: RateRange, options?: LearningRatesOptions): Plot;
export function learningRates(
  f: ScalarField,
  start: Numbers,
  rates: Numbers | RateRange,
  options: LearningRatesOptions = {},
): Plot {
  checkFunction("learningRates", "f", f);
  const settings = readSettings(options);
  const origin = finiteNumbers("learningRates", "start", start);
  if (origin.length !== 2) throw new RangeError(`learningRates: start of ${origin.length} values: wanted 2`);
  const { x = around([origin[0]]), y = around([origin[1]]), xTitle, yTitle } = settings;
  checkRange("learningRates", "x", x);
  checkRange("learningRates", "y", y);
  const sliding = isRange(rates);
  const paths = readRates(rates).map((rate) => descend(f, origin, rate, settings.steps));
  const panel = (values: readonly Path[], transform: readonly object[]): object => ({
    width: sliding ? 360 : 240,
    height: sliding ? 360 : 240,
    encoding: plane(x, y, xTitle, yTitle),
    layer: [
      contourLayer(),
      ...zeroLines(),
      { data: { values }, transform: [...transform, ...unfold(settings.steps)], layer: pathMarks(xTitle, yTitle) },
    ],
  });
  const spec = sliding ? withSlider(panel, paths) : sideBySide(panel, paths);
  const datasets = { contours: contours("learningRates", f, x, y) };
  return new Plot(
    { datasets, ...spec, ...(options.title !== undefined && { title: options.title }) },
    describe(paths, origin, settings.steps, sliding),
    "learning-rates",
  );
}

function readSettings(options: LearningRatesOptions): LearningRatesOptions & typeof DEFAULTS {
  checkOptions("learningRates", options, ["x", "y", "title", ...Object.keys(DEFAULTS)]);
  checkTexts("learningRates", options, ["xTitle", "yTitle", "title"]);
  const { steps = DEFAULTS.steps, xTitle = DEFAULTS.xTitle, yTitle = DEFAULTS.yTitle } = options;
  checkWhole("learningRates", "steps", steps, 0, MOST_STEPS);
  return { ...options, steps, xTitle, yTitle };
}

function isRange(rates: Numbers | RateRange): rates is RateRange {
  return typeof rates === "object" && rates !== null && "from" in rates && "to" in rates;
}

function readRates(rates: Numbers | RateRange): number[] {
  if (isRange(rates)) {
    const { from, to } = rates;
    checkRange("learningRates", "rates", [from, to]);
    return checkRates(spread([from, to], SLIDER_STOPS + 1));
  }
  return checkRates(finiteNumbers("learningRates", "rates", rates as Numbers));
}

function checkRates(rates: number[]): number[] {
  const at = rates.findIndex((rate) => rate <= 0);
  if (at >= 0) checkPositive("learningRates", `rates[${at}]`, rates[at]);
  return rates;
}

function descend(f: ScalarField, origin: readonly number[], rate: number, steps: number): Path {
  const points = [origin.slice()];
  descendFor("learningRates", f, wrap("float64", Float64Array.from(origin), [2]), {
    learningRate: rate,
    steps,
    onStep: ({ x }) => points.push(Array.from(x.data)),
  });
  // points beyond 1e6 are far outside of the plot, and larger ones would soon overflow
  const gone = points.findIndex((point) => !point.every((value) => Math.abs(value) < 1e6));
  const kept = gone < 0 ? points : points.slice(0, gone);
  const round = (value: number): number => Number(value.toPrecision(4));
  return {
    rate: short(rate),
    x: kept.map((point) => round(point[0])),
    y: kept.map((point) => round(point[1])),
  };
}

/** The transforms that make a row for each point of the visible path, with the fields that pathMarks needs. */
function unfold(steps: number): object[] {
  return [
    { flatten: ["x", "y"] },
    { window: [{ op: "row_number", as: "number" }] },
    { calculate: "datum.number - 1", as: "step" },
    { calculate: `datum.step === 0 ? 'start' : datum.step === ${steps} ? 'end' : ''`, as: "end" },
  ];
}

type Panel = (values: readonly Path[], transform: readonly object[]) => object;

function sideBySide(panel: Panel, paths: readonly Path[]): object {
  // at most three in a row: more would be wider than a page
  const columns = paths.length <= 3 ? paths.length : Math.min(3, Math.ceil(paths.length / 2));
  return { columns, concat: paths.map((path) => ({ title: `learning rate ${path.rate}`, ...panel([path], []) })) };
}

function withSlider(panel: Panel, paths: readonly Path[]): object {
  const first = paths[0].rate;
  const last = paths[paths.length - 1].rate;
  const step = (last - first) / SLIDER_STOPS;
  const bind = { input: "range", min: first, max: last, step, name: "learning rate " };
  return {
    title: { text: { expr: "'learning rate ' + format(rate, '.3~f')" } },
    params: [{ name: "rate", value: paths[Math.round(SLIDER_STOPS / 10)].rate, bind }],
    // the rate nearest to the slider's value, because the slider may round differently than we do
    ...panel(paths, [{ filter: `abs(datum.rate - rate) < ${step / 2}` }]),
  };
}

function describe(paths: readonly Path[], origin: readonly number[], steps: number, sliding: boolean): string {
  const opening = `Paths of gradient descent from (${origin.map((value) => short(value)).join(", ")}), ${steps} steps`;
  if (sliding)
    return `${opening}, with a slider for the learning rate from ${paths[0].rate} to ${paths[paths.length - 1].rate}.`;
  const ends = paths.map(({ rate, x, y }) => {
    const gone = x.length <= steps ? "flies off after" : "ends at";
    return `rate ${rate} ${gone} (${x[x.length - 1]}, ${y[y.length - 1]})`;
  });
  return `${opening}: ${ends.join("; ")}.`;
}
