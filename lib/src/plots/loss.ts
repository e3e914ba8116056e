import { checkOptions, checkTexts, checkWhole } from "../checks";
import { lossColour } from "./lossChannels";
import { movingAverage } from "./movingAverage";
import { Plot } from "./plot";
import { pointsText, reduced } from "./reduction";
import { coloursOf, courseText, dashesOf, isList, memberOf, MOST_LINES, namedSeries, type Named } from "./series";
import { lineSymbols } from "./theme";
import { numbersWithGaps, short, type Numbers } from "./values";

/** The options of `plots.loss`. */
export interface LossOptions {
  /** Draws only the iterations before this one. */
  readonly iterations?: number;
  /** Also draws for each iteration the mean of so many losses around it, so that the trend is visible in the noise. */
  readonly movingAverage?: number;
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

interface Series {
  /** A single list has no name. */
  readonly name?: string;
  readonly losses: ArrayLike<number>;
  readonly means?: ArrayLike<number>;
}

/** A row of the data, which Vega unfolds: a tenth of the text that a row for each loss would take. */
interface Row {
  readonly line: string;
  readonly iteration: readonly number[];
  readonly loss: readonly (number | null)[];
}

const WIDTH = 420;
const HEIGHT = 300;
const BATCH = "each batch";

/**
 * Plots the loss of each mini-batch against the iteration: of one training or, with names, of several. Dragging moves
 * the plot along the iterations, and the mouse wheel zooms. Of a list that has more losses than the picture has pixels
 * for, those are drawn that give the same picture; to look closer, plot a part: `plots.loss(trainLoss.slice(0, 500))`.
 *
 * @param trainLoss - one loss for each iteration, as train() records them, or several such lists by name; a NaN leaves
 * a gap
 * @param options - `iterations`, `movingAverage`, `xTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError for an empty list, an infinite loss, and options that are not whole numbers above 0
 * @example
 * plots.loss([2.3, 1.1, 0.4]).description; // "Line plot of loss against iteration, 3 points: from 2.3 to 0.4."
 * plots.loss({ "rate 0.1": [2.3, 2.1, 1.9], "rate 1": [2.3, 1.2, 0.6] }, { movingAverage: 2 })
 */
export function loss(trainLoss: Numbers, options?: LossOptions): Plot;
export function loss(trainLoss: Named<Numbers>, options?: LossOptions): Plot;
export function loss(trainLoss: Numbers | Named<Numbers>, options: LossOptions = {}): Plot {
  checkOptions("loss", options, ["iterations", "movingAverage", "xTitle", "title"]);
  checkTexts("loss", options, ["xTitle", "title"]);
  const { xTitle = "iteration", title, movingAverage: count, iterations } = options;
  if (count !== undefined) checkWhole("loss", "movingAverage", count, 1);
  if (iterations !== undefined) checkWhole("loss", "iterations", iterations, 1);
  const series = readSeries(trainLoss).map(({ name, losses }) => ({
    name,
    losses: losses.slice(0, iterations),
    // of all losses: those after the last iteration that is drawn are around it too
    ...(count !== undefined && { means: movingAverage(losses, count).slice(0, iterations) }),
  }));
  const [batches, means] = rowsOf(series, count);
  const spec = { title, width: WIDTH, height: HEIGHT, ...layers(series, batches, means, xTitle, count) };
  return new Plot(spec, describe(series, batches, xTitle, count), "loss");
}

function readSeries(given: Numbers | Named<Numbers>): { name?: string; losses: number[] }[] {
  if (isList(given)) return [{ losses: numbersWithGaps("loss", "trainLoss", given as Numbers) }];
  const wanted = "a list or an array of numbers, or several by name";
  return namedSeries("loss", "trainLoss", given as Named<Numbers>, MOST_LINES, wanted).map(([name, list]) => ({
    name,
    losses: numbersWithGaps("loss", memberOf("trainLoss", name), list),
  }));
}

function rowsOf(series: readonly Series[], count = 0): [Row[], Row[]] {
  const end = Math.max(...series.map(({ losses }) => losses.length)) - 1;
  const row = (line: string, losses: ArrayLike<number>): Row => {
    const { x, y } = reduced(
      Array.from(losses, (_, i) => i),
      losses,
      [0, end],
      WIDTH,
    );
    return { line, iteration: x, loss: y };
  };
  return [
    series.map(({ name = BATCH, losses }) => row(name, losses)),
    series.flatMap(({ name = meanText(count), means }) => (means === undefined ? [] : [row(name, means)])),
  ];
}

function meanText(count: number): string {
  return `mean of ${count} around`;
}

function layers(
  series: readonly Series[],
  batches: readonly Row[],
  means: readonly Row[],
  xTitle: string,
  count: number | undefined,
): object {
  const named = series[0].name !== undefined;
  const look = named
    ? namesLook(series, count)
    : { color: lossColour([BATCH, ...(count === undefined ? [] : [meanText(count)])]) };
  const pale = named && count !== undefined ? { opacity: 0.35 } : {};
  const zoom = [{ name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" }];
  return {
    encoding: { ...axes(xTitle), ...look },
    layer: [
      { params: zoom, ...layer(batches, { strokeWidth: 1, ...pale }) },
      ...(means.length === 0 ? [] : [layer(means, {})]),
    ],
  };
}

function layer(values: readonly Row[], mark: object): object {
  return {
    data: { values },
    transform: [{ flatten: ["iteration", "loss"] }],
    mark: { type: "line", clip: true, ...mark },
  };
}

function axes(xTitle: string): object {
  const x = { field: "iteration", type: "quantitative", title: xTitle };
  const y = { field: "loss", type: "quantitative", title: "loss" };
  return {
    x: { ...x, axis: { tickMinStep: 1 }, scale: { nice: false } },
    y: { ...y, scale: { zero: true } },
    tooltip: [{ field: "line" }, x, { ...y, format: ".4f" }],
  };
}

/** A colour for each name, in a legend beside the picture, where it hides no line. */
function namesLook(series: readonly Series[], count: number | undefined): object {
  const domain = series.map(({ name }) => name);
  const title = count === undefined ? null : [`${meanText(count)};`, `pale: ${BATCH}`];
  const channel = { field: "line", type: "nominal", legend: { title, ...lineSymbols } };
  return {
    color: { ...channel, scale: { domain, range: coloursOf(domain.length) } },
    strokeDash: { ...channel, scale: { domain, range: dashesOf(domain.length) } },
  };
}

function describe(series: readonly Series[], batches: readonly Row[], xTitle: string, count = 0): string {
  const lines = series.map(({ name, losses, means }, i) => {
    const points = pointsText(losses.length, batches[i].loss.length);
    const mean =
      means === undefined
        ? ""
        : `; its ${meanText(count)} from ${short(means[0])} to ${short(means[means.length - 1])}`;
    return `${name === undefined ? "" : `${name}, `}${points}: ${courseText(losses)}${mean}`;
  });
  return `Line plot of loss against ${xTitle}${series[0].name === undefined ? "," : ":"} ${lines.join("; ")}.`;
}
