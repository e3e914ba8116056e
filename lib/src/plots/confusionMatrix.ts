import { checkOptions, checkTexts, checkWhole } from "../checks";
import { Plot } from "./plot";
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

interface Cell {
  readonly label: number;
  readonly prediction: number;
  readonly count: number;
  /** Divided by the number of images with this label. */
  readonly share: number;
}

/**
 * Plots how often images of each class were predicted as each class: one row for each label, one column for each
 * prediction. Right predictions are blue and on the diagonal; wrong ones are red.
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
  const spec = {
    title,
    width: step,
    height: step,
    data: { values: cells.filter(({ count }) => count > 0) },
    ...table(classes),
  };
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

function table(classes: number): object {
  const domain = Array.from({ length: classes }, (_, label) => label);
  const axis = { labelAngle: 0, ticks: false, domain: false };
  const right = "datum.label === datum.prediction";
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
      shaded(right, palette.sky, [0, 1]),
      // mistakes have their own colour and scale: on the scale of the right predictions they would all look like 0
      shaded(`!(${right})`, palette.vermillion, undefined),
      {
        mark: { type: "text", fontSize: 10, color: palette.ink },
        encoding: { text: { field: "count", type: "quantitative" } },
      },
    ],
    resolve: { scale: { opacity: "independent" } },
  };
}

function shaded(filter: string, color: string, domain: readonly number[] | undefined): object {
  const scale = { ...(domain === undefined ? { zero: true } : { domain }), range: [0.08, 0.75] };
  return {
    transform: [{ filter }],
    mark: { type: "rect", color },
    encoding: { opacity: { field: "share", type: "quantitative", scale, legend: null } },
  };
}

function describe(cells: readonly Cell[], images: number): string {
  const right = cells.reduce((sum, { label, prediction, count }) => (label === prediction ? sum + count : sum), 0);
  const mistakes = cells.filter(({ label, prediction, count }) => label !== prediction && count > 0);
  const [worst] = mistakes.sort((a, b) => b.count - a.count);
  const most =
    worst === undefined ? "" : `; most often ${worst.label} was taken for ${worst.prediction}, ${worst.count} times`;
  return `Confusion matrix of ${images} predictions: ${right} right (${((100 * right) / images).toFixed(2)}%)${most}.`;
}
