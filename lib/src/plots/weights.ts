import { checkOptions, checkTexts, checkWhole } from "../checks";
import { checkArray, shapeText, type NDArray } from "../np/internal";
import { SIDE } from "./images";
import { Plot } from "./plot";
import { pngDataUri, type Colour } from "./png";
import { palette } from "./theme";
import { finiteNumbers, short } from "./values";

/** The options of `plots.weights`. */
export interface WeightsOptions {
  /** How many hidden units to show at most, beginning with the first; 50 by default. */
  readonly count?: number;
  /** How many pictures are in a row; 10 by default. */
  readonly columns?: number;
  /** The title above the plot. */
  readonly title?: string;
}

interface Unit {
  readonly unit: number;
  readonly image: string;
  readonly smallest: number;
  readonly largest: number;
}

/** Zero is white. People with any common colour blindness can distinguish the two colours. */
const NEGATIVE: Colour = [179, 88, 6];
const POSITIVE: Colour = [0, 90, 160];
const STEPS = 15;

/**
 * Plots the weights of the first layer as one picture for each hidden unit: pixels with positive weights are blue,
 * those with negative weights are orange. All pictures share one scale, from minus to plus the largest magnitude shown.
 *
 * @param W1 - shape (784, hidden units)
 * @param options - `count`, `columns`, `title`
 * @returns the plot: a cell shows it if it is the last expression; `await plot.show()` shows it anywhere else
 * @throws RangeError for another shape, weights that are not finite, and options that are not whole numbers above 0
 * @example
 * plots.weights(network.params.W1).description;
 * // after 3,000 iterations: "Weights of 50 of 50 hidden units as images, from -0.387 to 0.35."
 */
export function weights(W1: NDArray, options: WeightsOptions = {}): Plot {
  checkArray("weights", "W1", W1);
  checkOptions("weights", options, ["count", "columns", "title"]);
  checkTexts("weights", options, ["title"]);
  const { count = 50, columns = 10, title } = options;
  checkWhole("weights", "count", count, 1);
  checkWhole("weights", "columns", columns, 1);
  const [pixels, hidden] = W1.shape;
  if (W1.shape.length !== 2 || pixels !== SIDE * SIDE || hidden < 1) {
    throw new RangeError(`weights: W1 of shape ${shapeText(W1.shape)}: wanted (784,H), H hidden units`);
  }
  const all = finiteNumbers("weights", "W1", W1);
  const shown = Math.min(count, hidden);
  const columnsOf = Array.from({ length: shown }, (_, unit) =>
    Array.from({ length: pixels }, (__, i) => all[i * hidden + unit]),
  );
  const limit = Math.max(...columnsOf.map(farthest));
  const units = columnsOf.map((values, unit) => drawUnit(unit, values, limit));
  const spec = { title, data: { values: units }, ...imageGrid(Math.min(columns, shown), limit) };
  const [low, high] = [Math.min(...units.map((unit) => unit.smallest)), Math.max(...units.map((unit) => unit.largest))];
  return new Plot(spec, `Weights of ${shown} of ${hidden} hidden units as images, from ${low} to ${high}.`, "weights");
}

function farthest(values: readonly number[]): number {
  return Math.max(...values.map(Math.abs));
}

function drawUnit(unit: number, values: readonly number[], limit: number): Unit {
  const indices = Uint8Array.from(values, (value) => STEPS + Math.round((STEPS * value) / (limit || 1)));
  const image = pngDataUri(indices, SIDE, diverging, 4);
  return { unit, image, smallest: round(Math.min(...values)), largest: round(Math.max(...values)) };
}

const round = (value: number): number => short(Number(value.toPrecision(3)));

const diverging = Array.from({ length: 2 * STEPS + 1 }, (_, i): Colour => {
  const share = Math.abs(i - STEPS) / STEPS;
  const [red, green, blue] = (i < STEPS ? NEGATIVE : POSITIVE).map((end) => Math.round(255 + (end - 255) * share));
  return [red, green, blue];
});

function imageGrid(columns: number, limit: number): object {
  const band = { type: "ordinal", axis: null, scale: { paddingInner: 0, paddingOuter: 0 } };
  const end = Number(limit.toPrecision(2));
  const scale = {
    type: "linear",
    interpolate: "rgb",
    domain: [-end, 0, end],
    range: [NEGATIVE, [255, 255, 255], POSITIVE].map((colour) => `rgb(${colour.join(",")})`),
  };
  return {
    width: { step: 62 },
    height: { step: 62 },
    view: { stroke: null },
    transform: [
      { calculate: `datum.unit % ${columns}`, as: "column" },
      { calculate: `floor(datum.unit / ${columns})`, as: "row" },
    ],
    encoding: { x: { field: "column", ...band }, y: { field: "row", ...band } },
    layer: [
      {
        mark: { type: "square", size: 58 * 58, fill: "white", stroke: palette.faint, opacity: 1 },
        // this mark is there only for its legend, because an image mark has no colour
        encoding: {
          color: {
            field: "smallest",
            type: "quantitative",
            scale,
            legend: { title: "weight", gradientLength: 120, values: [-end, 0, end] },
          },
        },
      },
      {
        mark: { type: "image", width: 56, height: 56, aspect: false },
        encoding: {
          url: { field: "image", type: "nominal" },
          tooltip: [
            { field: "unit", title: "hidden unit" },
            { field: "smallest", title: "smallest weight" },
            { field: "largest", title: "largest weight" },
          ],
        },
      },
    ],
  };
}
