import { checkOptions, checkTexts, checkWhole } from "../checks";
import { blackAndWhite, readImage, shadesText, SIDE, type Image } from "./images";
import { Plot } from "./plot";
import { visible, type Range } from "./range";

/** The options of `plots.digit`. */
export interface DigitOptions {
  /** The label of the image. */
  readonly label?: number;
  /** The prediction for the image. */
  readonly prediction?: number;
  /** The values that are black and white; those beyond are so too. */
  readonly range?: Range;
  /** The title above the plot. */
  readonly title?: string;
}

/**
 * Plots one image of 28 by 28 pixels, white on black as in MNIST. A tooltip shows row, column and value of a pixel.
 * Unless `range` says otherwise, 0 is black and 1 white if all values lie between, 0 and 255 are if all are whole
 * numbers between, and else the least and the greatest value.
 *
 * @param image - 784 values, flat or as (28,28) or (1,28,28)
 * @param options - `label`, `prediction`, `range`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError when it does not have 784 values, or one of them is not finite
 * @example
 * plots.digit(np.slice(mnist.xTrain, 0), { label: 5 }).description; // "Image of a handwritten digit, label 5."
 */
export function digit(image: Image, options: DigitOptions = {}): Plot {
  checkOptions("digit", options, ["label", "prediction", "range", "title"]);
  checkTexts("digit", options, ["title"]);
  const { label, prediction, title } = options;
  if (label !== undefined) checkWhole("digit", "label", label, 0, 9);
  if (prediction !== undefined) checkWhole("digit", "prediction", prediction, 0, 9);
  const pixels = readImage("digit", "image", image);
  const range = blackAndWhite("digit", [pixels], options.range);
  const words = [
    ...(label === undefined ? [] : [`label ${label}`]),
    ...(prediction === undefined ? [] : [`prediction ${prediction}`]),
  ];
  const heading = title ?? (words.length === 0 ? undefined : words.join(", "));
  const spec = { title: heading, width: 10 * SIDE, height: 10 * SIDE, ...picture(pixels, range) };
  return new Plot(
    spec,
    `Image of a handwritten digit${words.map((word) => `, ${word}`).join("")}${shadesText(range)}.`,
    "digit",
  );
}

function picture(pixels: readonly number[], range: Range): object {
  // the ticks are under the centres of the pixels
  const axis = { values: [0, 5, 10, 15, 20, 25], labelAngle: 0, grid: false };
  return {
    data: { values: [{ brightness: pixels.map((pixel) => visible(pixel, range, 3)) }] },
    transform: [
      { flatten: ["brightness"] },
      { window: [{ op: "row_number", as: "number" }] },
      { calculate: `floor((datum.number - 1) / ${SIDE})`, as: "row" },
      { calculate: `(datum.number - 1) % ${SIDE}`, as: "column" },
    ],
    mark: "rect",
    encoding: {
      x: { field: "column", type: "ordinal", title: "column (pixels)", axis },
      y: { field: "row", type: "ordinal", title: "row (pixels)", axis },
      color: {
        field: "brightness",
        type: "quantitative",
        scale: { domain: range, range: ["black", "white"], interpolate: "rgb", clamp: true },
        legend: null,
      },
      tooltip: [{ field: "row" }, { field: "column" }, { field: "brightness", title: "value" }],
    },
  };
}
