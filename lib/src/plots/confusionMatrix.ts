import { checkOptions, checkTexts, checkWhole } from "../checks";
import { Plot } from "./plot";
import { grouped } from "./reduction";
import { palette } from "./theme";
import { classLabels, sameLength, short, type Numbers } from "./values";

/** The options of `plots.confusionMatrix`. */
export interface ConfusionMatrixOptions {
  /** How many classes there are; 10, the digits, by default. */
  readonly classes?: number;
  /** The title above the plot. */
  readonly title?: string;
}

/** A picture of more classes could not be read. */
const MOST_CLASSES = 1000;

/** From nearly white to the colour of the theme, pale enough for a number in ink upon it. */
const BLUES = ["#f1f9fd", "#80c6ef"];
const REDS = ["#fcf2eb", "#df8646"];

interface Cell {
  readonly label: number;
  readonly prediction: number;
  readonly count: number;
  /** Divided by the number of images with this label. */
  readonly share: number;
}

/**
 * Plots how often images of each class were predicted as each class: one row for each label, one column for each
 * prediction. Right predictions are blue and on the diagonal; wrong ones are red. The colour is darker the larger the
 * share of its row is; the numbers are counts.
 *
 * @param labels - the label of each image, from 0
 * @param predictions - the prediction for each image
 * @param options - `classes`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError for empty lists, lists of different lengths, and values that are not labels
 * @example
 * plots.confusionMatrix(mnist.tTest, np.argmax(network.predict(mnist.xTest), { axis: 1 }))
 */
export function confusionMatrix(labels: Numbers, predictions: Numbers, options: ConfusionMatrixOptions = {}): Plot {
  checkOptions("confusionMatrix", options, ["classes", "title"]);
  checkTexts("confusionMatrix", options, ["title"]);
  const { classes = 10, title } = options;
  checkWhole("confusionMatrix", "classes", classes, 1, MOST_CLASSES);
  const shown = classLabels("confusionMatrix", "labels", labels, classes);
  const guessed = classLabels("confusionMatrix", "predictions", predictions, classes);
  sameLength("confusionMatrix", { labels: shown.length, predictions: guessed.length });
  const cells = countCells(shown, guessed, classes);
  const step = { step: 32 };
  const filled = cells.filter(({ count }) => count > 0);
  const spec = { title, width: step, height: step, data: { values: filled }, ...table(classes, filled) };
  return new Plot(spec, describe(cells, shown.length), "confusion-matrix");
}

function countCells(labels: readonly number[], predictions: readonly number[], classes: number): Cell[] {
  const counts = new Float64Array(classes * classes);
  const totals = new Float64Array(classes);
  labels.forEach((label, i) => {
    counts[label * classes + predictions[i]]++;
    totals[label]++;
  });
  return Array.from(counts, (count, at) => {
    const label = Math.floor(at / classes);
    return { label, prediction: at % classes, count, share: count === 0 ? 0 : short(count / totals[label]) };
  });
}

function table(classes: number, filled: readonly Cell[]): object {
  const domain = Array.from({ length: classes }, (_, label) => label);
  const axis = { labelAngle: 0, ticks: false, domain: false };
  const right = "datum.label === datum.prediction";
  // a legend of nothing would have no ends
  const isRight = filled.map(({ label, prediction }) => label === prediction);
  return {
    encoding: {
      x: {
        field: "prediction",
        type: "ordinal",
        scale: { domain },
        axis: { ...axis, orient: "top", title: "prediction" },
      },
      y: { field: "label", type: "ordinal", scale: { domain }, axis: { ...axis, title: "label" } },
      tooltip: [
        { field: "label" },
        { field: "prediction" },
        { field: "count", title: "images" },
        { field: "share", title: "share of this label", format: ".1%" },
      ],
    },
    layer: [
      ...(isRight.includes(true) ? [shaded(right, BLUES, { domain: [0, 1] }, ["right,", "share of the row"])] : []),
      // mistakes have their own colour and scale: on the scale of the right predictions they would all look like 0
      ...(isRight.includes(false) ? [shaded(`!(${right})`, REDS, { zero: true }, ["wrong,", "share of the row"])] : []),
      {
        mark: { type: "text", fontSize: 10, color: palette.ink },
        encoding: { text: { field: "count", type: "quantitative" } },
      },
    ],
    resolve: { scale: { color: "independent" } },
  };
}

function shaded(filter: string, range: readonly string[], ends: object, title: readonly string[]): object {
  const legend = { title, format: ".2~%", gradientLength: 90, gradientThickness: 12, tickCount: 3 };
  return {
    transform: [{ filter }],
    mark: { type: "rect" },
    encoding: {
      color: { field: "share", type: "quantitative", scale: { ...ends, range, interpolate: "rgb" }, legend },
    },
  };
}

function describe(cells: readonly Cell[], images: number): string {
  const right = cells.reduce((sum, { label, prediction, count }) => (label === prediction ? sum + count : sum), 0);
  const mistakes = cells.filter(({ label, prediction, count }) => label !== prediction && count > 0);
  const opening = `Confusion matrix of ${grouped(images)} predictions: ${grouped(right)} right (${((100 * right) / images).toFixed(2)}%)`;
  return `${opening}${mistakes.length === 0 ? "" : mistakesText(mistakes)}.`;
}

/** The mistake that is the darkest in the picture, and the most frequent one, unless it is the same. */
function mistakesText(mistakes: readonly Cell[]): string {
  const largest = (size: (cell: Cell) => number): Cell => mistakes.reduce((a, b) => (size(b) > size(a) ? b : a));
  const darkest = largest(({ share }) => share);
  const most = largest(({ count }) => count);
  const mistake = ({ label, prediction }: Cell): string => `${label} taken for ${prediction}`;
  const share = `${(100 * darkest.share).toFixed(1)}% of the images of ${darkest.label}`;
  const often = `${most.count} time${most.count === 1 ? "" : "s"}`;
  return most === darkest
    ? `; the darkest and most frequent mistake is ${mistake(most)}, ${often}, ${share}`
    : `; the darkest mistake is ${mistake(darkest)}, ${share}; the most frequent is ${mistake(most)}, ${often}`;
}
