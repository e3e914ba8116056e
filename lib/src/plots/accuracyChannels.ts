import { lineSymbols, palette } from "./theme";

/** The names of the two lines of a plot of accuracy, as the legend and the descriptions have them. */
export const ACCURACY_LINES = ["train acc", "test acc"] as const;

// the same domain and legend on both channels: Vega-Lite then draws one legend
const legend = { orient: "bottom-right", title: null, offset: 10, ...lineSymbols };
const series = { field: "series", type: "nominal", legend };
const dashes = [
  [1, 0],
  [6, 4],
];

/** What all plots of accuracy have in common: the vertical axis, and the colours and dashes of the two lines. */
export const accuracyChannels = {
  y: { field: "accuracy", type: "quantitative", title: "accuracy", scale: { domain: [0, 1] } },
  color: { ...series, scale: { domain: ACCURACY_LINES, range: [palette.blue, palette.vermillion] } },
  strokeDash: { ...series, scale: { domain: ACCURACY_LINES, range: dashes } },
} as const;
