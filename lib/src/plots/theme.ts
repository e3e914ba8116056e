/** The colours of Okabe and Ito: people with any common colour blindness can distinguish them, and they print well. */
export const palette = {
  blue: "#0072b2",
  vermillion: "#d55e00",
  green: "#009e73",
  purple: "#aa4499",
  sky: "#56b4e9",
  orange: "#e69f00",
  ink: "#222222",
  grey: "#6b6b6b",
  faint: "#e6e6e6",
} as const;

/** The colours of lines, in their order. */
export const seriesColours = [
  palette.blue,
  palette.vermillion,
  palette.green,
  palette.purple,
  palette.sky,
  palette.orange,
  palette.ink,
];

/** A legend that shows pieces of the lines, also if the lines have points. */
export const lineSymbols = {
  symbolType: "stroke",
  symbolFillColor: "transparent",
  symbolOpacity: 1,
  symbolSize: 600,
  symbolStrokeWidth: 2,
} as const;

/** A legend inside a picture: no line of the grid crosses its texts. */
export const insideLegend = { fillColor: "rgba(255,255,255,0.8)", padding: 5, offset: 6, ...lineSymbols } as const;

/**
 * The style of every plot. The background is white and opaque, so that a plot looks the same, and its texts are
 * readable, in JupyterLab's dark theme, on GitHub and on paper.
 */
export const theme = {
  background: "white",
  padding: 10,
  font: "DejaVu Sans, Verdana, sans-serif",
  axis: {
    domainColor: palette.grey,
    gridColor: palette.faint,
    labelColor: palette.ink,
    // else the first and the last number would be beside their ticks
    labelFlush: false,
    labelFontSize: 11,
    tickColor: palette.grey,
    titleColor: palette.ink,
    titleFontSize: 12,
    titleFontWeight: "normal",
    titlePadding: 8,
  },
  header: { labelColor: palette.ink, labelFontSize: 12, title: null },
  legend: {
    labelColor: palette.ink,
    labelFontSize: 11,
    labelLimit: 360,
    titleColor: palette.ink,
    titleFontSize: 11,
    titleFontWeight: "normal",
  },
  // else the corners of a noisy line would reach beyond its values
  line: { strokeWidth: 2, strokeJoin: "round" },
  range: { category: seriesColours },
  title: { color: palette.ink, fontSize: 13, fontWeight: "normal" },
  view: { stroke: palette.faint },
} as const;
