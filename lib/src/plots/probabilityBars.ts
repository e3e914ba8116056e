import { isNamed, type ShownImage } from "./images";
import { palette } from "./theme";

/** Whether an image is the chosen one, as a filter. */
export const CHOSEN = { param: "image", empty: false } as const;

/** The image under the mouse pointer; before there was one, the first. */
export function pointedAt(first: number): object {
  return {
    name: CHOSEN.param,
    select: { type: "point", on: "mouseover", fields: ["index"], clear: false },
    value: [{ index: first }],
  };
}

/** The probabilities of the chosen image, with a line that names it. */
export function probabilityBars(first: ShownImage, gridHeight: number): object {
  return {
    width: 160,
    height: Math.min(Math.max(gridHeight - 64, 120), 220),
    layer: [
      {
        transform: [
          { filter: CHOSEN },
          { flatten: ["probability"] },
          { window: [{ op: "row_number", as: "number" }] },
          { calculate: "datum.number - 1", as: "digit" },
          { calculate: meaningOf(first), as: "meaning" },
        ],
        mark: { type: "bar" },
        encoding: {
          y: { field: "digit", type: "ordinal", title: "digit", scale: { domain: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] } },
          x: { field: "probability", type: "quantitative", title: "probability", scale: { domain: [0, 1] } },
          color: meaningColour(first),
          tooltip: [{ field: "digit" }, { field: "probability", format: ".4f" }],
        },
      },
      {
        transform: [{ filter: CHOSEN }, { calculate: nameOf(first), as: "name" }],
        mark: { type: "text", align: "left", baseline: "bottom", fontSize: 12, color: palette.ink },
        encoding: { x: { value: 0 }, y: { value: -6 }, text: { field: "name" } },
      },
    ],
  };
}

/** Which image it is, as an expression of Vega: "number 8: 5 taken for 6". */
function nameOf({ label, prediction }: ShownImage): string {
  const number = "'number ' + datum.index";
  if (prediction === undefined) return label === undefined ? number : `${number} + ': ' + datum.label`;
  if (label === undefined) return `${number} + ': taken for ' + datum.prediction`;
  return `${number} + ': ' + datum.label + (datum.wrong ? ' taken for ' + datum.prediction : '')`;
}

/** What a digit's bar means, as an expression of Vega. */
function meaningOf({ label, prediction }: ShownImage): string {
  const other = prediction === undefined ? "'other'" : "datum.digit === datum.prediction ? 'prediction' : 'other'";
  return label === undefined ? other : `datum.digit === datum.label ? 'label' : ${other}`;
}

function meaningColour(first: ShownImage): object {
  if (!isNamed(first)) return { value: palette.grey };
  const colours = { label: palette.blue, prediction: palette.vermillion, other: palette.grey };
  const names = (["label", "prediction", "other"] as const).filter(
    (name) => name === "other" || first[name] !== undefined,
  );
  const scale = { domain: names, range: names.map((name) => colours[name]) };
  return { field: "meaning", type: "nominal", scale, legend: { title: null, orient: "bottom", symbolSize: 80 } };
}

/** The image whose probabilities are shown, and the two most probable digits. */
export function probabilityText({ index, probability }: ShownImage): string {
  if (probability === undefined) return "";
  const [first, second] = [...probability.keys()].sort((a, b) => probability[b] - probability[a]);
  const share = (digit: number): string => `${Number(probability[digit].toPrecision(3))} for ${digit}`;
  return `; beside them the probabilities of number ${index}, ${share(first)} and ${share(second)}`;
}
