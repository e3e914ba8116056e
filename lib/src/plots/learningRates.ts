import { checkFunction, checkOptions, checkPositive, checkTexts, checkWhole } from "../checks";
import * as math from "../math";
import { wrap } from "../np/internal";
import { descendFor } from "../training";
import { contourLayer, contours } from "./contours";
import { pathMarks, plane, zeroLines, type DescentPathOptions } from "./descentPath";
import type { ScalarField } from "./gradientField";
import { frameOf } from "./frame";
import { Plot } from "./plot";
import { around, checkRange, visible, type Range } from "./range";
import { placesOnPath } from "./reduction";
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

/** The points of a path that can be seen, in columns, which Vega unfolds. */
interface Path {
  readonly rate: number;
  readonly step: readonly number[];
  readonly x: readonly number[];
  readonly y: readonly number[];
}

const DEFAULTS = { steps: 20, xTitle: "X0", yTitle: "X1" };
/** A slider has at least 50 stops and at most about 125. */
const MOST_STOPS = 125;
/** The rate that a slider shows first, if it is on it: the one that the book begins with. */
const FIRST_RATE = 0.1;
/** The most steps of a path: the notebook stores every step of every path. */
const MOST_STEPS = 10000;

/**
 * Plots how gradient descent depends on the learning rate: a path for each rate, side by side, or one path with a
 * slider for the rate, which begins at 0.1. If the rate is too large, the path jumps back and forth or leaves the plot;
 * if it is too small, the path is short. A path ends where it leaves the plot. Both axes have the same scale, unless
 * one range is more than three times the other.
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
  const stops = isRange(rates) ? stopsOf(rates) : undefined;
  const all = stops?.rates ?? readRates(rates as Numbers);
  const paths = all.map((rate) => descend(f, origin, rate, settings.steps, [x, y]));
  const panel = (values: readonly Path[], transform: readonly object[]): object => ({
    ...frameOf(x, y, stops === undefined ? 240 : 360),
    encoding: plane(x, y, xTitle, yTitle),
    layer: [
      contourLayer(),
      ...zeroLines(),
      {
        data: { values },
        transform: [...transform, ...unfold(settings.steps)],
        layer: pathMarks(x, y, xTitle, yTitle),
      },
    ],
  });
  const spec = stops === undefined ? sideBySide(panel, paths) : withSlider(panel, paths, stops);
  const datasets = { contours: contours("learningRates", f, x, y) };
  return new Plot(
    { datasets, ...spec, ...(options.title !== undefined && { title: options.title }) },
    describe(paths, origin, settings.steps, [x, y], stops),
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

function readRates(rates: Numbers): number[] {
  return checkRates(finiteNumbers("learningRates", "rates", rates));
}

/** The rates of a slider: its ends, and the multiples of a round step between them. */
interface Stops {
  readonly rates: readonly number[];
  readonly step: number;
  readonly first: number;
}

function stopsOf({ from, to }: RateRange): Stops {
  checkRange("learningRates", "rates", [from, to]);
  checkRates([from]);
  const step = roundStep((to - from) / MOST_STOPS);
  const least = Math.floor(from / step) + 1;
  const inner = Array.from({ length: Math.ceil(to / step) - least }, (_, i) => short((least + i) * step));
  const rates = [from, ...inner.filter((rate) => rate > from && rate < to), to].map((rate) => short(rate));
  const wanted = FIRST_RATE >= from && FIRST_RATE <= to ? FIRST_RATE : from + (to - from) / 10;
  const first = rates.reduce((best, rate) => (Math.abs(rate - wanted) < Math.abs(best - wanted) ? rate : best));
  return { rates, step, first };
}

/** The smallest of 1, 2, 5, 10 ... times a power of ten that is not smaller. */
function roundStep(least: number): number {
  const power = Number(`1e${Math.floor(math.log10(least))}`);
  return [1, 2, 5, 10].map((times) => short(times * power)).find((step) => step >= least) ?? 10 * power;
}

function checkRates(rates: number[]): number[] {
  const at = rates.findIndex((rate) => rate <= 0);
  if (at >= 0) checkPositive("learningRates", `rates[${at}]`, rates[at]);
  return rates;
}

function descend(
  f: ScalarField,
  origin: readonly number[],
  rate: number,
  steps: number,
  view: readonly [Range, Range],
): Path {
  const points = [origin.slice()];
  descendFor("learningRates", f, wrap("float64", Float64Array.from(origin), [2]), {
    learningRate: rate,
    steps,
    onStep: ({ x }) => points.push(Array.from(x.data)),
  });
  // points beyond 1e6 are far outside of the plot, and larger ones would soon overflow
  const gone = points.findIndex((point) => !point.every((value) => Math.abs(value) < 1e6));
  const path = gone < 0 ? points : points.slice(0, gone);
  const seen = placesOnPath(path, view);
  const column = (axis: 0 | 1): number[] => seen.map((step) => Number(path[step][axis].toPrecision(4)));
  return { rate: short(rate), step: seen, x: column(0), y: column(1) };
}

/** The transforms that make a row for each point of the visible path, with the fields that pathMarks needs. */
function unfold(steps: number): object[] {
  return [
    { flatten: ["step", "x", "y"] },
    { calculate: `datum.step === 0 ? 'start' : datum.step === ${steps} ? 'end' : ''`, as: "end" },
  ];
}

type Panel = (values: readonly Path[], transform: readonly object[]) => object;

function sideBySide(panel: Panel, paths: readonly Path[]): object {
  // at most three in a row: more would be wider than a page
  const columns = paths.length <= 3 ? paths.length : Math.min(3, Math.ceil(paths.length / 2));
  return { columns, concat: paths.map((path) => ({ title: `learning rate ${path.rate}`, ...panel([path], []) })) };
}

function withSlider(panel: Panel, paths: readonly Path[], { rates, step, first }: Stops): object {
  const [from, to] = [rates[0], rates[rates.length - 1]];
  // the slider moves along the multiples of its step; at its ends, which need not be some, it shows these
  const [min, max] = [short(Math.floor(from / step + 1e-9) * step), short(Math.ceil(to / step - 1e-9) * step)];
  const bind = { input: "range", min, max, step, name: "learning rate " };
  const shown = `clamp(round(rate / ${step}) * ${step}, ${from}, ${to})`;
  return {
    title: { text: { expr: "'learning rate ' + format(shown, '.4~f')" } },
    params: [
      { name: "rate", value: first, bind },
      { name: "shown", expr: shown },
    ],
    ...panel(paths, [{ filter: `abs(datum.rate - shown) < ${step / 1000}` }]),
  };
}

function describe(
  paths: readonly Path[],
  origin: readonly number[],
  steps: number,
  view: readonly [Range, Range],
  stops?: Stops,
): string {
  const opening = `Paths of gradient descent from (${origin.map((value) => short(value)).join(", ")}), ${steps} steps`;
  const endText = ({ rate, step, x, y }: Path): string => {
    const gone = step[step.length - 1] < steps ? "flies off after" : "ends at";
    // what is left of 0 is rounding
    const place = [x, y].map((column, axis) => visible(column[column.length - 1], view[axis], 7));
    return `rate ${rate} ${gone} (${place.join(", ")})`;
  };
  if (stops === undefined) return `${opening}: ${paths.map(endText).join("; ")}.`;
  const slider = `with a slider for the learning rate from ${paths[0].rate} to ${paths[paths.length - 1].rate}`;
  return `${opening}, ${slider}; shown: ${endText(paths.find(({ rate }) => rate === stops.first)!)}.`;
}
