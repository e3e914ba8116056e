import { checkOptions, checkTexts, checkWhole } from "../checks";
import { Plot } from "./plot";
import { lineSymbols, palette } from "./theme";
import { numbersWithGaps, short, type Numbers } from "./values";

/** The options of `plots.loss`. */
export interface LossOptions {
  /** Draws only the iterations before this one. */
  readonly iterations?: number;
  /** Also draws for each iteration the mean of the last so many losses, so that the trend is visible in the noise. */
  readonly movingAverage?: number;
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

/**
 * Plots the loss of each mini-batch against the iteration. Dragging moves the plot along the iterations, and the mouse
 * wheel zooms.
 *
 * @param trainLoss - one loss for each iteration, as train() records them; a NaN leaves a gap
 * @param options - `iterations`, `movingAverage`, `xTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError for an empty list, an infinite loss, and options that are not whole numbers above 0
 * @example
 * plots.loss([2.3, 1.1, 0.4]).description; // "Line plot of loss against iteration, 3 points: from 2.3 to 0.4."
 */
export function loss(trainLoss: Numbers, options: LossOptions = {}): Plot {
  checkOptions("loss", options, ["iterations", "movingAverage", "xTitle", "title"]);
  checkTexts("loss", options, ["xTitle", "title"]);
  const { xTitle = "iteration", title, movingAverage } = options;
  if (movingAverage !== undefined) checkWhole("loss", "movingAverage", movingAverage, 1);
  if (options.iterations !== undefined) checkWhole("loss", "iterations", options.iterations, 1);
  const losses = numbersWithGaps("loss", "trainLoss", trainLoss)
    .slice(0, options.iterations)
    .map((value) => short(value));
  const x = {
    field: "iteration",
    type: "quantitative",
    title: xTitle,
    axis: { tickMinStep: 1 },
    scale: { nice: false },
  };
  const lines =
    movingAverage === undefined
      ? [lossLine(xTitle, { color: { value: palette.blue } })]
      : withAverage(xTitle, movingAverage);
  const spec = {
    title,
    width: 420,
    height: 300,
    // one row with all losses, which Vega flattens: a tenth of the text that a row for each loss would take
    data: { values: [{ loss: losses }] },
    transform: [
      { flatten: ["loss"] },
      { window: [{ op: "row_number", as: "row" }] },
      { calculate: "datum.row - 1", as: "iteration" },
    ],
    encoding: { x },
    layer: lines,
  };
  const range = `from ${losses[0] ?? "NaN"} to ${losses.at(-1) ?? "NaN"}`;
  return new Plot(spec, `Line plot of loss against ${xTitle}, ${losses.length} points: ${range}.`, "loss");
}

/** Pale losses, their mean above them, and a legend at the upper right, where losses are rare. */
function withAverage(xTitle: string, count: number): object[] {
  const domain = ["each batch", `mean of ${count}`];
  const legend = { orient: "top-right", title: null, offset: 6, ...lineSymbols, symbolOpacity: 1 };
  const color = (datum: string) => ({
    color: { datum, type: "nominal", legend, scale: { domain, range: [palette.blue, palette.vermillion] } },
  });
  return [lossLine(xTitle, { ...color(domain[0]), opacity: { value: 0.35 } }), averageLine(count, color(domain[1]))];
}

function lossLine(xTitle: string, look: object): object {
  return {
    params: [{ name: "zoom", select: { type: "interval", encodings: ["x"] }, bind: "scales" }],
    mark: { type: "line", strokeWidth: 1, clip: true },
    encoding: {
      ...look,
      y: { field: "loss", type: "quantitative", title: "loss", scale: { zero: true } },
      tooltip: [
        { field: "iteration", title: xTitle },
        { field: "loss", title: "loss", format: ".4f" },
      ],
    },
  };
}

function averageLine(count: number, look: object): object {
  return {
    transform: [{ window: [{ op: "mean", field: "loss", as: "average" }], frame: [1 - count, 0] }],
    mark: { type: "line", clip: true },
    encoding: { ...look, y: { field: "average", type: "quantitative" } },
  };
}
