import { checkOptions, checkTexts, got } from "../checks";
import { ACCURACY_LINES, accuracyChannels } from "./accuracyChannels";
import { Plot } from "./plot";
import { numbersWithGaps, sameLength, short, type Numbers } from "./values";

/** The data of `plots.accuracy`: the result of `train` has these properties. */
export interface AccuracyHistory {
  /** One accuracy from 0 to 1 for each evaluation. */
  readonly trainAccuracy: Numbers;
  /** The accuracies on the test set: a list of the same length. */
  readonly testAccuracy: Numbers;
}

/** The options of `plots.accuracy`. */
export interface AccuracyOptions {
  /** The title of the horizontal axis. */
  readonly xTitle?: string;
  /** The title above the plot. */
  readonly title?: string;
}

/**
 * Plots training accuracy (solid) and test accuracy (dashed), from 0 to 1, against the number of the evaluation. The
 * legend is at the lower right.
 *
 * @param history - the result of train(), or the two lists; a NaN leaves a gap
 * @param options - `xTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError for empty, infinite or unequally long lists and for values outside 0 to 1
 * @example
 * plots.accuracy({ trainAccuracy: [0.1, 0.78], testAccuracy: [0.1, 0.79] }).description;
 * // "Line plot of accuracy against epochs, 2 points: train acc from 0.1 to 0.78, test acc from 0.1 to 0.79."
 */
export function accuracy(history: AccuracyHistory, options: AccuracyOptions = {}): Plot {
  checkOptions("accuracy", options, ["xTitle", "title"]);
  checkTexts("accuracy", options, ["xTitle", "title"]);
  const { xTitle = "epochs", title } = options;
  const series = readSeries(history);
  const values = series.flatMap(({ name, points }) => points.map((point, x) => ({ x, accuracy: point, series: name })));
  return new Plot(
    { title, width: 420, height: 300, data: { values }, ...lines(xTitle) },
    describe(xTitle, series),
    "accuracy",
  );
}

interface AccuracySeries {
  readonly name: string;
  readonly points: readonly (number | null)[];
}

function readSeries(history: AccuracyHistory): AccuracySeries[] {
  if (typeof history !== "object" || history === null) {
    throw new TypeError(`${got("accuracy", "history", history)}: wanted an object with trainAccuracy and testAccuracy`);
  }
  const { trainAccuracy, testAccuracy } = history;
  const train = accuracies("trainAccuracy", trainAccuracy);
  const test = accuracies("testAccuracy", testAccuracy);
  sameLength("accuracy", { trainAccuracy: train.length, testAccuracy: test.length });
  return [
    { name: ACCURACY_LINES[0], points: train },
    { name: ACCURACY_LINES[1], points: test },
  ];
}

function accuracies(argument: string, given: Numbers): (number | null)[] {
  const points = numbersWithGaps("accuracy", argument, given).map((point) => short(point));
  const at = points.findIndex((point) => point !== null && (point < 0 || point > 1));
  if (at >= 0) throw new RangeError(`accuracy: ${argument}[${at}] = ${points[at]}: wanted a share from 0 to 1`);
  return points;
}

function lines(xTitle: string): object {
  return {
    // the points are a target for the tooltip, and they make a single evaluation visible
    mark: { type: "line", point: { size: 24 } },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, axis: { tickMinStep: 1 } },
      ...accuracyChannels,
      tooltip: [
        { field: "series", title: "line" },
        { field: "x", title: xTitle },
        { field: "accuracy", title: "accuracy", format: ".4f" },
      ],
    },
  };
}

function describe(xTitle: string, series: readonly AccuracySeries[]): string {
  const ranges = series.map(({ name, points }) => `${name} from ${points[0] ?? "NaN"} to ${points.at(-1) ?? "NaN"}`);
  return `Line plot of accuracy against ${xTitle}, ${series[0].points.length} points: ${ranges.join(", ")}.`;
}
