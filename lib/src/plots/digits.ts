import { checkOptions, checkSwitch, checkTexts, checkWhole } from "../checks";
import { blackAndWhite, imagesOf, readImage, shadesText, SIDE, isNamed, type Images, type ShownImage } from "./images";
import { Plot } from "./plot";
import { pngDataUri, type Colour } from "./png";
import type { Range } from "./range";
import { CHOSEN, pointedAt, probabilityBars, probabilityText } from "./probabilityBars";
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
  /** The values that are black and white in all images; those beyond are so too. */
  readonly range?: Range;
  /** How many images to show at most, beginning with the first; 24 by default. */
  readonly count?: number;
  /** How many images are in a row; 8 by default. */
  readonly columns?: number;
  /** The title above the plot. */
  readonly title?: string;
}

const CLASSES = 10;
const DEFAULTS = { count: 24, columns: 8 };
const OPTIONS = ["labels", "predictions", "misread", "probabilities", "range", ...Object.keys(DEFAULTS), "title"];

/** 16 greys from black to white: at this size the eye sees no more. */
const greys = Array.from({ length: 16 }, (_, i): Colour => [i * 17, i * 17, i * 17]);

/** Pixels from one image to the next; below an image is the place of its text. */
const STEP = 64;
const TEXT = 16;

/**
 * Plots a grid of images with their labels and predictions. An image whose prediction is wrong has a red frame and the
 * text "label → prediction". With probabilities, those of the first image are beside the grid; pointing at another one
 * shows its own. Unless `range` says otherwise, 0 is black and 1 white if all values shown lie between, 0 and 255 are
 * if all are whole numbers between, and else the least and the greatest value.
 *
 * @param images - ndarray of shape (N,784), (N,28,28) or (N,1,28,28), or a list of images
 * @param options - `labels`, `predictions`, `misread`, `probabilities`, `range`, `count`, `columns`, `title`
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
  const chosen = readEntries(images, options, count);
  const range = blackAndWhite(
    "digits",
    chosen.map(({ pixels }) => pixels),
    options.range,
  );
  const entries = chosen.map(({ pixels, ...entry }) => ({ ...entry, image: thumbnail(pixels, range) }));
  const title = options.title ?? heading(options);
  const spec = {
    ...(title === undefined ? {} : { title }),
    data: { values: entries },
    ...layout(entries, Math.min(columns, entries.length)),
  };
  return new Plot(spec, describe(entries, options, range), "digits");
}

/** The grid and, if there are probabilities, bars beside it. */
function layout(entries: readonly ShownImage[], columns: number): object {
  const [first] = entries;
  const grid = imageGrid(first, columns);
  if (first.probability === undefined) return grid;
  const height = Math.ceil(entries.length / columns) * stepDown(first);
  // else the legend of the bars would stand below the images
  const resolve = { scale: { color: "independent" }, legend: { color: "independent" } };
  return { hconcat: [grid, probabilityBars(first, height)], spacing: 24, resolve };
}

function readEntries(images: Images, options: DigitsOptions, count: number): (ShownImage & { pixels: number[] })[] {
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
    pixels: readImage("digits", `images[${index}]`, all[index]),
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

function thumbnail(pixels: readonly number[], [black, white]: Range): string {
  const shade = (pixel: number): number => Math.min(Math.max((pixel - black) / (white - black), 0), 1);
  return pngDataUri(
    Uint8Array.from(pixels, (pixel) => Math.round(shade(pixel) * 15)),
    SIDE,
    greys,
    4,
  );
}

function stepDown(first: ShownImage): number {
  return isNamed(first) ? STEP + TEXT : STEP;
}

function imageGrid(first: ShownImage, columns: number): object {
  const band = { type: "ordinal", axis: null, scale: { paddingInner: 0, paddingOuter: 0 } };
  const known = (["label", "prediction"] as const).filter((name) => first[name] !== undefined);
  return {
    width: { step: STEP },
    height: { step: stepDown(first) },
    view: { stroke: null },
    transform: [
      { window: [{ op: "row_number", as: "place" }] },
      { calculate: `(datum.place - 1) % ${columns}`, as: "column" },
      { calculate: `floor((datum.place - 1) / ${columns})`, as: "row" },
      { calculate: captionOf(first), as: "caption" },
    ],
    encoding: {
      x: { field: "column", ...band },
      y: { field: "row", ...band },
      tooltip: [{ field: "index", title: "number" }, ...known.map((field) => ({ field, title: field }))],
    },
    layer: [
      frame(58, 3, palette.vermillion, "datum.wrong"),
      {
        ...(first.probability && { params: [pointedAt(first.index)] }),
        // 56 pixels wide, which is 112 in the picture file: a whole multiple of 28, so that no pixel is split
        mark: { type: "image", width: 56, height: 56, aspect: false },
        encoding: { url: { field: "image", type: "nominal" } },
      },
      ...(isNamed(first) ? [captions()] : []),
      ...(first.probability ? [frame(62, 2, palette.ink, CHOSEN)] : []),
    ],
  };
}

/** Frames of the images for which the filter holds. */
function frame(side: number, strokeWidth: number, color: string, filter: string | object): object {
  return {
    transform: [{ filter }],
    mark: { type: "point", shape: "square", size: side * side, strokeWidth, color, opacity: 1 },
  };
}

function captionOf({ label, prediction }: ShownImage): string {
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

function heading({ labels, predictions }: DigitsOptions): string | undefined {
  return labels === undefined || predictions === undefined
    ? undefined
    : "label, or where it was misread: label → prediction";
}

function describe(entries: readonly ShownImage[], { labels, predictions }: DigitsOptions, range: Range): string {
  const shown = entries.map(({ label, prediction, wrong }) =>
    wrong ? `${label} taken for ${prediction}` : `${label ?? prediction}`,
  );
  const names =
    labels === undefined
      ? predictions === undefined
        ? ""
        : `, taken for ${shown.join(", ")}`
      : `: ${shown.join(", ")}`;
  const images = `${entries.length} image${entries.length === 1 ? "" : "s"} of handwritten digits`;
  return `${images}${names}${shadesText(range)}${probabilityText(entries[0])}.`;
}
