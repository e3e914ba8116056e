import { coloursOf } from "./series";
import { insideLegend, lineSymbols, palette } from "./theme";

/** The names of the two lines of a plot of accuracy, as the legend and the descriptions have them. */
export const ACCURACY_LINES = ["train acc", "test acc"] as const;

const y = { field: "accuracy", type: "quantitative", title: "accuracy", scale: { domain: [0, 1] } };
// the same domain and legend on both channels: Vega-Lite then draws one legend
const legend = { orient: "bottom-right", title: null, ...insideLegend };
const series = { field: "series", type: "nominal", legend };
const dashes = [
  [1, 0],
  [6, 4],
];

/** What all plots of one training's accuracy have in common: the vertical axis, and colours and dashes of its lines. */
export const accuracyChannels = {
  y,
  color: { ...series, scale: { domain: ACCURACY_LINES, range: [palette.blue, palette.vermillion] } },
  strokeDash: { ...series, scale: { domain: ACCURACY_LINES, range: dashes } },
} as const;

/** With more evaluations the points would hide the lines. */
const MOST_POINTS = 100;

/** The points are a target for the tooltip, and they make a single evaluation visible. */
export function accuracyPoints(evaluations: number): object | string {
  return evaluations <= MOST_POINTS ? { size: 24 } : "transparent";
}

/** Of several trainings: a colour for each name, solid for training and dashed for test. */
export function namedChannels(names: readonly string[]): object {
  // beside the picture, where it hides no line
  const channel = { type: "nominal", legend: { title: null, ...lineSymbols } };
  return {
    y,
    color: { ...channel, field: "name", scale: { domain: names, range: coloursOf(names.length) } },
    strokeDash: { ...channel, field: "series", scale: { domain: ACCURACY_LINES, range: dashes } },
  };
}
