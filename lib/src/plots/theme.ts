/** Okabe and Ito's colours: told apart with every common colour blindness, and dark enough for print. */
export const palette = {
  blue: "#0072b2",
  vermillion: "#d55e00",
  green: "#009e73",
  purple: "#aa4499",
  sky: "#56b4e9",
  ink: "#222222",
  grey: "#6b6b6b",
  faint: "#e6e6e6",
} as const;

export const seriesColours = [palette.blue, palette.vermillion, palette.green, palette.purple, palette.sky];

/** A legend that shows pieces of the lines, also where the lines carry points. */
export const lineSymbols = {
  symbolType: "stroke",
  symbolFillColor: "transparent",
  symbolSize: 600,
  symbolStrokeWidth: 2,
} as const;

/**
 * The look of every plot. The background is white and opaque: JupyterLab's dark theme, GitHub's and a sheet of paper
 * all show the same picture, and no text depends on what lies behind it.
 */
export const theme = {
  background: "white",
  padding: 10,
  font: "DejaVu Sans, Verdana, sans-serif",
  axis: {
    domainColor: palette.grey,
    gridColor: palette.faint,
    labelColor: palette.ink,
    // else the first and the last number stand beside their ticks
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
    titleColor: palette.ink,
    titleFontSize: 11,
    titleFontWeight: "normal",
  },
  line: { strokeWidth: 2 },
  range: { category: seriesColours },
  title: { color: palette.ink, fontSize: 13, fontWeight: "normal" },
  view: { stroke: palette.faint },
} as const;
