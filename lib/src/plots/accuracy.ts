import { checkOptions, checkTexts, got } from "../checks";
import { ACCURACY_LINES, accuracyChannels, accuracyPoints, namedChannels } from "./accuracyChannels";
import { Plot } from "./plot";
import { pointsText, reduced } from "./reduction";
import { courseText, memberOf, MOST_COLOURS, namedSeries, type Named } from "./series";
import { numbersWithGaps, sameLength, type Numbers } from "./values";

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

const WIDTH = 420;
const HEIGHT = 300;
const ONE = "an object with trainAccuracy and testAccuracy";

/**
 * Plots training accuracy (solid) and test accuracy (dashed), from 0 to 1, against the number of the evaluation: of
 * one training or, with names, of several. The legend is at the lower right; that of several is beside the picture. If
 * there are more accuracies than the picture has pixels for, those are drawn that give the same picture.
 *
 * @param history - the result of train(), or the two lists, or several of these by name; a NaN leaves a gap
 * @param options - `xTitle`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError for empty, infinite or unequally long lists and for values outside 0 to 1
 * @example
 * plots.accuracy({ trainAccuracy: [0.1, 0.78], testAccuracy: [0.1, 0.79] }).description;
 * // "Line plot of accuracy against epochs, 2 points: train acc from 0.1 to 0.78, test acc from 0.1 to 0.79."
 * const history = await train(network, mnist);
 * plots.accuracy({ relu: history, "the same again": history })
 */
export function accuracy(history: AccuracyHistory, options?: AccuracyOptions): Plot;
export function accuracy(history: Named<AccuracyHistory>, options?: AccuracyOptions): Plot;
export function accuracy(history: AccuracyHistory | Named<AccuracyHistory>, options: AccuracyOptions = {}): Plot {
  checkOptions("accuracy", options, ["xTitle", "title"]);
  checkTexts("accuracy", options, ["xTitle", "title"]);
  const { xTitle = "epochs", title } = options;
  const series = isHistory(history) ? readHistory("history", history) : readHistories(history);
  const longest = Math.max(...series.map(({ accuracies }) => accuracies.length));
  const rows = series.map(({ accuracies, ...names }) => {
    const { x, y } = reduced(
      Array.from(accuracies, (_, i) => i),
      accuracies,
      [0, longest - 1],
      WIDTH,
    );
    return { ...names, x, accuracy: y };
  });
  const drawn = lines(series, xTitle, longest);
  const spec = { title, width: WIDTH, height: HEIGHT, data: { values: rows }, ...drawn };
  const counts = rows.map((row) => row.x.length);
  return new Plot(spec, describe(xTitle, series, counts), "accuracy");
}

interface AccuracySeries {
  /** Which training, if there are several. */
  readonly name?: string;
  readonly series: string;
  readonly accuracies: readonly number[];
}

function isHistory(given: AccuracyHistory | Named<AccuracyHistory>): given is AccuracyHistory {
  if (typeof given === "object" && given !== null) return "trainAccuracy" in given || "testAccuracy" in given;
  throw new TypeError(`${got("accuracy", "history", given)}: wanted ${ONE}, or several by name`);
}

function readHistories(given: Named<AccuracyHistory>): AccuracySeries[] {
  return namedSeries("accuracy", "history", given, MOST_COLOURS, `${ONE}, or several by name`).flatMap(
    ([name, history]) => {
      const argument = memberOf("history", name);
      if (typeof history !== "object" || history === null)
        throw new TypeError(`${got("accuracy", argument, history)}: wanted ${ONE}`);
      return readHistory(argument, history).map((one) => ({ name, ...one }));
    },
  );
}

function readHistory(argument: string, { trainAccuracy, testAccuracy }: AccuracyHistory): AccuracySeries[] {
  const prefix = argument === "history" ? "" : `${argument}.`;
  const train = readAccuracies(`${prefix}trainAccuracy`, trainAccuracy);
  const test = readAccuracies(`${prefix}testAccuracy`, testAccuracy);
  sameLength("accuracy", { [`${prefix}trainAccuracy`]: train.length, [`${prefix}testAccuracy`]: test.length });
  return [
    { series: ACCURACY_LINES[0], accuracies: train },
    { series: ACCURACY_LINES[1], accuracies: test },
  ];
}

function readAccuracies(argument: string, given: Numbers): number[] {
  const points = numbersWithGaps("accuracy", argument, given);
  const at = points.findIndex((point) => point < 0 || point > 1);
  if (at >= 0) throw new RangeError(`accuracy: ${argument}[${at}] = ${points[at]}: wanted a share from 0 to 1`);
  return points;
}

function lines(series: readonly AccuracySeries[], xTitle: string, longest: number): object {
  const names = [...new Set(series.flatMap(({ name }) => (name === undefined ? [] : [name])))];
  return {
    transform: [{ flatten: ["x", "accuracy"] }],
    mark: { type: "line", point: accuracyPoints(longest) },
    encoding: {
      x: { field: "x", type: "quantitative", title: xTitle, axis: { tickMinStep: 1 }, scale: { nice: false } },
      ...(names.length === 0 ? accuracyChannels : namedChannels(names)),
      tooltip: [
        ...(names.length === 0 ? [] : [{ field: "name" }]),
        { field: "series", title: "line" },
        { field: "x", title: xTitle },
        { field: "accuracy", title: "accuracy", format: ".4f" },
      ],
    },
  };
}

function describe(xTitle: string, all: readonly AccuracySeries[], drawn: readonly number[]): string {
  const texts = [...new Set(all.map(({ name }) => name))].map((name) => {
    const own = all.filter((line) => line.name === name);
    const points = pointsText(own[0].accuracies.length, drawn[all.indexOf(own[0])]);
    const courses = own.map(({ series, accuracies }) => `${series} ${courseText(accuracies)}`);
    return `${name === undefined ? "" : `${name}, `}${points}: ${courses.join(", ")}`;
  });
  return `Line plot of accuracy against ${xTitle}${all[0].name === undefined ? "," : ":"} ${texts.join("; ")}.`;
}
