import { checkOptions, checkSwitch, checkTexts, checkWhole } from "../checks";
import { imagesOf, readImage, SIDE, type Images } from "./images";
import { Plot } from "./plot";
import { pngDataUri, type Colour } from "./png";
import { palette } from "./theme";
import { classLabels, finiteNumbers, rowsOf, sameLength, short, type Numbers, type Rows } from "./values";

/** The options of `plots.digits`. */
export interface DigitsOptions {
  /** The label of each image. */
  readonly labels?: Numbers;
  /** The prediction for each image. If it differs from the label, the image has a frame and both are shown. */
  readonly predictions?: Numbers;
  /** Shows only the images whose prediction is wrong. */
  readonly misread?: boolean;
  /** Ten probabilities for each image. They are shown for the image under the mouse pointer. */
  readonly probabilities?: Rows;
  /** How many images to show at most, beginning with the first; 24 by default. */
  readonly count?: number;
  /** How many images are in a row; 8 by default. */
  readonly columns?: number;
  /** The title above the plot. */
  readonly title?: string;
}

interface Entry {
  readonly index: number;
  readonly image: string;
  readonly label?: number;
  readonly prediction?: number;
  readonly wrong: boolean;
  readonly probability?: readonly number[];
}

const CLASSES = 10;
const DEFAULTS = { count: 24, columns: 8 };
const OPTIONS = ["labels", "predictions", "misread", "probabilities", ...Object.keys(DEFAULTS), "title"];

/** 16 greys from black to white: at this size the eye sees no more. */
const greys = Array.from({ length: 16 }, (_, i): Colour => [i * 17, i * 17, i * 17]);

/**
 * Plots a grid of images with their labels and predictions. An image whose prediction is wrong has a red frame and the
 * text "label → prediction". With probabilities, pointing at an image shows its ten probabilities.
 *
 * @param images - ndarray of shape (N,784), (N,28,28) or (N,1,28,28), or a list of images
 * @param options - `labels`, `predictions`, `misread`, `probabilities`, `count`, `columns`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError when there is no image to show, one does not have 784 values, or the lists differ in length
 * @example
 * plots.digits(mnist.xTest, { labels: mnist.tTest, predictions: guesses, misread: true })
 */
export function digits(images: Images, options: DigitsOptions = {}): Plot {
  checkOptions("digits", options, OPTIONS);
  checkTexts("digits", options, ["title"]);
  checkSwitch("digits", "misread", options.misread);
  const { count = DEFAULTS.count, columns = DEFAULTS.columns } = options;
  checkWhole("digits", "count", count, 1);
  checkWhole("digits", "columns", columns, 1);
  const entries = readEntries(images, options, count);
  const grid = imageGrid(entries, Math.min(columns, entries.length));
  const spec = options.probabilities === undefined ? grid : { hconcat: [grid, probabilityBars()], spacing: 24 };
  const title = options.title ?? heading(options);
  return new Plot(
    { ...(title === undefined ? {} : { title }), data: { values: entries }, ...spec },
    describe(entries, options),
    "digits",
  );
}

function readEntries(images: Images, options: DigitsOptions, count: number): Entry[] {
  const all = imagesOf("digits", images);
  const labels = options.labels === undefined ? undefined : classLabels("digits", "labels", options.labels, CLASSES);
  const predictions =
    options.predictions === undefined ? undefined : classLabels("digits", "predictions", options.predictions, CLASSES);
  const probabilities =
    options.probabilities === undefined ? undefined : rowsOf("digits", "probabilities", options.probabilities);
  const lists = Object.entries({ labels, predictions, probabilities });
  const given = lists.flatMap(([name, list]) => (list === undefined ? [] : [[name, list.length]]));
  sameLength("digits", { images: all.length, ...(Object.fromEntries(given) as Record<string, number>) });
  const wrong = (i: number): boolean =>
    labels !== undefined && predictions !== undefined && labels[i] !== predictions[i];
  const chosen = chooseImages(all.length, options, wrong).slice(0, count);
  return chosen.map((index) => ({
    index,
    image: thumbnail(readImage("digits", `images[${index}]`, all[index])),
    ...(labels && { label: labels[index] }),
    ...(predictions && { prediction: predictions[index] }),
    wrong: wrong(index),
    ...(probabilities && { probability: readProbabilities(index, probabilities[index]) }),
  }));
}

function chooseImages(length: number, options: DigitsOptions, wrong: (index: number) => boolean): number[] {
  const indices = Array.from({ length }, (_, i) => i);
  if (!options.misread) return indices;
  if (options.labels === undefined || options.predictions === undefined) {
    throw new TypeError("digits: misread without labels or without predictions: wanted both");
  }
  const misread = indices.filter(wrong);
  if (misread.length === 0)
    throw new RangeError(`digits: misread, and all ${length} predictions are right: wanted a wrong one`);
  return misread;
}

function readProbabilities(index: number, given: Numbers): number[] {
  const values = finiteNumbers("digits", `probabilities[${index}]`, given);
  if (values.length !== CLASSES) {
    throw new RangeError(`digits: probabilities[${index}] of ${values.length} values: wanted ${CLASSES}`);
  }
  return values.map((value) => short(value));
}

function thumbnail(pixels: readonly number[]): string {
  return pngDataUri(
    Uint8Array.from(pixels, (pixel) => Math.round(pixel * 15)),
    SIDE,
    greys,
    4,
  );
}

function imageGrid(entries: readonly Entry[], columns: number): object {
  const band = { type: "ordinal", axis: null, scale: { paddingInner: 0, paddingOuter: 0 } };
  const known = entries[0].label !== undefined || entries[0].prediction !== undefined;
  const title = { label: "label", prediction: "prediction" } as const;
  const tooltip = (["label", "prediction"] as const).filter((name) => entries[0][name] !== undefined);
  return {
    width: { step: 64 },
    height: { step: known ? 80 : 64 },
    view: { stroke: null },
    transform: [
      { window: [{ op: "row_number", as: "place" }] },
      { calculate: `(datum.place - 1) % ${columns}`, as: "column" },
      { calculate: `floor((datum.place - 1) / ${columns})`, as: "row" },
      { calculate: captionOf(entries[0]), as: "caption" },
    ],
    encoding: {
      x: { field: "column", ...band },
      y: { field: "row", ...band },
      tooltip: [{ field: "index", title: "number" }, ...tooltip.map((field) => ({ field, title: title[field] }))],
    },
    layer: [
      {
        transform: [{ filter: "datum.wrong" }],
        mark: { type: "point", shape: "square", size: 58 * 58, strokeWidth: 3, color: palette.vermillion, opacity: 1 },
      },
      {
        ...(entries[0].probability && { params: [pointedAt(entries[0].index)] }),
        // 56 pixels wide, which is 112 in the picture file: a whole multiple of 28, so that no pixel is split
        mark: { type: "image", width: 56, height: 56, aspect: false },
        encoding: { url: { field: "image", type: "nominal" } },
      },
      ...(known ? [captions()] : []),
    ],
  };
}

function captionOf({ label, prediction }: Entry): string {
  if (label === undefined) return prediction === undefined ? "''" : "'' + datum.prediction";
  return prediction === undefined
    ? "'' + datum.label"
    : "datum.wrong ? datum.label + ' → ' + datum.prediction : '' + datum.label";
}

function captions(): object {
  return {
    mark: { type: "text", dy: 40, fontSize: 12, baseline: "middle" },
    encoding: {
      text: { field: "caption", type: "nominal" },
      color: { condition: { test: "datum.wrong", value: palette.vermillion }, value: palette.ink },
    },
  };
}

function pointedAt(first: number): object {
  return {
    name: "image",
    select: { type: "point", on: "mouseover", fields: ["index"], clear: false },
    value: [{ index: first }],
  };
}

function probabilityBars(): object {
  return {
    title: { text: "of the image under the pointer", fontSize: 11 },
    width: 160,
    height: 200,
    transform: [
      { filter: { param: "image", empty: false } },
      { flatten: ["probability"] },
      { window: [{ op: "row_number", as: "number" }] },
      { calculate: "datum.number - 1", as: "digit" },
    ],
    mark: { type: "bar" },
    encoding: {
      y: { field: "digit", type: "ordinal", title: "digit", scale: { domain: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } },
      x: { field: "probability", type: "quantitative", title: "probability", scale: { domain: [0, 1] } },
      color: {
        condition: [
          { test: "datum.digit === datum.label", value: palette.blue },
          { test: "datum.digit === datum.prediction", value: palette.vermillion },
        ],
        value: palette.grey,
      },
      tooltip: [{ field: "digit" }, { field: "probability", format: ".4f" }],
    },
  };
}

function heading({ labels, predictions }: DigitsOptions): string | undefined {
  return labels === undefined || predictions === undefined
    ? undefined
    : "label, or where it was misread: label → prediction";
}

function describe(entries: readonly Entry[], { labels, predictions }: DigitsOptions): string {
  const opening = `${entries.length} images of handwritten digits`;
  if (labels === undefined) {
    return predictions === undefined
      ? `${opening}.`
      : `${opening}, taken for ${entries.map((entry) => entry.prediction).join(", ")}.`;
  }
  const shown = entries.map(({ label, prediction, wrong }) =>
    wrong ? `${label} taken for ${prediction}` : `${label}`,
  );
  return `${opening}: ${shown.join(", ")}.`;
}
