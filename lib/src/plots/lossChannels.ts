import { lineSymbols, palette } from "./theme";

/** The blue of the palette on white, at a third of its strength. */
const PALE_BLUE = "#a6cee4";

/**
 * The colours of one training's losses: one blue line or, if there is a mean too, pale losses, the mean above them, and
 * a legend above the picture, where it hides nothing.
 * @param names - the lines, which the field `line` of the data names
 */
export function lossColour(names: readonly string[]): object {
  const legend = names.length === 1 ? null : { orient: "top", title: null, ...lineSymbols };
  const range = names.length === 1 ? [palette.blue] : [PALE_BLUE, palette.vermillion];
  return { field: "line", type: "nominal", legend, scale: { domain: names, range } };
}
